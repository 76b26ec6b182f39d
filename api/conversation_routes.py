"""Operators act on conversations: take over, answer, hand back, close."""

from datetime import datetime

from fastapi import APIRouter, Header, HTTPException
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field

from api.deps import ApiState, Operator, State
from domain.conversation import ENDINGS
from domain.money import cost_micros
from runtime.adapters import present
from runtime.conversations import NotRunning
from store.audit_base import AuditAction, AuditEntry
from store.records import ConversationSummary
from workflows.protocol import Close, ConversationSnapshot, HandBack, SendAsHuman, TakeOver

router = APIRouter(prefix="/v1/conversations", tags=["operator"])

_LINES = 200


class Line(BaseModel):
    """One text; `author` is "customer" or who wrote for the brand."""

    at: datetime
    author: str
    body: str
    segments: int


class ConversationView(BaseModel):
    """A conversation with its transcript.

    Attributes:
        reverted_at: When the customer returned on the same issue: it counts as resolved no more.
    """

    conversation_id: str
    brand: str
    status: str
    owner: str
    intent: str | None
    escalation_reason: str | None
    opened_at: datetime
    closed_at: datetime | None
    reverted_at: datetime | None
    segments_out: int
    cost_micros: int
    currency: str
    transcript: list[Line]


class Words(BaseModel):
    """A text to send."""

    model_config = ConfigDict(extra="forbid")

    body: str = Field(min_length=1, max_length=1600)


@router.get("/{conversation_id}")
async def get_conversation(
    conversation_id: str, state: State, _operator: Operator
) -> ConversationView:
    """Return a conversation with its transcript."""
    found = await _find(state, conversation_id)
    return await run_in_threadpool(_view, state, found)


@router.post("/{conversation_id}/take-over")
async def take_over(conversation_id: str, state: State, operator: Operator) -> ConversationSnapshot:
    """Take the word; when this answers, no text of the agent begins to be sent any more."""
    request = TakeOver(operator=operator, conversation_id=conversation_id)
    return await _act(state, conversation_id, AuditAction.TAKEN_OVER, "take_over", request)


@router.post("/{conversation_id}/hand-back")
async def hand_back(conversation_id: str, state: State, operator: Operator) -> ConversationSnapshot:
    """Give the word back to the agent."""
    request = HandBack(operator=operator, conversation_id=conversation_id)
    return await _act(state, conversation_id, AuditAction.HANDED_BACK, "hand_back", request)


@router.post("/{conversation_id}/messages")
async def send_message(
    conversation_id: str,
    words: Words,
    state: State,
    operator: Operator,
    idempotency_key: str = Header(min_length=1, max_length=200),
) -> ConversationSnapshot:
    """Write to the customer; the same `Idempotency-Key` is the same text."""
    request = SendAsHuman(
        operator=operator,
        conversation_id=conversation_id,
        body=words.body,
        key=idempotency_key,
    )
    return await _act(state, conversation_id, AuditAction.TEXT_SENT, "send_as_human", request)


@router.post("/{conversation_id}/close")
async def close(conversation_id: str, state: State, operator: Operator) -> ConversationSnapshot:
    """End the conversation without another text; what was received so far stays unanswered."""
    request = Close(operator=operator, conversation_id=conversation_id)
    return await _act(state, conversation_id, AuditAction.CLOSED, "close", request)


async def _act(
    state: ApiState,
    conversation_id: str,
    action: AuditAction,
    update: str,
    request: TakeOver | HandBack | SendAsHuman | Close,
) -> ConversationSnapshot:
    """Let the conversation do it, and note who had it done; what it refuses leaves no note."""
    found = await _find(state, conversation_id)
    if found.status in ENDINGS:  # no need to ask; the contact's next one may be running
        raise NotRunning("the conversation has ended")
    try:
        snapshot = await state.conversations.update(found.brand, found.contact_id, update, request)
    except NotRunning as error:
        if (await _find(state, conversation_id)).status in ENDINGS:
            raise
        # Temporal has lost it; the sweeper starts it again.
        raise HTTPException(503, "It is being restored: try again in a minute.") from error
    entry = AuditEntry(
        brand=found.brand,
        actor=request.operator,
        action=action,
        detail={"conversation_id": conversation_id},
    )
    await run_in_threadpool(state.runtime.audit.record, entry, present())
    return snapshot


async def _find(state: ApiState, conversation_id: str) -> ConversationSummary:
    found = await run_in_threadpool(state.runtime.operators.conversation, conversation_id)
    if found is None:
        raise HTTPException(404, "There is no such conversation.")
    return found


def _view(state: ApiState, found: ConversationSummary) -> ConversationView:
    prices = state.runtime.brands.settings(found.brand).settings.prices
    lines = state.runtime.operators.transcript(found, _LINES)
    return ConversationView(
        conversation_id=found.conversation_id,
        brand=found.brand,
        status=found.status.value,
        owner=found.owner,
        intent=found.intent,
        escalation_reason=found.escalation_reason,
        opened_at=found.opened_at,
        closed_at=found.closed_at,
        reverted_at=found.reverted_at,
        segments_out=found.usage.segments_out,
        cost_micros=cost_micros(found.usage, prices),
        currency=prices.currency,
        transcript=[
            Line(
                at=line.at,
                author=line.origin.value if line.origin else "customer",
                body=line.body,
                segments=line.segments,
            )
            for line in lines
        ],
    )
