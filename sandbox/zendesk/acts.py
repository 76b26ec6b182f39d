"""What people do in Zendesk, told over ``/_control``."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control import read_control
from sandbox.posting import Webhook
from sandbox.zendesk.account import Account
from sandbox.zendesk.hooks import Hooks
from sandbox.zendesk.people import add_user
from sandbox.zendesk.refusal import invalid

Json = dict[str, Any]


class _Act(BaseModel):
    """An act on one ticket; its webhooks are posted ``copies`` times, 0 loses them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ticket_id: int
    copies: int = Field(default=1, ge=0, le=20)
    author: str = "Sam"


class _Say(_Act):
    """A comment; ``role`` is what the author is."""

    text: str = Field(min_length=1)
    role: str = "agent"


@dataclass(frozen=True)
class Acts:
    """The controls; their webhooks are posted before they answer."""

    account: Account
    hooks: Hooks

    def routes(self) -> list[Route]:
        """Return them all."""
        return [
            Route("/_control/tickets", self.tickets, methods=["GET"]),
            Route("/_control/notifications", self.notifications, methods=["GET"]),
            Route("/_control/settle", self.settle, methods=["POST"]),
            Route("/_control/reply", self.reply, methods=["POST"]),
            Route("/_control/note", self.note, methods=["POST"]),
            Route("/_control/close", self.solve, methods=["POST"]),
            Route("/_control/archive", self.archive, methods=["POST"]),
            Route("/_control/reopen", self.reopen, methods=["POST"]),
        ]

    async def tickets(self, _request: Request) -> Response:
        """List all tickets with their comments and requesters, oldest first."""
        account = self.account
        rows = [
            {
                **ticket,
                "comments": account.comments_of(ticket["id"]),
                "requester": account.users[ticket["requester_id"]],
            }
            for ticket in account.tickets.values()
        ]
        return JSONResponse({"tickets": rows})

    async def notifications(self, _request: Request) -> Response:
        """List the e-mails that went to requesters."""
        return JSONResponse({"notifications": self.account.notifications})

    async def settle(self, _request: Request) -> Response:
        """Wait until every webhook has been posted."""
        await self.hooks.poster.settle()
        return JSONResponse({"ok": True})

    async def reply(self, request: Request) -> Response:
        """Answer in public: ``{ticket_id, text, author?, role?, copies?}``."""
        return await self._say(await read_control(request, _Say), public=True)

    async def note(self, request: Request) -> Response:
        """Write an internal note: ``{ticket_id, text, author?, copies?}``."""
        return await self._say(await read_control(request, _Say), public=False)

    async def solve(self, request: Request) -> Response:
        """Mark a ticket as solved: ``{ticket_id, copies?}``."""
        return await self._set_status(request, "solved")

    async def archive(self, request: Request) -> Response:
        """Close a ticket for ever, as Zendesk does some days after solving."""
        return await self._set_status(request, "closed")

    async def reopen(self, request: Request) -> Response:
        """Open a ticket again: ``{ticket_id, copies?}``."""
        return await self._set_status(request, "open")

    async def _say(self, act: _Say, *, public: bool) -> Response:
        ticket, author = self._writable(act.ticket_id), self._user(act.author, act.role)
        said = {"body": act.text, "public": public, "author_id": author["id"]}
        with _Collected(self.hooks) as webhooks:
            comment = self.account.prepare(said, author)
            self.account.add_comment(ticket, comment, author)
        return JSONResponse(await self.hooks.poster.post(webhooks, act.copies))

    async def _set_status(self, request: Request, status: str) -> Response:
        act = await read_control(request, _Act)
        ticket, author = self._writable(act.ticket_id), self._user(act.author, "agent")
        with _Collected(self.hooks) as webhooks:
            self.account.set_status(ticket, status, author)
        return JSONResponse(await self.hooks.poster.post(webhooks, act.copies))

    def _writable(self, ticket_id: int) -> Json:
        ticket = self.account.ticket(ticket_id)
        if ticket["status"] == "closed":
            raise invalid("status", "Status: closed prevents ticket update", "InvalidState")
        return ticket

    def _user(self, name: str, role: str) -> Json:
        known = (user for user in self.account.users.values() if user["name"] == name)
        return next(known, None) or add_user(self.account, {"name": name, "role": role})


class _Collected:
    """Within it webhooks are collected: the control posts them itself, and says what came."""

    def __init__(self, hooks: Hooks) -> None:
        self._hooks = hooks
        self._kept = hooks.account.on_event
        self._webhooks: list[Webhook] = []

    def __enter__(self) -> list[Webhook]:
        self._hooks.account.on_event = self._collect
        return self._webhooks

    def __exit__(self, *_: object) -> None:
        self._hooks.account.on_event = self._kept

    def _collect(self, name: str, ticket: Json, event: Json, actor: Json) -> None:
        self._webhooks.extend(self._hooks.webhooks(name, ticket, event, actor))
