"""The helpdesk port kept by signed JSON events."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

import httpx
import orjson

from domain.errors import ProviderRejected
from domain.message import TranscriptLine
from providers.helpdesk.base import HelpdeskEvent, Ticket, TicketRequest
from providers.helpdesk.generic.event import (
    PROVIDER,
    Opened,
    describe_line,
    describe_ticket,
    parse_event,
)
from providers.helpdesk.generic.options import GenericHelpdeskOptions
from providers.http_client import HttpClient
from providers.http_message import HttpAnswer, HttpRequest
from providers.signing import sign_webhook, verify_webhook
from providers.sms.base import WebhookRequest


class GenericHelpdesk:
    """One brand's helpdesk behind a signed webhook.

    Args:
        options: Address and secret.
        pool: Connections, see `open_http`; closed by whoever opened it.
    """

    name = PROVIDER

    def __init__(self, options: GenericHelpdeskOptions, pool: httpx.AsyncClient) -> None:
        self._options = options
        self._http = HttpClient(PROVIDER, pool)

    async def open_ticket(self, request: TicketRequest) -> Ticket:
        """Open a ticket; the webhook id comes from `external_id`, so a repeat finds the first."""
        answer = await self._post(
            "ticket.opened", request.external_id, describe_ticket(request), "open_ticket"
        )
        opened = self._http.read("open_ticket", answer, Opened)
        return Ticket(ticket_id=opened.id, url=opened.url)

    async def append_inbound(self, ticket_id: str, line: TranscriptLine) -> None:
        """Add a customer's later text."""
        data = {"ticket_id": ticket_id, "message": describe_line(line)}
        key = f"{ticket_id} {line.message_id}"
        await self._post("ticket.message", key, data, "append_inbound")

    async def append_note(self, ticket_id: str, note_id: str, text: str) -> None:
        """Add an internal note."""
        data = {"ticket_id": ticket_id, "note_id": note_id, "text": text}
        await self._post("ticket.note", f"{ticket_id} {note_id}", data, "append_note")

    def parse_event(self, request: WebhookRequest) -> tuple[HelpdeskEvent, ...]:
        """Verify and read one event; empty for those that are not for the customer."""
        secrets = [self._options.secret, self._options.previous_secret]
        webhook_id = verify_webhook(
            [secret.get_secret_value() for secret in secrets if secret is not None],
            request.headers,
            request.body,
            request.received_at,
        )
        return parse_event(webhook_id, request.body)

    async def check(self) -> str:
        """Send a signed `ping`; a helpdesk that refuses to know it has still read the signature."""
        key = str(datetime.now(UTC).timestamp())
        try:
            await self._post("ping", key, {}, "check")
        except ProviderRejected:
            return "the helpdesk answers and takes our signature; it does not know ping"
        return "the helpdesk answers and takes our signature"

    async def _post(
        self, event: str, key: str, data: Mapping[str, object], operation: str
    ) -> HttpAnswer:
        # No time of ours inside: the same event is the same bytes however often it is sent.
        body = orjson.dumps({"type": event, "data": data})
        webhook_id = "msg_" + hashlib.sha256(f"{event} {key}".encode()).hexdigest()[:32]
        secret = self._options.secret.get_secret_value()
        signed = sign_webhook(secret, webhook_id, datetime.now(UTC), body)
        request = HttpRequest(
            operation=operation,
            method="POST",
            url=self._options.url,
            content=body,
            headers={"content-type": "application/json", **signed},
        )
        return await self._http.request(request)
