"""A conversation's state and what it has still to act on, rebuilt from its record in the store.

Nothing here asks a clock or a database. What the store does not keep (how many replies said nothing
new, the last lines that operators read) begins afresh; numbers that stand in keys never do.
"""

from datetime import datetime

from domain.conversation import ConversationPolicy, Status
from domain.escalation import EscalationReason
from domain.handover import Handover
from domain.outbox import LEFT_US
from domain.values import Value
from runtime.rebuilt_handoffs import is_cut_off, last_handoff, owed_answer, perhaps_sent
from runtime.rebuilt_texts import (
    for_agent,
    for_handoff_again,
    for_human,
    human_texts,
    said,
)
from store.outbox_records import SendKind
from store.rebuild_records import ConversationRecord
from workflows.protocol import ReceiveInbound
from workflows.state import ConversationState

_SEEN_KEPT = 500
# What the lost run still has under way is old news, whatever it comes to.
_NUMBERS_LOST = 1000
DECISION = "Temporal had lost this conversation; it goes on from the store"


class Rebuilt(Value):
    """How a conversation goes on: its state, and the texts it has still to act on."""

    state: ConversationState
    first: tuple[ReceiveInbound, ...]


class Circumstances(Value):
    """What the record itself does not say.

    Attributes:
        policy: The waits and caps the conversation runs on.
        resolved_before: The conversation whose resolution this one may take back.
        now: UTC.
    """

    policy: ConversationPolicy
    resolved_before: str | None
    now: datetime


def rebuild(record: ConversationRecord, about: Circumstances) -> Rebuilt:
    """Return how an open conversation goes on without its history.

    Rebuilding twice gives the same: every key that follows (turn, handoff, row of the outbox,
    ticket) is counted from what the store holds.
    """
    word = _word(record)
    first = _first(record, word, about)
    answers = len(said(record, SendKind.REPLY))
    return Rebuilt(
        state=ConversationState(
            conversation_id=record.row.conversation_id,
            status=_status(record, has_word=word.human),
            policy=about.policy,
            opened=True,
            started=bool(record.last_turn or answers or record.tickets),
            resolved_before=about.resolved_before if answers + word.handoffs <= 1 else None,
            seen=_seen(record, first),
            newest_seq=_newest(record),
            newest_turn_seq=_newest(record, Handover.TURN),
            revision=record.row.revision + _NUMBERS_LOST,
            turn=record.last_turn,
            agent_texts=answers,
            texts_before=_texts_before(record),
            handoffs=word.handoffs,
            had_human=word.human
            or bool(record.tickets or human_texts(record))
            or record.row.escalation_reason == EscalationReason.TAKEN_OVER.value,
            closed_out=bool(perhaps_sent(record, SendKind.CLOSEOUT)),
            ticket_id=record.tickets[-1].ticket_id if word.human and record.tickets else None,
            owed=owed_answer(record) if word.human and word.was_handed else None,
            intent=record.row.intent,
            escalation=word.reason,
            last_activity=min(about.now, _last_activity(record)),
            last_decision=DECISION,
        ),
        first=first,
    )


class _Word(Value):
    """Who has the word.

    Attributes:
        human: A human has it.
        cut_off: They were to get it, and the handoff begins again.
        handoffs: How often it passed, without the handoff that begins again.
        reason: Why it last passed, None when it never did.
    """

    human: bool
    cut_off: bool
    handoffs: int
    reason: EscalationReason | None

    @property
    def was_handed(self) -> bool:
        """The agent gave it; it was not taken."""
        return self.reason is not EscalationReason.TAKEN_OVER


def _word(record: ConversationRecord) -> _Word:
    row, number = record.row, last_handoff(record)
    reason = EscalationReason(row.escalation_reason) if row.escalation_reason else None
    if row.owner != "human" and row.status is not Status.HANDED_OFF:
        return _Word(human=False, cut_off=False, handoffs=number, reason=reason)
    reason = reason or EscalationReason.TAKEN_OVER
    if is_cut_off(record, reason, number):
        return _Word(human=False, cut_off=True, handoffs=max(number, 1) - 1, reason=reason)
    number = max(number, 1) if record.tickets else number + 1
    return _Word(human=True, cut_off=False, handoffs=number, reason=reason)


def _first(
    record: ConversationRecord, word: _Word, about: Circumstances
) -> tuple[ReceiveInbound, ...]:
    if word.human:
        return for_human(record)
    if word.cut_off:
        return for_handoff_again(record, word.reason or EscalationReason.OTHER)
    return for_agent(record, about.now - about.policy.idle_after)


def _status(record: ConversationRecord, *, has_word: bool) -> Status:
    """Return where it stands; a handoff that begins again comes from where the agent was."""
    if has_word:
        return Status.HANDED_OFF
    answered = bool(said(record, SendKind.REPLY, SendKind.CLOSEOUT))
    return Status.WAITING if answered or record.row.status is Status.WAITING else Status.OPEN


def _texts_before(record: ConversationRecord) -> int:
    """Return how many replies were sent before a human last had the word."""
    times = [t.opened_at for t in record.tickets] + [r.created_at for r in human_texts(record)]
    last = max(times, default=None)
    replies = said(record, SendKind.REPLY)
    return sum(last is not None and reply.created_at <= last for reply in replies)


def _seen(record: ConversationRecord, first: tuple[ReceiveInbound, ...]) -> list[str]:
    waiting = {text.message_id for text in first}
    known = [
        text.message_id
        for text in record.texts
        if text.message_id not in waiting and (text.turn is not None or text.dispatched_at)
    ]
    return known[-_SEEN_KEPT:]


def _newest(record: ConversationRecord, handover: Handover | None = None) -> int:
    """Return the order of arrival of the newest text that it was told of."""
    return max(
        (
            text.seq
            for text in record.texts
            if (text.dispatched_at is not None or text.turn is not None)
            and handover in (None, text.handover)
        ),
        default=0,
    )


def _last_activity(record: ConversationRecord) -> datetime:
    times = [record.row.opened_at]
    times += [text.received_at for text in record.texts if text.handover is not None]
    times += [reply.created_at for reply in record.replies if reply.state in LEFT_US]
    times += [ticket.opened_at for ticket in record.tickets]
    return max(times)
