"""The helpdesk port kept by Zendesk."""

from collections.abc import Callable, Mapping

import httpx

from domain.errors import ProviderMisconfigured, ProviderRejected, ProviderUnavailable
from domain.message import TranscriptLine
from providers.helpdesk.base import HelpdeskEvent, Ticket, TicketRequest
from providers.helpdesk.note import Note, write_notes
from providers.helpdesk.zendesk.answer import UserAnswer, ZendeskStatus, ZendeskTicket
from providers.helpdesk.zendesk.calls import PROVIDER, ZendeskCalls
from providers.helpdesk.zendesk.content import (
    describe_inbound,
    describe_note,
    describe_ticket,
    ending_of,
)
from providers.helpdesk.zendesk.event import FOLLOW_UP, parse_event, verify
from providers.helpdesk.zendesk.options import ZendeskOptions
from providers.sms.base import WebhookRequest

_TRIES = 5
_WAITING = frozenset({ZendeskStatus.PENDING, ZendeskStatus.HOLD, ZendeskStatus.SOLVED})

Describe = Callable[[ZendeskTicket], Mapping[str, object]]


class ZendeskHelpdesk:
    """One brand's Zendesk account.

    A ticket that Zendesk has closed for ever is continued in a follow-up, which stands for it in
    both directions.

    Args:
        options: Address, credentials, secret.
        pool: Connections, see `open_http`; closed by whoever opened it.
    """

    name = PROVIDER

    def __init__(self, options: ZendeskOptions, pool: httpx.AsyncClient) -> None:
        self._options = options
        self._calls = ZendeskCalls(options, pool)

    async def open_ticket(self, request: TicketRequest) -> Ticket:
        """Open a ticket with everything in private comments, or find the one there."""
        operation = "open_ticket"
        first, *rest = write_notes(request, self._options.time_zone)
        found = await self._calls.find_tickets(operation, request.external_id)
        ticket = found[0] if found else await self._create(operation, request, first)
        for number, note in enumerate(rest, start=2):
            await self._add_note(operation, str(ticket.id), f"transcript-{number}", note)
        url = f"{self._options.base_url}/agent/tickets/{ticket.id}"
        return Ticket(ticket_id=str(ticket.id), url=url)

    async def append_inbound(self, ticket_id: str, line: TranscriptLine) -> None:
        """Add a customer's later text and open the ticket in the same breath."""
        operation = "append_inbound"

        def describe(ticket: ZendeskTicket) -> Mapping[str, object]:
            comment = describe_inbound(line, ticket.requester_id, self._options.time_zone)
            status = {"status": "open"} if ticket.status in _WAITING else {}
            return {"comment": comment, **status}

        ticket = await self._calls.get_ticket(operation, ticket_id)
        ending = ending_of(line.message_id)
        if ticket.status is ZendeskStatus.CLOSED:
            if await self._calls.has_comment(operation, ticket.id, ending):
                return
            ticket = await self._follow_up(operation, ticket)
        await self._add(operation, ticket, ending, describe)

    async def append_note(self, ticket_id: str, note_id: str, text: str) -> None:
        """Add an internal note; a solved ticket stays solved, a closed one refuses it."""
        await self._add_note("append_note", ticket_id, f"note-{note_id}", Note.of(text))

    def parse_event(self, request: WebhookRequest) -> tuple[HelpdeskEvent, ...]:
        """Verify and read one event; empty for those that are not for the customer."""
        secrets = [self._options.webhook_secret, self._options.previous_webhook_secret]
        verify(
            [secret.get_secret_value() for secret in secrets if secret is not None],
            request.headers,
            request.body,
            request.received_at,
        )
        return parse_event(request.body, self._options.user_id)

    async def check(self) -> str:
        """Ask who we are; somebody who may not write tickets is a wrong setting."""
        answer = await self._calls.get("check", "users/me", {})
        user = self._calls.http.read("check", answer, UserAnswer).user
        if not user.id or user.role not in ("admin", "agent"):
            problem = "the API user is neither an agent nor an admin"
            raise ProviderMisconfigured(PROVIDER, "check", problem)
        if self._options.user_id not in (None, user.id):
            problem = f"user_id is not the API user's, which is {user.id}"
            raise ProviderMisconfigured(PROVIDER, "check", problem)
        return f"Zendesk answers and takes our token (user {user.id}, {user.role})"

    async def _create(self, operation: str, request: TicketRequest, note: Note) -> ZendeskTicket:
        requester_id = await self._calls.claim_user(operation, request)
        content = describe_ticket(request, requester_id, note, self._options)
        try:
            return await self._calls.create_ticket(operation, request.external_id, content)
        except ProviderRejected as error:
            if error.code != "IdempotentRequestError":
                raise
            # An earlier try, with fewer texts, has reached Zendesk after our look-up.
            found = await self._calls.find_tickets(operation, request.external_id)
            if found:
                return found[0]
            problem = "an earlier request for this ticket is not settled"
            raise ProviderUnavailable(PROVIDER, operation, problem) from error

    async def _follow_up(self, operation: str, closed: ZendeskTicket) -> ZendeskTicket:
        """Return the ticket that continues a closed one, made when there is none."""
        base = (closed.external_id or f"conv:{closed.id}").partition(FOLLOW_UP)[0]
        external_id = f"{base}{FOLLOW_UP}{closed.id}"
        found = await self._calls.find_tickets(operation, external_id)
        alive = [ticket for ticket in found if ticket.status is not ZendeskStatus.CLOSED]
        if alive:
            return alive[0]
        source = found[-1].id if found else closed.id
        note = Note.of(f"The customer wrote again after ticket {closed.id} was closed.")
        content: dict[str, object] = {
            "subject": f"SMS handoff, continued from ticket {closed.id}",
            "external_id": external_id,
            "via_followup_source_id": source,
            "tags": ["sms_agent"],
            "comment": {"html_body": note.html, "public": False},
        }
        if closed.requester_id is not None:
            content["requester_id"] = closed.requester_id
        return await self._calls.create_ticket(operation, f"{external_id}:{source}", content)

    async def _add_note(self, operation: str, ticket_id: str, our_id: str, note: Note) -> None:
        ticket = await self._calls.get_ticket(operation, ticket_id)
        comment = describe_note(note, our_id)
        await self._add(operation, ticket, ending_of(our_id), lambda _: {"comment": comment})

    async def _add(
        self, operation: str, ticket: ZendeskTicket, ending: str, describe: Describe
    ) -> None:
        """Add a comment unless it is there; who changed the ticket meanwhile is looked at anew."""
        for _ in range(_TRIES):
            if await self._calls.has_comment(operation, ticket.id, ending):
                return
            safe = {"safe_update": True, "updated_stamp": ticket.updated_at}
            change = {**describe(ticket), **(safe if ticket.updated_at else {})}
            try:
                path = f"tickets/{ticket.id}"
                await self._calls.write(operation, "PUT", path, {"ticket": change})
            except ProviderRejected as error:
                if error.code != "UpdateConflict":
                    raise
                ticket = await self._calls.get_ticket(operation, str(ticket.id))
            else:
                return
        problem = "the ticket changes faster than it can be written to"
        raise ProviderUnavailable(PROVIDER, operation, problem, reached=False)
