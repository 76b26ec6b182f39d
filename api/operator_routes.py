"""The operator API: what became of a message, and what operators may do."""

from fastapi import APIRouter, HTTPException
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from api.deps import Operator, State
from domain.conversation import Status
from domain.escalation import EscalationReason, is_acknowledged
from domain.handover import Handover
from domain.money import cost_micros
from domain.outbox import OutboxState
from store.outbox_records import Veto
from store.records import MessageOutcome

router = APIRouter(prefix="/v1", tags=["operator"])


class ReplyView(BaseModel):
    """One text that answers a message."""

    body: str
    kind: str
    segments: int
    state: OutboxState
    provider_message_id: str | None
    problem: str | None


class MessageView(BaseModel):
    """What became of an inbound message.

    Attributes:
        settled: Nothing more will happen to it without something new.
        status: Status of its conversation, else the gate's disposition.
        cost_micros: What its conversation has cost, micro-units of `currency`.
    """

    message_id: str
    brand: str
    disposition: str
    label: str
    reason: str
    layer: str
    rule: str
    settled: bool
    status: str
    intent: str | None
    escalation_reason: str | None
    conversation_id: str | None
    turn: int | None
    replies: list[ReplyView]
    cost_micros: int
    currency: str


@router.get("/inbound-messages/{message_id}")
async def get_inbound_message(message_id: str, state: State, _operator: Operator) -> MessageView:
    """Return what became of a text, by our id or the provider's."""
    outcome = await run_in_threadpool(state.runtime.inbound.outcome, None, message_id)
    if outcome is None:
        raise HTTPException(404, "There is no such message.")
    return await run_in_threadpool(_view, state, outcome)


def _view(state: State, outcome: MessageOutcome) -> MessageView:
    prices = state.runtime.brands.settings(outcome.brand).settings.prices
    conversation = outcome.conversation
    decision = outcome.decision
    return MessageView(
        message_id=outcome.message_id,
        brand=outcome.brand,
        disposition=decision.disposition.value,
        label=decision.label.value,
        reason=decision.reason,
        layer=decision.layer.value,
        rule=decision.rule,
        settled=_is_settled(outcome),
        status=conversation.status.value if conversation else decision.disposition.value,
        intent=conversation.intent if conversation else None,
        escalation_reason=conversation.escalation_reason if conversation else None,
        conversation_id=conversation.conversation_id if conversation else None,
        turn=outcome.turn,
        replies=[
            ReplyView(
                body=r.body,
                kind=r.kind.value,
                segments=r.segments,
                state=r.state,
                provider_message_id=r.provider_message_id,
                problem=r.problem,
            )
            for r in outcome.replies
        ],
        cost_micros=cost_micros(conversation.usage, prices) if conversation else 0,
        currency=prices.currency,
    )


_UNDER_WAY = (OutboxState.READY, OutboxState.SENDING, OutboxState.UNKNOWN)


def _is_settled(outcome: MessageOutcome) -> bool:
    """Whether waiting longer makes no sense: everything due has left, or nothing is due."""
    if any(r.state in _UNDER_WAY for r in outcome.replies):
        return False
    if outcome.handover not in (Handover.TURN, Handover.HANDOFF):
        return True
    # A draft that a newer text overtook is followed by another one.
    if any(r.problem != Veto.NEWER_TEXT.value for r in outcome.replies):
        return True
    conversation = outcome.conversation
    if conversation is None or conversation.status in (Status.OPEN, Status.WAITING):
        return False
    reason = conversation.escalation_reason
    told = reason is not None and is_acknowledged(EscalationReason(reason))
    return conversation.status is not Status.HANDED_OFF or not told
