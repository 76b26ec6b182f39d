"""Gorgias as one ASGI app behind the edge."""

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
from sandbox.gorgias import desk, hooks, people
from sandbox.gorgias.account import Account
from sandbox.gorgias.acts import Acts
from sandbox.gorgias.call import Answer, Call, Json
from sandbox.gorgias.config import GorgiasConfig
from sandbox.gorgias.refusal import Refusal
from sandbox.posting import Poster
from sandbox.spec import Operation, Spec

SPEC = Path(__file__).with_name("gorgias.handwritten.json")


def _get_account(account: Account, _call: Call) -> Answer:
    return 200, {"domain": "cedar-slate", "created_datetime": account.now(), "settings": []}


_OPERATIONS: Mapping[str, Callable[[Account, Call], Answer]] = {
    "getAccount": _get_account,
    "listCustomers": people.list_customers,
    "createCustomer": people.create_customer,
    "getCustomer": people.get_customer,
    "updateCustomer": people.update_customer,
    "listTickets": desk.list_tickets,
    "createTicket": desk.create_ticket,
    "getTicket": desk.get_ticket,
    "updateTicket": desk.update_ticket,
    "addTicketTags": desk.add_ticket_tags,
    "listTicketMessages": desk.list_ticket_messages,
    "createTicketMessage": desk.create_ticket_message,
    "listMessages": desk.list_messages,
    "listIntegrations": hooks.list_integrations,
    "createIntegration": hooks.create_integration,
    "updateIntegration": hooks.update_integration,
    "deleteIntegration": hooks.delete_integration,
}


@dataclass(frozen=True)
class Gorgias:
    """The REST door: who asks, how often, is it well formed, then the operation."""

    config: GorgiasConfig
    account: Account
    budget: CallBudget
    spec: Spec

    async def answer(self, request: Request) -> Response:
        """Answer one call; every answer says how much of the window is used."""
        try:
            response = await self._answer(request)
        except Refusal as refusal:
            response = refusal.answer()
        used = f"{self.budget.used}/{self.budget.limit}"
        response.headers["X-Gorgias-Account-Api-Call-Limit"] = used
        return response

    async def _answer(self, request: Request) -> Response:
        if not self._is_known(request.headers.get("authorization", "")):
            raise Refusal(401, "You are not authenticated.")
        wait = self.budget.take(self.account.edge.now())
        if wait:
            response = Refusal(429, "Too many requests.").answer()
            response.headers["Retry-after"] = str(wait)
            return response
        path = f"/{request.path_params['path']}".rstrip("/")
        found = self.spec.match(request.method, path)
        if found is None:
            raise Refusal(405 if self.spec.knows_path(path) else 404, "Not found.")
        operation, ids = found
        query = dict(request.query_params)
        body = await self._read(request, operation, query)
        call = Call(path=path, id=int(ids.get("id", 0)), query=query, body=body)
        status, made = _OPERATIONS[operation.name](self.account, call)
        return Response(status_code=status) if made is None else JSONResponse(made, status)

    async def _read(self, request: Request, operation: Operation, query: dict[str, str]) -> Json:
        body: Json = {}
        if operation.body is not None:
            if request.headers.get("content-type", "").split(";")[0] != "application/json":
                raise Refusal(400, "The body must be application/json.")
            try:
                body = json.loads(await request.body())
            except ValueError:
                raise Refusal(400, "The body is not JSON.") from None
        faults = self.spec.find_query_faults(operation, query)
        faults |= self.spec.find_body_faults(operation, body)
        if faults:
            raise Refusal(400, "Bad request.", faults)
        return body

    def _is_known(self, authorization: str) -> bool:
        scheme, _, given = authorization.partition(" ")
        try:
            pair = base64.b64decode(given, validate=True)
        except (binascii.Error, ValueError):
            return False
        wanted = f"{self.config.email}:{self.config.api_key}".encode()
        return scheme.lower() == "basic" and hmac.compare_digest(pair, wanted)


async def _answer_error(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse({"error": {"msg": error.detail}}, error.status_code)


async def _answer_refusal(_request: Request, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise error
    return error.answer()


def create_gorgias(
    config: GorgiasConfig, edge: Edge, client: httpx.AsyncClient | None = None
) -> ASGIApp:
    """Build one Gorgias account.

    Args:
        config: Its API user and where its webhooks go.
        edge: Its recorder, faults and clock.
        client: What posts the webhooks; the caller closes it. Default: a plain client.
    """
    user = {"id": 1, "name": "SMS agent", "email": config.email}
    account = Account(edge, config.first_id, {config.email: user})
    poster = Poster(client or httpx.AsyncClient(trust_env=False), config.hook_attempts)
    posting = hooks.Hooks(account, poster)
    account.on_event = posting.announce
    if config.webhook_secret:
        hooks.install(config, account)
    window = timedelta(seconds=config.window_seconds)
    budget = CallBudget(config.calls_per_window, window)
    gorgias = Gorgias(config, account, budget, Spec.load(SPEC))
    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    app = Starlette(
        routes=[
            *Acts(account, posting).routes(),
            Route("/{path:path}", gorgias.answer, methods=methods),
        ],
        exception_handlers={HTTPException: _answer_error, Refusal: _answer_refusal},
    )
    return EdgeMiddleware(app, edge)
