"""Which texts an open conversation still owes an answer, read from its record in the store."""

from collections.abc import Iterable
from datetime import datetime

from domain.escalation import EscalationReason
from domain.handover import Handover, escalation_reason
from domain.message import MessageOrigin
from domain.outbox import LEFT_US, OutboxState
from store.outbox_records import SendKind
from store.rebuild_records import ConversationRecord, StoredReply, StoredText
from workflows.protocol import ReceiveInbound

IN_DOUBT = (OutboxState.SENDING, OutboxState.UNKNOWN)
_ANSWERABLE = (Handover.TURN, Handover.HANDOFF)
_CAME_TO_NOTHING = (OutboxState.READY, OutboxState.VETOED, OutboxState.FAILED)
_ANSWERS = (SendKind.REPLY, SendKind.CLOSEOUT, SendKind.ACKNOWLEDGEMENT)
_APPENDED_AGAIN = 10
"""A helpdesk drops what it has; so many of the last texts it may not have got are brought to it."""


def waits_for_outcome(record: ConversationRecord) -> tuple[str, ...]:
    """Return the last turn's replies of unknown outcome: before that is known, nothing is said."""
    return tuple(
        reply.outbox_id
        for reply in record.replies
        if reply.mine
        and reply.kind is SendKind.REPLY
        and reply.turn == record.last_turn
        and reply.state in IN_DOUBT
    )


def human_texts(record: ConversationRecord) -> list[StoredReply]:
    """Return what humans have sent since the conversation opened."""
    return [
        reply
        for reply in record.replies
        if reply.origin is MessageOrigin.HUMAN and reply.state not in _CAME_TO_NOTHING
    ]


def said(record: ConversationRecord, *kinds: SendKind) -> list[StoredReply]:
    """Return the conversation's own texts of these kinds that have left us."""
    return [r for r in record.replies if r.mine and r.kind in kinds and r.state in LEFT_US]


def for_agent(record: ConversationRecord, too_old: datetime) -> tuple[ReceiveInbound, ...]:
    """Return what the conversation has still to act on, while the agent has the word.

    Args:
        record: The conversation.
        too_old: What came before then is handed over, UTC: the agent does not answer it as if
            nothing had happened.
    """
    owed = [*_cut_off(record), *_never_taken(record)]
    return tuple(_owed(record, owed, too_old))


def for_human(record: ConversationRecord) -> tuple[ReceiveInbound, ...]:
    """Return what the human who has the word may not have been told of."""
    opened = max((t.opened_at for t in record.tickets), default=None)
    appended = [
        text
        for text in of_last_turn(record)
        if opened is not None and text.received_at > opened and text.handover in _ANSWERABLE
    ]
    told = [_to_human(text, None) for text in appended[-_APPENDED_AGAIN:]]
    return (*told, *(_received(text) for text in _never_taken(record)))


def for_handoff_again(
    record: ConversationRecord, reason: EscalationReason
) -> tuple[ReceiveInbound, ...]:
    """Return the texts whose handoff was cut off, so that it is taken up under its old number."""
    taken = [_to_human(text, reason) for text in of_last_turn(record)]
    return (*taken, *(_received(text) for text in _never_taken(record)))


def _owed(
    record: ConversationRecord, texts: Iterable[StoredText], too_old: datetime
) -> Iterable[ReceiveInbound]:
    abandoned = any(
        r.mine and r.turn == record.last_turn and r.state is OutboxState.ABANDONED
        for r in record.replies
        if r.kind is SendKind.REPLY
    )
    for text in texts:
        late = text.handover in _ANSWERABLE and text.received_at < too_old
        if late or (abandoned and text.turn == record.last_turn):
            yield _to_human(text, EscalationReason.SEND_UNCERTAIN)
        else:
            yield _received(text, _known_to_human(record, text))


def of_last_turn(record: ConversationRecord) -> list[StoredText]:
    """Return the texts of the last turn; those of earlier ones are done with."""
    return [text for text in record.texts if text.turn == record.last_turn]


def _cut_off(record: ConversationRecord) -> list[StoredText]:
    """Return the texts of a turn that came to no end; those of earlier turns are done with."""
    return [
        text
        for text in of_last_turn(record)
        if text.handover in _ANSWERABLE and not _is_answered(record, text)
    ]


def _is_answered(record: ConversationRecord, text: StoredText) -> bool:
    answered = any(
        reply.mine
        and reply.turn == record.last_turn
        and reply.kind in _ANSWERS
        and reply.state not in (*_CAME_TO_NOTHING, OutboxState.ABANDONED)
        for reply in record.replies
    )
    closed_out = any(
        reply.kind is SendKind.CLOSEOUT and reply.state is OutboxState.ABANDONED
        for reply in record.replies
        if reply.mine and reply.turn == record.last_turn
    )
    by_human = any(reply.created_at >= text.received_at for reply in human_texts(record))
    return answered or closed_out or by_human or _in_a_ticket(record, text)


def _in_a_ticket(record: ConversationRecord, text: StoredText) -> bool:
    return any(ticket.opened_at >= text.received_at for ticket in record.tickets)


def _never_taken(record: ConversationRecord) -> list[StoredText]:
    """Return the texts that were told to the conversation and waited in its inbox."""
    waiting = [
        text
        for text in record.texts
        if text.turn is None
        and text.handover is not None
        and text.dispatched_at is not None
        and text.seq > _settled_by_opt_out(record)
        and (
            text.mine
            or text.seq > record.settled_seq
            or record.settled_at is None
            or text.dispatched_at >= record.settled_at
        )
    ]
    return [text for text in waiting if not _is_old_thanks(record, text)]


def _settled_by_opt_out(record: ConversationRecord) -> int:
    """Return the order of arrival up to which an opt-out has settled all, 0 for none.

    It was told before the last conversation ended, so that it has been acted upon there.
    """
    ended = record.settled_at
    told = [
        text.seq
        for text in record.texts
        if text.handover in (Handover.OPT_OUT, Handover.OPT_OUT_WITH_QUESTION)
        and (text.dispatched_at and ended and text.dispatched_at <= ended)
    ]
    return max(told, default=0)


def _is_old_thanks(record: ConversationRecord, text: StoredText) -> bool:
    """Return whether a thanks was followed by more: it shortens no silence any more."""
    if text.handover is not Handover.THANKS:
        return False
    later = any(t.seq > text.seq and t.handover is not None for t in record.texts)
    replied = any(
        r.created_at > text.received_at for r in said(record, SendKind.REPLY, SendKind.HUMAN)
    )
    return later or replied


def _known_to_human(record: ConversationRecord, text: StoredText) -> Handover | None:
    """Return what is left of an opt-out whose question stands in a ticket already."""
    asked = text.handover is Handover.OPT_OUT_WITH_QUESTION and _in_a_ticket(record, text)
    return Handover.OPT_OUT if asked else None


def _received(text: StoredText, handover: Handover | None = None) -> ReceiveInbound:
    told = handover or text.handover or Handover.TURN
    return ReceiveInbound(
        message_id=text.message_id,
        seq=text.seq,
        body=text.body,
        received_at=text.received_at,
        handover=told,
        doubt=text.decision.doubt is not None,
        escalation=escalation_reason(text.decision.label) if told is Handover.HANDOFF else None,
    )


def _to_human(text: StoredText, reason: EscalationReason | None) -> ReceiveInbound:
    update = {"handover": Handover.HANDOFF, "doubt": False, "escalation": reason}
    return _received(text).model_copy(update=update)
