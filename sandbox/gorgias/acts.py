"""What people do in Gorgias, told over ``/_control``."""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control import read_control
from sandbox.gorgias.account import Account
from sandbox.gorgias.hooks import Hooks

Json = dict[str, Any]


class _Act(BaseModel):
    """An act on one ticket; its webhooks are posted ``copies`` times, 0 loses them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ticket_id: int
    copies: int = Field(default=1, ge=0, le=20)


class _Reply(_Act):
    """An answer to the customer, by a person or by a rule."""

    text: str
    author: str = "Sam"
    via: Literal["helpdesk", "rule", "api"] = "helpdesk"


class _Note(_Act):
    """Something only people in the helpdesk see."""

    text: str = Field(min_length=1)
    author: str = "Sam"


@dataclass(frozen=True)
class Acts:
    """The controls; their webhooks are posted before they answer."""

    account: Account
    hooks: Hooks

    def routes(self) -> list[Route]:
        """Return them all."""
        return [
            Route("/_control/tickets", self.tickets, methods=["GET"]),
            Route("/_control/sent", self.sent, methods=["GET"]),
            Route("/_control/settle", self.settle, methods=["POST"]),
            Route("/_control/reply", self.reply, methods=["POST"]),
            Route("/_control/note", self.note, methods=["POST"]),
            Route("/_control/close", self.close, methods=["POST"]),
            Route("/_control/reopen", self.reopen, methods=["POST"]),
        ]

    async def tickets(self, _request: Request) -> Response:
        """List all tickets with their messages and customers, oldest first."""
        account = self.account
        rows = [
            {
                **ticket,
                "messages": account.messages_of(ticket["id"]),
                "customer": account.customers.get((ticket["customer"] or {}).get("id", 0)),
            }
            for ticket in account.tickets.values()
        ]
        return JSONResponse({"tickets": rows})

    async def sent(self, _request: Request) -> Response:
        """List what Gorgias itself sent to customers."""
        return JSONResponse({"messages": self.account.sent})

    async def settle(self, _request: Request) -> Response:
        """Wait until every webhook has been posted."""
        await self.hooks.poster.settle()
        return JSONResponse({"ok": True})

    async def reply(self, request: Request) -> Response:
        """Answer the customer: ``{ticket_id, text, author?, via?, copies?}``."""
        act = await read_control(request, _Reply)
        said = {"channel": "sms", "via": act.via, "public": True, "body_text": act.text}
        return await self._say(act, {**said, "sent_datetime": self.account.now()}, act.author)

    async def note(self, request: Request) -> Response:
        """Write an internal note: ``{ticket_id, text, author?, copies?}``."""
        act = await read_control(request, _Note)
        said = {"channel": "internal-note", "via": "helpdesk", "public": False}
        return await self._say(act, {**said, "body_text": act.text}, act.author)

    async def close(self, request: Request) -> Response:
        """Close a ticket: ``{ticket_id, copies?}``."""
        return await self._set_status(request, "closed")

    async def reopen(self, request: Request) -> Response:
        """Open a ticket again: ``{ticket_id, copies?}``."""
        return await self._set_status(request, "open")

    async def _say(self, act: _Act, said: Json, author: str) -> Response:
        ticket = self.account.ticket(act.ticket_id)
        email = f"{author.lower()}@cedar-slate.example.com"
        sender = self.account.users.setdefault(
            email, {"id": len(self.account.users) + 1, "name": author, "email": email}
        )
        message = {**said, "from_agent": True, "sender": sender, "external_id": None}
        with _Silence(self.account):
            added = self.account.add_message(ticket, message)
        return await self._post(act, "ticket-message-created", ticket, added)

    async def _set_status(self, request: Request, status: str) -> Response:
        act = await read_control(request, _Act)
        ticket = self.account.ticket(act.ticket_id)
        with _Silence(self.account):
            self.account.set_status(ticket, status)
        return await self._post(act, "ticket-status-updated", ticket, None)

    async def _post(self, act: _Act, event: str, ticket: Json, message: Json | None) -> Response:
        webhooks = self.hooks.webhooks(event, ticket, message)
        outcome = await self.hooks.poster.post(webhooks, act.copies)
        return JSONResponse({**outcome, "message_id": (message or {}).get("id")})


class _Silence:
    """Within it events are not announced: the control posts them itself, and says what came."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._kept = account.on_event

    def __enter__(self) -> None:
        self._account.on_event = lambda _event, _ticket, _message: None

    def __exit__(self, *_: object) -> None:
        self._account.on_event = self._kept
