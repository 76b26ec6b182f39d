"""The helpdesk port kept by Gorgias."""

import hmac

import httpx

from domain.errors import BadSignature
from domain.message import TranscriptLine
from providers.helpdesk.base import HelpdeskEvent, Ticket, TicketRequest
from providers.helpdesk.gorgias.answer import GorgiasAccount, GorgiasTicket
from providers.helpdesk.gorgias.calls import PROVIDER, GorgiasCalls
from providers.helpdesk.gorgias.content import (
    describe_line,
    describe_note,
    describe_ticket,
    external_id,
)
from providers.helpdesk.gorgias.event import parse_event
from providers.helpdesk.gorgias.integration import (
    NAMES,
    SECRET_HEADER,
    TEMPLATES,
    describe_integration,
)
from providers.helpdesk.gorgias.options import GorgiasOptions
from providers.helpdesk.note import Note
from providers.sms.base import WebhookRequest


class GorgiasHelpdesk:
    """One brand's Gorgias account.

    Gorgias keeps no id the only one, so everything is looked up before it is written. Two calls at
    the very same moment could still write twice; the workflow makes one at a time.

    Args:
        options: Address, credentials, secret.
        pool: Connections, see `open_http`; closed by whoever opened it.
    """

    name = PROVIDER

    def __init__(self, options: GorgiasOptions, pool: httpx.AsyncClient) -> None:
        self._options = options
        self._calls = GorgiasCalls(options, pool)

    async def open_ticket(self, request: TicketRequest) -> Ticket:
        """Open a ticket with the texts as imported messages and a note, or find the one there."""
        operation = "open_ticket"
        ticket = await self._calls.find_ticket(operation, request.external_id)
        if ticket is None:
            customer_id = await self._calls.claim_customer(operation, request)
            content = describe_ticket(request, customer_id, self._options)
            answer = await self._calls.write(operation, "POST", "tickets", content)
            ticket = self._calls.http.read(operation, answer, GorgiasTicket)
        url = f"{self._options.base_url}/app/ticket/{ticket.id}"
        return Ticket(ticket_id=str(ticket.id), url=url)

    async def append_inbound(self, ticket_id: str, line: TranscriptLine) -> None:
        """Add a customer's later text; a closed ticket is opened first, so that a human sees it."""
        operation = "append_inbound"
        ticket = await self._calls.get_ticket(operation, ticket_id)
        our_id = external_id("sms", line.message_id)
        if await self._calls.has_message(operation, ticket.id, our_id):
            return
        path = f"tickets/{ticket.id}"
        if ticket.status != "open":
            await self._calls.write(operation, "PUT", path, {"status": "open"})
        content = describe_line(
            line,
            ticket.customer.id if ticket.customer else None,
            (ticket.fact("phone"), ticket.fact("channel_number")),
            self._options.email,
        )
        await self._calls.write(operation, "POST", f"{path}/messages", content)

    async def append_note(self, ticket_id: str, note_id: str, text: str) -> None:
        """Add an internal note; a closed ticket stays closed."""
        operation = "append_note"
        ticket = await self._calls.get_ticket(operation, ticket_id)
        our_id = external_id("note", note_id)
        if await self._calls.has_message(operation, ticket.id, our_id):
            return
        content = describe_note(our_id, Note.of(text), self._options.email)
        await self._calls.write(operation, "POST", f"tickets/{ticket.id}/messages", content)

    def parse_event(self, request: WebhookRequest) -> tuple[HelpdeskEvent, ...]:
        """Check our header and read one event; empty for those that are not for the customer.

        The secret proves the sender; Gorgias neither signs nor dates what it posts, so a repeat is
        known by its ids only.
        """
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1", "replace")
        secrets = [self._options.webhook_secret, self._options.previous_webhook_secret]
        wanted = [one.get_secret_value().encode() for one in secrets if one is not None]
        if not any([hmac.compare_digest(given, one) for one in wanted]):
            raise BadSignature("webhook: our secret is not in its header")
        return parse_event(request.body, request.received_at, self._options.email)

    async def check(self) -> str:
        """Read the account and whether our integrations are installed."""
        answer = await self._calls.get("check", "account")
        account = self._calls.http.read("check", answer, GorgiasAccount)
        names = {one.name async for one in self._calls.integrations("check")}
        missing = sorted(set(NAMES.values()) - names)
        said = f"Gorgias answers and takes our key (account {account.domain or 'unnamed'})"
        if missing:
            return f"{said}; replies cannot come back, integrations are missing: {missing}"
        return f"{said}; both integrations are installed"

    async def connect(self, webhook_url: str) -> None:
        """Install our two integrations, or change those there are; once per account is enough.

        Args:
            webhook_url: Public address that takes Gorgias' events.
        """
        secret = self._options.webhook_secret.get_secret_value()
        known = {one.name: one.id async for one in self._calls.integrations("connect")}
        for event in TEMPLATES:
            content = describe_integration(event, webhook_url, secret)
            if NAMES[event] in known:
                path = f"integrations/{known[NAMES[event]]}"
                await self._calls.write("connect", "PUT", path, content)
            else:
                await self._calls.write("connect", "POST", "integrations", content)
