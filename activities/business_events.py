"""Queueing what marketers hear of a conversation; the same thing queued twice is one event."""

from datetime import datetime

from activities.handoff_messages import BeginHandoff
from activities.messages import OpenConversation
from activities.ports import Clock
from activities.send_messages import SendReply
from activities.upkeep_messages import RecordStatus
from agent.receipt import Receipt
from domain.brand import BrandSettings
from domain.business_event import EventSubject, Resolution
from domain.events import (
    build_escalated,
    build_recommended,
    build_resolution_reverted,
    build_resolved,
    build_started,
)
from domain.facts import FactKind
from store.base import ConversationStore, EventStore
from store.records import ConversationSummary


class BusinessEvents:
    """Queues events.

    Args:
        conversations: Contacts and times.
        events: The queue.
        clock: The present.
    """

    def __init__(self, conversations: ConversationStore, events: EventStore, clock: Clock) -> None:
        self._conversations = conversations
        self._events = events
        self._clock = clock

    def started(self, request: OpenConversation, message_id: str, settings: BrandSettings) -> None:
        """A text was admitted after none was open."""
        found = self._conversations.decision(request.brand, message_id)
        event = build_started(
            self._subject(request.brand, request.contact_id, request.conversation_id),
            self._clock(),
            first_message=found[0] if found else "",
            share_bodies=settings.marketing.share_bodies,
        )
        self._events.queue(event, request.contact_id)

    def escalated(self, request: BeginHandoff) -> None:
        """The agent stopped and a human has the word; the first time is the event."""
        usage = self._conversations.usage(request.brand, request.conversation_id)
        event = build_escalated(
            self._subject(request.brand, request.contact_id, request.conversation_id),
            self._clock(),
            reason=request.reason,
            procedure=request.intent,
            assisted=usage.segments_out > 0,
        )
        self._events.queue(event, request.contact_id)

    def resolved(self, request: RecordStatus) -> None:
        """The conversation ended resolved."""
        summary = self._conversations.summary(request.brand, request.conversation_id)
        if summary is None:
            return
        now = self._clock()
        event = build_resolved(
            self._subject(request.brand, summary.contact_id, request.conversation_id),
            now,
            resolution=Resolution(request.status.value),
            procedure=request.intent,
            resolution_time=now - summary.opened_at,
        )
        self._events.queue(event, summary.contact_id)

    def reverted(self, earlier: ConversationSummary, at: datetime) -> None:
        """The customer returned on an issue that had ended resolved."""
        subject = self._subject(earlier.brand, earlier.contact_id, earlier.conversation_id)
        closed_at = earlier.closed_at or at
        resolved = build_resolved(
            subject,
            closed_at,
            resolution=Resolution(earlier.status.value),
            procedure=earlier.intent,
            resolution_time=closed_at - earlier.opened_at,
        )
        event = build_resolution_reverted(subject, at, reverted=resolved)
        self._events.queue(event, earlier.contact_id)

    def recommended(self, request: SendReply, receipt: Receipt) -> None:
        """A reply that names products was sent; the first time is the event."""
        products = tuple(
            dict.fromkeys(f.source for f in receipt.facts if f.kind is FactKind.PRODUCT)
        )
        ids = tuple(p.removeprefix("product:") for p in products if p.startswith("product:"))
        if not ids:
            return
        event = build_recommended(
            self._subject(request.brand, request.contact_id, request.conversation_id),
            self._clock(),
            product_ids=ids,
        )
        self._events.queue(event, request.contact_id)

    def _subject(self, brand: str, contact_id: str, conversation_id: str) -> EventSubject:
        contact = self._conversations.contact(brand, contact_id)
        return EventSubject(brand=brand, conversation_id=conversation_id, phone=contact.phone)
