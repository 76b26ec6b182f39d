"""Reminding everyone of an answer that a human owes the customer."""

import asyncio
from datetime import timedelta

import structlog
from temporalio import activity

from activities.beat import beating
from activities.chase_messages import AddTicketNote, ChaseEscalation, ChasePlan
from activities.failures import translated
from activities.number_zones import zones_of
from activities.ports import Adapters
from activities.upkeep_messages import Done
from domain.errors import ConfigurationError
from domain.quiet_hours import next_allowed
from store.base import BrandStore, ConversationStore

_log = structlog.get_logger(__name__)


class ChaseActivities:
    """Activities that chase an unanswered escalation.

    Args:
        brands: Settings.
        conversations: Contacts.
        adapters: Helpdesks.
    """

    def __init__(
        self, brands: BrandStore, conversations: ConversationStore, adapters: Adapters
    ) -> None:
        self._brands = brands
        self._conversations = conversations
        self._adapters = adapters

    @activity.defn(name="chase_escalation", no_thread_cancel_exception=True)
    def chase_escalation(self, request: ChaseEscalation) -> ChasePlan:
        """Alert operators; the first time, say when the customer may be told that it waits.

        Whoever was never told that a person will reply is not told so now.
        """
        _log.error(
            "escalation_unanswered",
            brand=request.brand,
            conversation_id=request.conversation_id,
            handoff=request.handoff,
            alert=request.number,
            waited_hours=round((request.at - request.since) / timedelta(hours=1), 2),
            ticket_id=request.ticket_id,
        )
        if request.number > 1 or not request.told:
            return ChasePlan()
        with translated():
            settings = self._brands.settings(request.brand, request.settings_version).settings
            phone = self._conversations.contact(request.brand, request.contact_id).phone
        window = next_allowed(request.at, phone, settings.identity.time_zone, zones_of(phone))
        return ChasePlan(window=window)

    @activity.defn(name="add_ticket_note")
    async def add_ticket_note(self, request: AddTicketNote) -> Done:
        """Remind the humans on their ticket; the helpdesk drops what it has."""
        async with beating():
            with translated():
                found = await asyncio.to_thread(
                    self._brands.settings, request.brand, request.settings_version
                )
                helpdesk = self._adapters.helpdesk(found.settings)
                if helpdesk is None:
                    raise ConfigurationError(f"brand {request.brand} has no helpdesk")
                await helpdesk.append_note(
                    request.ticket_id,
                    f"chase:{request.conversation_id}:{request.handoff}:{request.number}",
                    f"Reminder {request.number}: the customer has waited "
                    f"{request.waited_hours:g} h for an answer.",
                )
        return Done()
