"""What the store tells about handoffs: their numbers, which was cut off, what is owed."""

from activities.outgoing import outbox_id_of
from activities.send_messages import Purpose, SendReply
from domain.chasing import OwedAnswer
from domain.escalation import EscalationReason
from domain.outbox import LEFT_US
from runtime.rebuilt_texts import IN_DOUBT, human_texts, of_last_turn, said
from store.outbox_records import SendKind
from store.rebuild_records import ConversationRecord, StoredReply

_MOST_HANDOFFS = 50
_NUMBERED = {
    SendKind.ACKNOWLEDGEMENT: Purpose.ACKNOWLEDGEMENT,
    SendKind.CLOSEOUT: Purpose.CLOSEOUT,
    SendKind.UPDATE: Purpose.UPDATE,
}


def last_handoff(record: ConversationRecord) -> int:
    """Return the highest number of a handoff that stands in a key."""
    by_ticket = [int(ticket.external_id.rpartition(":")[2]) for ticket in record.tickets]
    by_text = [_number_of(record, r) for r in record.replies if r.mine and r.kind in _NUMBERED]
    return max([0, *by_ticket, *by_text])


def _number_of(record: ConversationRecord, reply: StoredReply) -> int:
    """Return the handoff that a brand's text belongs to; only the key of its row tells it."""
    row = record.row
    for number in range(1, _MOST_HANDOFFS + 1):
        request = SendReply(
            brand=row.brand,
            contact_id=row.contact_id,
            conversation_id=row.conversation_id,
            turn=reply.turn,
            step=number,
            purpose=_NUMBERED[reply.kind],
        )
        if outbox_id_of(request) == reply.outbox_id:
            return number
    return 0


def is_cut_off(record: ConversationRecord, reason: EscalationReason, handoffs: int) -> bool:
    """Return whether a human was to get the word, but no ticket says so to any human."""
    texts = of_last_turn(record)
    if reason is EscalationReason.TAKEN_OVER or not texts:
        return False
    newest = max(text.received_at for text in texts)
    if any(reply.created_at >= newest for reply in human_texts(record)):
        return False
    numbers = [int(ticket.external_id.rpartition(":")[2]) for ticket in record.tickets]
    return not numbers or max(numbers) < handoffs


def owed_answer(record: ConversationRecord) -> OwedAnswer | None:
    """Return the answer that a human owes since the last handoff, None when it has come.

    How often operators were alerted is not kept, but that the customer was told it still waits is.
    """
    told = said(record, SendKind.ACKNOWLEDGEMENT)
    times = [r.created_at for r in told] + [t.opened_at for t in record.tickets]
    if not times:
        return None
    since = told[-1].created_at if told else times[-1]
    if any(reply.created_at >= since for reply in human_texts(record)):
        return None
    updates = perhaps_sent(record, SendKind.UPDATE)
    alerted = int(any(update.created_at >= since for update in updates))
    return OwedAnswer(since=since, told=bool(told), chases=alerted, noted=alerted)


def perhaps_sent(record: ConversationRecord, kind: SendKind) -> list[StoredReply]:
    """Return the conversation's own texts of a kind that have left us, or may have."""
    known = (*LEFT_US, *IN_DOUBT)
    return [r for r in record.replies if r.mine and r.kind is kind and r.state in known]
