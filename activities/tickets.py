"""Tickets: opened once per handoff with the whole transcript, later texts appended."""

import asyncio
from datetime import timedelta

from temporalio import activity

from activities.beat import beating
from activities.failures import translated
from activities.handoff_messages import AppendToTicket, OpenTicket, TicketOpened
from activities.ports import Adapters, Clock
from activities.upkeep_messages import Done
from domain.brand import BrandSettings
from domain.errors import ConfigurationError
from domain.escalation import EscalationReason
from domain.facts import FactKind
from domain.message import TranscriptLine
from providers.helpdesk.base import Helpdesk, Priority, TicketRequest
from store.base import BrandStore, ConversationStore
from store.records import TicketBinding
from store.turn_base import TurnStore

_TRANSCRIPT_LINES = 500
_BEFORE_OPENING = timedelta(hours=48)
_URGENT = frozenset({EscalationReason.LEGAL, EscalationReason.SAFETY})


class TicketActivities:
    """Activities on the brand's helpdesk.

    Args:
        stores: Brands, conversations, turns.
        adapters: Helpdesks.
        clock: The present.
    """

    def __init__(
        self,
        stores: tuple[BrandStore, ConversationStore, TurnStore],
        adapters: Adapters,
        clock: Clock,
    ) -> None:
        self._brands, self._conversations, self._turns = stores
        self._adapters = adapters
        self._clock = clock

    @activity.defn(name="open_ticket")
    async def open_ticket(self, request: OpenTicket) -> TicketOpened:
        """Open the handoff's ticket, or find the one a lost answer has already opened."""
        async with beating():
            with translated():
                settings = await self._settings(request.brand, request.settings_version)
                helpdesk = self._helpdesk(settings)
                ticket_request = await asyncio.to_thread(self._describe, request, settings)
                ticket = await helpdesk.open_ticket(ticket_request)
                binding = TicketBinding(
                    external_id=ticket_request.external_id,
                    provider=helpdesk.name,
                    ticket_id=ticket.ticket_id,
                    url=ticket.url,
                )
                await asyncio.to_thread(
                    self._conversations.save_ticket,
                    request.brand,
                    request.conversation_id,
                    binding,
                    self._clock(),
                )
        return TicketOpened(ticket_id=ticket.ticket_id)

    @activity.defn(name="append_to_ticket")
    async def append_to_ticket(self, request: AppendToTicket) -> Done:
        """Add later texts to the ticket; the helpdesk drops those it has."""
        async with beating():
            with translated():
                texts = await asyncio.to_thread(
                    self._conversations.claim_messages,
                    request.brand,
                    request.conversation_id,
                    request.turn,
                    request.message_ids,
                )
                if request.ticket_id is None:
                    return Done()
                settings = await self._settings(request.brand, request.settings_version)
                helpdesk = self._helpdesk(settings)
                for text in texts:
                    line = TranscriptLine(
                        at=text.received_at,
                        origin=None,
                        body=text.body,
                        message_id=text.message_id,
                    )
                    await helpdesk.append_inbound(request.ticket_id, line)
        return Done()

    async def _settings(self, brand: str, version: int | None) -> BrandSettings:
        found = await asyncio.to_thread(self._brands.settings, brand, version)
        return found.settings

    def _helpdesk(self, settings: BrandSettings) -> Helpdesk:
        helpdesk = self._adapters.helpdesk(settings)
        if helpdesk is None:
            msg = f"brand {settings.brand} has no helpdesk: configure one or use closeout"
            raise ConfigurationError(msg)
        return helpdesk

    def _describe(self, request: OpenTicket, settings: BrandSettings) -> TicketRequest:
        summary = self._conversations.summary(request.brand, request.conversation_id)
        contact = self._conversations.contact(request.brand, request.contact_id)
        opened = summary.opened_at if summary else self._clock()
        results = self._turns.tool_results(request.brand, request.conversation_id)
        tried = ", ".join(dict.fromkeys(r.tool for r in results)) or "nothing"
        facts = [fact for result in results for fact in result.facts]
        orders = tuple(dict.fromkeys(f.value for f in facts if f.kind is FactKind.ORDER))
        topic = (request.intent or "a text").replace("_", " ")
        return TicketRequest(
            external_id=f"conv:{request.conversation_id}:{request.handoff}",
            subject=f"SMS handoff: {topic} ({request.reason.value.replace('_', ' ')})",
            reason=request.reason,
            priority=Priority.URGENT if request.reason in _URGENT else Priority.NORMAL,
            summary=f"{request.summary} Looked up: {tried}.".strip(),
            intent=request.intent,
            brand=settings.identity.name,
            conversation_id=request.conversation_id,
            phone=contact.phone,
            channel_number=contact.number,
            customer={},
            order_names=orders,
            segments=summary.usage.segments_out if summary else 0,
            transcript=self._conversations.transcript(
                request.brand, request.contact_id, opened - _BEFORE_OPENING, _TRANSCRIPT_LINES
            ),
        )
