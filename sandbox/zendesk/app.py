"""Zendesk as one ASGI app behind the edge."""

import base64
import binascii
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sandbox.budget import CallBudget
from sandbox.edge import Edge, EdgeMiddleware
from sandbox.posting import Poster
from sandbox.spec import Operation, Spec
from sandbox.zendesk import desk, hooks, people
from sandbox.zendesk.account import Account
from sandbox.zendesk.acts import Acts
from sandbox.zendesk.call import Answer, Call, Json
from sandbox.zendesk.config import ZendeskConfig
from sandbox.zendesk.refusal import Refusal, invalid_fields, not_found

SPEC = Path(__file__).with_name("zendesk.handwritten.json")
_OPERATIONS: Mapping[str, Callable[[Account, Call], Answer]] = {
    "ListTickets": desk.list_tickets,
    "CreateTicket": desk.create_ticket,
    "ShowTicket": desk.show_ticket,
    "UpdateTicket": desk.update_ticket,
    "ListTicketComments": desk.list_ticket_comments,
    "PutTagsTicket": desk.put_tags_ticket,
    "TicketImport": desk.import_ticket,
    "CreateOrUpdateUser": people.create_or_update_user,
    "SearchUsers": people.search_users,
    "ShowCurrentUser": people.show_current_user,
    "CreateWebhook": hooks.create_webhook,
}
_NOBODY: Json = {"id": 0, "name": "Anonymous user", "email": None, "role": "end-user"}


@dataclass(frozen=True)
class Zendesk:
    """The REST door: who asks, how often, is it well formed, then the operation."""

    config: ZendeskConfig
    account: Account
    user: Json
    budget: CallBudget
    spec: Spec

    async def answer(self, request: Request) -> Response:
        """Answer one call; every answer says how much of the minute is left."""
        try:
            response = await self._answer(request)
        except Refusal as refusal:
            response = refusal.answer()
        left = self.budget.limit - self.budget.used
        response.headers["X-Rate-Limit"] = str(self.budget.limit)
        response.headers["X-Rate-Limit-Remaining"] = str(left)
        return response

    async def _answer(self, request: Request) -> Response:
        path = f"/{request.path_params['path']}".removesuffix(".json")
        found = self.spec.match(request.method, path)
        user = self._user(request.headers.get("authorization"))
        if user is _NOBODY and (found is None or found[0].name != "ShowCurrentUser"):
            raise Refusal(401, {"error": "Couldn't authenticate you"})
        wait = self.budget.take(self.account.edge.now())
        if wait:
            said = "Number of allowed API requests per minute exceeded"
            response = JSONResponse({"error": "APIRateLimitExceeded", "description": said}, 429)
            response.headers["Retry-After"] = str(wait)
            return response
        if found is None:
            raise not_found()
        operation, ids = found
        query = dict(request.query_params)
        body = await self._read(request, operation, query)
        ticket_id = int(ids.get("ticket_id", 0))
        call = Call(ticket_id, query, body, request.headers, user)
        answer = _OPERATIONS[operation.name](self.account, call)
        return JSONResponse(answer.body, answer.status, answer.headers)

    async def _read(self, request: Request, operation: Operation, query: dict[str, str]) -> Json:
        body: Json = {}
        if operation.body is not None:
            if request.headers.get("content-type", "").split(";")[0] != "application/json":
                raise Refusal(415, {"error": "Unsupported content type"})
            try:
                body = json.loads(await request.body())
            except ValueError:
                said = "Server could not parse JSON"
                raise Refusal(422, {"error": "Unprocessable Entity", "message": said}) from None
        faults = self.spec.find_query_faults(operation, query)
        faults |= self.spec.find_body_faults(operation, body)
        if faults:
            raise invalid_fields(
                {
                    field: [{"description": one, "error": "InvalidValue"} for one in said]
                    for field, said in faults.items()
                }
            )
        return body

    def _user(self, authorization: str | None) -> Json:
        """Return who asks; wrong credentials are refused, none at all are nobody's."""
        if authorization is None:
            return _NOBODY
        scheme, _, given = authorization.partition(" ")
        try:
            pair = base64.b64decode(given, validate=True)
        except (binascii.Error, ValueError):
            pair = b""
        wanted = f"{self.config.email}/token:{self.config.api_token}".encode()
        if scheme.lower() != "basic" or not hmac.compare_digest(pair, wanted):
            raise Refusal(401, {"error": "Couldn't authenticate you"})
        return self.user


async def _answer_error(_request: Request, error: Exception) -> Response:
    if isinstance(error, Refusal):
        return error.answer()
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse({"error": error.detail}, error.status_code)


def create_zendesk(
    config: ZendeskConfig, edge: Edge, client: httpx.AsyncClient | None = None
) -> ASGIApp:
    """Build one Zendesk account.

    Args:
        config: Its API user and where its webhook goes.
        edge: Its recorder, faults and clock.
        client: What posts the webhooks; the caller closes it. Default: a plain client.
    """
    account = Account(edge, config.first_id)
    user = people.add_user(
        account, {"name": "SMS agent", "email": config.email, "role": config.role}
    )
    sender = client or httpx.AsyncClient(trust_env=False)
    poster = Poster(sender, config.hook_attempts, hooks.is_tried_again)
    posting = hooks.Hooks(account, config, poster)
    account.on_event = posting.announce
    if config.webhook_secret:
        hooks.install(config, account)
    budget = CallBudget(config.calls_per_minute, timedelta(minutes=1))
    zendesk = Zendesk(config, account, user, budget, Spec.load(SPEC))
    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    app = Starlette(
        routes=[
            *Acts(account, posting).routes(),
            Route("/{path:path}", zendesk.answer, methods=methods),
        ],
        exception_handlers={HTTPException: _answer_error, Refusal: _answer_error},
    )
    return EdgeMiddleware(app, edge)
