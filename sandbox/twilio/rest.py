"""The REST resources: messages, one message, and bulk consents."""

import json
import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.twilio import listing, sends
from sandbox.twilio.account import Account, Json, SmsMessage
from sandbox.twilio.callbacks import Carrier
from sandbox.twilio.errors import RefusedError, invalid_parameter, not_found
from sandbox.twilio.forms import authenticate, is_phone_number, read_form, read_query

_BASE = "/2010-04-01/Accounts/{account_sid}/Messages"
_UNFINISHED = {"accepted", "queued", "sending"}
_SOURCES = {"website", "offline", "opt-in-message", "opt-out-message", "others"}


@dataclass(frozen=True)
class Rest:
    """The authenticated part of the emulator."""

    account: Account
    carrier: Carrier

    def routes(self) -> list[Route]:
        """Return the routes as Twilio publishes them."""
        return [
            Route(f"{_BASE}.json", self.create, methods=["POST"]),
            Route(f"{_BASE}.json", self.list, methods=["GET"]),
            Route(f"{_BASE}/{{sid}}.json", self.fetch, methods=["GET"]),
            Route(f"{_BASE}/{{sid}}.json", self.update, methods=["POST"]),
            Route(f"{_BASE}/{{sid}}.json", self.delete, methods=["DELETE"]),
            Route("/v1/Consents/Bulk", self.consents, methods=["POST"]),
        ]

    async def create(self, request: Request) -> Response:
        """Send a message: 201 with the resource."""
        authenticate(request, self.account.config)
        form = await read_form(request, sends.KNOWN, sends.REPEATED)
        message = sends.accept_send(self.account, self.carrier, form)
        resource = message.resource(self.account.config)
        if message.status == "accepted":  # the service has not chosen a sender yet
            resource |= {"from": None, "num_segments": "0"}
        return JSONResponse(resource, 201)

    async def list(self, request: Request) -> Response:
        """List messages, newest first."""
        authenticate(request, self.account.config)
        return JSONResponse(listing.list_messages(self.account, read_query(request, listing.KNOWN)))

    async def fetch(self, request: Request) -> Response:
        """Return one message."""
        return JSONResponse(self._message(request).resource(self.account.config))

    async def update(self, request: Request) -> Response:
        """Redact a finished message (``Body=``); there is nothing that could be cancelled."""
        message = self._message(request)
        form = await read_form(request, ("Body", "Status"))
        if "Status" in form:
            raise RefusedError(30409, "Message is in an uncancelable state.", 409)
        if form.get("Body") != [""]:
            raise invalid_parameter("Body", "must be empty, to redact the message")
        self._check_finished(message)
        message.body, message.updated_at = "", self.account.edge.now()
        return JSONResponse(message.resource(self.account.config))

    async def delete(self, request: Request) -> Response:
        """Delete the record of a finished message."""
        message = self._message(request)
        self._check_finished(message)
        del self.account.messages[message.sid]
        return Response(status_code=204)

    async def consents(self, request: Request) -> Response:
        """Take opt-outs and opt-ins; each item has its own result.

        ``Items`` holds JSON objects, as repeated parameters or as one JSON list.
        """
        authenticate(request, self.account.config)
        form = await read_form(request, (), ("Items",))
        items = [item for text in form.get("Items", []) for item in _items(text)]
        if not items:
            raise invalid_parameter("Items", "at least one is required")
        return JSONResponse({"items": [self._consent(item) for item in items]}, 201)

    def _consent(self, item: Json) -> Json:
        errors = _consent_errors(item)
        result = {
            "contact_id": item.get("contact_id"),
            "correlation_id": item.get("correlation_id"),
            "error_code": 30646 if errors else 0,
            "error_messages": errors,
        }
        known = (*self.account.config.numbers, self.account.config.messaging_service_sid)
        if not errors and item["sender_id"] not in known:
            result |= {"error_code": 30646, "error_messages": ["sender_id is not yours"]}
        elif not errors:
            self._apply(item)
        return result

    def _apply(self, item: Json) -> None:
        service = item["sender_id"] == self.account.config.messaging_service_sid
        for number in self.account.config.numbers if service else (item["sender_id"],):
            pair = (number, item["contact_id"])
            if item["status"] == "opt-out":
                self.account.blocked.add(pair)
            else:
                self.account.blocked.discard(pair)

    def _message(self, request: Request) -> SmsMessage:
        authenticate(request, self.account.config)
        message = self.account.messages.get(request.path_params["sid"])
        if message is None:
            raise not_found(request)
        return message

    def _check_finished(self, message: SmsMessage) -> None:
        if message.status in _UNFINISHED:
            raise RefusedError(20009, "Cannot change this resource before it is complete", 409)


def _items(text: str) -> list[Json]:
    try:
        given = json.loads(text)
    except ValueError as error:
        raise invalid_parameter("Items", "must be JSON") from error
    items = given if isinstance(given, list) else [given]
    if not all(isinstance(item, dict) for item in items):
        raise invalid_parameter("Items", "must be JSON objects")
    return items


def _consent_errors(item: Json) -> list[str]:
    fields = {key: value for key, value in item.items() if isinstance(value, str)}
    checks = {
        "contact_id": is_phone_number(fields.get("contact_id", "")),
        "correlation_id": re.fullmatch(r"\w{32}", fields.get("correlation_id", "")) is not None,
        "sender_id": bool(fields.get("sender_id")),
        "status": fields.get("status") in {"opt-in", "opt-out"},
        "source": fields.get("source") in _SOURCES,
    }
    return [f"{name} is missing or invalid" for name, good in checks.items() if not good]
