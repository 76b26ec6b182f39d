"""Recording what happens to a conversation; each touches only the store."""

import json

from temporalio import activity

from activities.failures import translated
from activities.messages import (
    BeginHandoff,
    Done,
    HandoffPlan,
    OpenConversation,
    Opened,
    RecordStatus,
)
from activities.ports import Clock
from domain.conversation import Status
from domain.escalation import HandoffMode, decide_handoff, is_acknowledged
from domain.ids import derived_id
from store.base import BrandStore, ConversationStore, NewEvent, Opening, StatusChange

STARTED = "Started Customer Agent Conversation"
ESCALATED = "Escalated Customer Agent Conversation"


class BookkeepingActivities:
    """Activities on the store.

    Args:
        brands: Settings.
        conversations: Conversations.
        clock: The present.
    """

    def __init__(self, brands: BrandStore, conversations: ConversationStore, clock: Clock) -> None:
        self._brands = brands
        self._conversations = conversations
        self._clock = clock

    @activity.defn(name="open_conversation")
    def open_conversation(self, request: OpenConversation) -> Opened:
        """Make a conversation known; say which of its texts were answered before."""
        opening = Opening(
            conversation_id=request.conversation_id,
            brand=request.brand,
            contact_id=request.contact_id,
        )
        now = self._clock()
        with translated():
            opened = self._conversations.open_conversation(opening, request.message_ids, now)
            if request.admitted and len(opened.settled) < len(request.message_ids):
                self._queue_event(request.brand, request.conversation_id, STARTED, 0, {})
        version = opened.settings
        return Opened(policy=version.settings.policy(version.version), settled=opened.settled)

    @activity.defn(name="begin_handoff")
    def begin_handoff(self, request: BeginHandoff) -> HandoffPlan:
        """Decide where an escalation goes; give the word to the human, or leave it for closeout."""
        now = self._clock()
        with translated():
            settings = self._brands.settings(request.brand, request.settings_version).settings
            mode = decide_handoff(
                request.reason,
                settings.handoff.mode,
                helpdesk_configured=settings.helpdesk is not None,
            )
            to_human = mode is HandoffMode.HELPDESK
            self._conversations.claim_messages(
                request.brand, request.conversation_id, request.turn, request.message_ids
            )
            change = StatusChange(
                status=Status.HANDED_OFF if to_human else Status.WAITING,
                intent=request.intent,
                reason=request.reason.value,
                owner="human" if to_human else None,
            )
            self._conversations.set_status(request.brand, request.conversation_id, change, now)
            if to_human:
                properties = {"escalation_reason": request.reason.value, "intent": request.intent}
                self._queue_event(request.brand, request.conversation_id, ESCALATED, 1, properties)
        return HandoffPlan(mode=mode, acknowledge=is_acknowledged(request.reason))

    @activity.defn(name="record_status")
    def record_status(self, request: RecordStatus) -> Done:
        """Record where a conversation stands, and queue the event that goes with it."""
        change = StatusChange(
            status=request.status,
            intent=request.intent,
            reason=request.reason,
            owner=request.owner,
        )
        with translated():
            self._conversations.set_status(
                request.brand, request.conversation_id, change, self._clock()
            )
            if request.event is not None:
                self._queue_event(
                    request.brand,
                    request.conversation_id,
                    request.event,
                    request.event_number,
                    {"status": request.status.value, "intent": request.intent},
                )
        return Done()

    def _queue_event(
        self,
        brand: str,
        conversation_id: str,
        name: str,
        number: int,
        properties: dict[str, str | None],
    ) -> None:
        """Queue an event under an id that a retry derives again."""
        event = NewEvent(
            event_id=derived_id("event", conversation_id, name, number),
            conversation_id=conversation_id,
            name=name,
            properties=json.dumps({"channel": "sms", **properties}),
        )
        self._conversations.record_event(brand, event, self._clock())
