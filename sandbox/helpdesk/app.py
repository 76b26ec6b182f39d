"""The generic helpdesk as one ASGI app behind the edge."""

from dataclasses import dataclass

import httpx
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sandbox.control import read_control
from sandbox.edge import Edge, EdgeMiddleware
from sandbox.helpdesk.callbacks import Callbacks, EventType
from sandbox.helpdesk.config import HelpdeskConfig
from sandbox.helpdesk.signature import find_fault
from sandbox.helpdesk.tickets import Desk, Event, Ticket


class _Act(BaseModel):
    """An act of a helpdesk agent on one ticket; ``copies`` posts the same webhook so often."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ticket_id: str
    copies: int = Field(default=1, ge=1, le=20)


class _Reply(_Act):
    """An answer to the customer; a ``message_id`` given again is the same answer."""

    text: str = Field(min_length=1)
    author: str = "Sam"
    message_id: str | None = None


@dataclass(frozen=True)
class Helpdesk:
    """Both doors of the helpdesk: the brand's events in, its agents' acts out."""

    config: HelpdeskConfig
    desk: Desk
    callbacks: Callbacks

    def routes(self) -> list[Route]:
        """Return the vendor's routes and the controls."""
        return [
            Route("/tickets-webhook", self.receive, methods=["POST"]),
            Route("/tickets/{ticket_id}", self.show, methods=["GET"]),
            Route("/_control/tickets", self.list, methods=["GET"]),
            Route("/_control/reply", self.reply, methods=["POST"]),
            Route("/_control/close", self.close, methods=["POST"]),
            Route("/_control/reopen", self.reopen, methods=["POST"]),
        ]

    async def receive(self, request: Request) -> Response:
        """Take one signed event: 201 for a ticket opened, 200 for anything known or changed.

        Refuses with 401 (signature), 400 (naming the field) or 404 (no such ticket). A webhook-id
        seen before changes nothing and answers the same ticket.
        """
        body = await request.body()
        fault = find_fault(self.config.secret, request.headers, body, self.desk.edge.now())
        if fault is not None:
            raise HTTPException(401, fault)
        webhook_id = request.headers["webhook-id"]
        if webhook_id in self.desk.seen:
            return self._answer(request, self.desk.tickets[self.desk.seen[webhook_id]])
        ticket, new = self.desk.take(_parse(body))
        if ticket is None:
            raise HTTPException(404, "data: there is no such ticket")
        self.desk.seen[webhook_id] = ticket.id
        return self._answer(request, ticket, 201 if new else 200)

    async def show(self, request: Request) -> Response:
        """Return one ticket; this is the address that `receive` answers with."""
        return JSONResponse(self._ticket(request.path_params["ticket_id"]).model_dump(mode="json"))

    async def list(self, _request: Request) -> Response:
        """List all tickets with everything, oldest first."""
        rows = [ticket.model_dump(mode="json") for ticket in self.desk.tickets.values()]
        return JSONResponse({"tickets": rows})

    async def reply(self, request: Request) -> Response:
        """Answer the customer: ``{ticket_id, text, author?, message_id?, copies?}``."""
        act = await read_control(request, _Reply)
        ticket = self._ticket(act.ticket_id)
        message_id = act.message_id or f"{ticket.id}-R{len(ticket.replies) + 1}"
        said = {"message_id": message_id, "text": act.text, "author": act.author}
        if all(reply["message_id"] != message_id for reply in ticket.replies):
            ticket.replies.append({**said, "at": self.desk.edge.now()})
        return await self._call("ticket.replied", ticket, act, said)

    async def close(self, request: Request) -> Response:
        """Close a ticket: ``{ticket_id, copies?}``."""
        act = await read_control(request, _Act)
        ticket = self._ticket(act.ticket_id)
        self.desk.close(ticket)
        return await self._call("ticket.closed", ticket, act)

    async def reopen(self, request: Request) -> Response:
        """Reopen a ticket: ``{ticket_id, copies?}``."""
        act = await read_control(request, _Act)
        ticket = self._ticket(act.ticket_id)
        self.desk.reopen(ticket)
        return await self._call("ticket.reopened", ticket, act)

    async def _call(
        self, event: EventType, ticket: Ticket, act: _Act, said: dict[str, str] | None = None
    ) -> Response:
        return JSONResponse(await self.callbacks.post(event, ticket, said, act.copies))

    def _ticket(self, ticket_id: str) -> Ticket:
        ticket = self.desk.find(ticket_id, None)
        if ticket is None:
            raise HTTPException(404, f"there is no ticket {ticket_id}")
        return ticket

    def _answer(self, request: Request, ticket: Ticket, status: int = 200) -> Response:
        base = f"{request.url.scheme}://{request.url.netloc}{request.scope['root_path']}"
        url = f"{base}/tickets/{ticket.id}"
        return JSONResponse({"id": ticket.id, "status": ticket.status, "url": url}, status)


def _parse(body: bytes) -> Event:
    try:
        return TypeAdapter[Event](Event).validate_json(body)
    except ValidationError as error:
        problems = []
        for item in error.errors():
            named = item["type"] in {"union_tag_invalid", "union_tag_not_found"}
            place = "type" if named else ".".join(str(part) for part in item["loc"][1:])
            problems.append(f"{place or 'body'}: {item['msg']}")
        raise HTTPException(400, "; ".join(problems)) from error


async def _answer_error(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    body = {"error": {"status": error.status_code, "message": error.detail}}
    return JSONResponse(body, error.status_code)


def create_helpdesk(
    config: HelpdeskConfig, edge: Edge, client: httpx.AsyncClient | None = None
) -> ASGIApp:
    """Build one generic helpdesk.

    Args:
        config: Its secret and where it calls back.
        edge: Its recorder, faults and clock.
        client: What posts the callbacks; the caller closes it. Default: a plain client.
    """
    callbacks = Callbacks(config, edge, client or httpx.AsyncClient(trust_env=False))
    helpdesk = Helpdesk(config, Desk(edge, config.first_ticket), callbacks)
    app = Starlette(routes=helpdesk.routes(), exception_handlers={HTTPException: _answer_error})
    return EdgeMiddleware(app, edge)
