"""Recording what happens to a conversation; each touches only the store."""

from datetime import timedelta

from temporalio import activity

from activities.business_events import BusinessEvents
from activities.failures import translated
from activities.handoff_messages import BeginHandoff, HandoffPlan
from activities.messages import OpenConversation, Opened
from activities.ports import Clock
from activities.upkeep_messages import (
    RecordStatus,
    ReturnReviewed,
    ReviewReturn,
    StatusRecorded,
)
from domain.brand_conduct import AtCap
from domain.conversation import Status
from domain.escalation import EscalationReason, HandoffMode, decide_handoff, is_acknowledged
from domain.reopening import reverts_resolution
from store.base import BrandStore, ConversationStore
from store.records import Opening, StatusChange

_MODE_AT_CAP = {
    AtCap.HELPDESK: HandoffMode.HELPDESK,
    AtCap.CLOSEOUT: HandoffMode.CLOSEOUT,
    AtCap.STOP: HandoffMode.CLOSEOUT,
}


class BookkeepingActivities:
    """Activities on the store.

    None is interrupted: a cancellation thrown into a thread may hit it while it holds the
    database's write lock, which then no one could ever take again.

    Args:
        brands: Settings.
        conversations: Conversations.
        events: Queues what marketers hear of.
        clock: The present.
    """

    def __init__(
        self,
        brands: BrandStore,
        conversations: ConversationStore,
        events: BusinessEvents,
        clock: Clock,
    ) -> None:
        self._brands = brands
        self._conversations = conversations
        self._events = events
        self._clock = clock

    @activity.defn(name="open_conversation", no_thread_cancel_exception=True)
    def open_conversation(self, request: OpenConversation) -> Opened:
        """Make a conversation known; say which of its texts were answered before."""
        opening = Opening(
            conversation_id=request.conversation_id,
            brand=request.brand,
            contact_id=request.contact_id,
            passed_on_by=request.passed_on.by if request.passed_on else None,
            passed_on=request.passed_on.message_ids if request.passed_on else (),
        )
        with translated():
            opened = self._conversations.open_conversation(
                opening, request.message_ids, self._clock()
            )
            fresh = [m for m in request.message_ids if m not in opened.settled]
            if request.admitted and fresh:
                self._events.started(request, fresh[0], opened.settings.settings)
            version = opened.settings
            within = timedelta(hours=version.settings.timers.reopen_within_hours)
            before = self._conversations.resolved_before(
                request.brand, request.contact_id, request.conversation_id, self._clock() - within
            )
        return Opened(
            policy=version.settings.policy(version.version),
            settled=opened.settled,
            resolved_before=before,
        )

    @activity.defn(name="begin_handoff", no_thread_cancel_exception=True)
    def begin_handoff(self, request: BeginHandoff) -> HandoffPlan:
        """Decide where an escalation goes; give the word to the human, or leave it for closeout."""
        now = self._clock()
        with translated():
            settings = self._brands.settings(request.brand, request.settings_version).settings
            capped = request.reason is EscalationReason.SPEND_CAP
            at_cap = settings.spend.at_cap
            chosen = _MODE_AT_CAP[at_cap] if capped else settings.handoff.mode
            mode = decide_handoff(
                request.reason, chosen, helpdesk_configured=settings.helpdesk is not None
            )
            to_human = mode is HandoffMode.HELPDESK
            texts = self._conversations.claim_messages(
                request.brand, request.conversation_id, request.turn, request.message_ids
            )
            if request.message_ids and not texts:  # an earlier conversation has had them
                return HandoffPlan(mode=mode, acknowledge=False, settled=True)
            change = StatusChange(
                status=Status.HANDED_OFF if to_human else Status.WAITING,
                intent=request.intent,
                reason=request.reason.value,
                owner="human" if to_human else None,
                revision=request.revision,
            )
            self._conversations.set_status(request.brand, request.conversation_id, change, now)
            if to_human:
                self._events.escalated(request)
        return HandoffPlan(
            mode=mode,
            acknowledge=is_acknowledged(request.reason),
            silent=capped and at_cap is AtCap.STOP,
        )

    @activity.defn(name="record_status", no_thread_cancel_exception=True)
    def record_status(self, request: RecordStatus) -> StatusRecorded:
        """Record where a conversation stands; a resolution is told to marketers."""
        change = StatusChange(
            status=request.status,
            intent=request.intent,
            reason=request.reason,
            owner=request.owner,
            revision=request.revision,
        )
        with translated():
            revision = self._conversations.set_status(
                request.brand, request.conversation_id, change, self._clock()
            )
            if request.resolved:
                self._events.resolved(request)
        return StatusRecorded(revision=revision)

    @activity.defn(name="review_return", no_thread_cancel_exception=True)
    def review_return(self, request: ReviewReturn) -> ReturnReviewed:
        """Take an earlier resolution back when the customer is here on the same issue again.

        A retry comes to the same verdict and queues the same event.
        """
        with translated():
            settings = self._brands.settings(request.brand, request.settings_version).settings
            earlier = self._conversations.summary(request.brand, request.earlier)
            current = self._conversations.summary(request.brand, request.conversation_id)
            if earlier is None or current is None:
                return ReturnReviewed(reverted=False)
            reverted = reverts_resolution(
                earlier.status,
                ended_at=earlier.closed_at,
                returned_at=current.opened_at,
                within=timedelta(hours=settings.timers.reopen_within_hours),
                intents=(earlier.intent, request.intent),
            )
            if reverted:
                self._conversations.mark_reverted(request.brand, request.earlier, current.opened_at)
                self._events.reverted(earlier, current.opened_at)
        return ReturnReviewed(reverted=reverted)
