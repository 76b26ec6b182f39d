"""Reading an open conversation with all that became of it, in one snapshot."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, and_, func, or_, select
from sqlmodel import col

from domain.conversation import Status
from domain.gate.decision import Decision
from domain.handover import Handover
from domain.message import MessageOrigin
from domain.outbox import OutboxState
from store.conversation_tables import ConversationRow, TicketRow, TurnStepRow
from store.message_tables import DecisionRow, InboundMessageRow, OutboxRow
from store.open_conversations import has_ended
from store.outbox_records import SendKind
from store.rebuild_records import (
    ConversationRecord,
    OpenRow,
    StoredReply,
    StoredText,
    StoredTicket,
)
from store.statements import table

# What nobody took for so long, nobody was going to.
_BEFORE_OPENING = timedelta(hours=24)


def row_of(row: RowMapping) -> OpenRow:
    """Return a conversation's row as a value."""
    return OpenRow(
        conversation_id=row["id"],
        brand=row["brand"],
        contact_id=row["contact_id"],
        status=Status(row["status"]),
        owner=row["owner"],
        intent=row["intent"],
        escalation_reason=row["escalation_reason"],
        settings_version=row["settings_version"],
        revision=row["revision"],
        opened_at=row["opened_at"],
    )


def read_record(connection: Connection, row: OpenRow) -> ConversationRecord:
    """Return all that became of an open conversation.

    Args:
        connection: A transaction; everything is of one state of the database.
        row: The conversation.
    """
    texts, replies = _texts(connection, row), _replies(connection, row)
    settled_seq, settled_at = _before(connection, row)
    turns = [t.turn for t in texts if t.turn is not None] + [r.turn for r in replies if r.mine]
    return ConversationRecord(
        row=row,
        texts=texts,
        replies=replies,
        tickets=_tickets(connection, row),
        last_turn=max([*turns, _last_step(connection, row)]),
        settled_seq=settled_seq,
        settled_at=settled_at,
    )


def _texts(connection: Connection, row: OpenRow) -> tuple[StoredText, ...]:
    """Return the texts it took, and those that no conversation took, in order of arrival."""
    text = InboundMessageRow
    nobodys = and_(
        col(text.conversation_id).is_(None),
        col(text.received_at) >= row.opened_at - _BEFORE_OPENING,
    )
    found = connection.execute(
        select(table(text), col(DecisionRow.decision).label("verdict"))
        .join(table(DecisionRow), col(DecisionRow.message_id) == col(text.id))
        .where(
            col(text.brand) == row.brand,
            col(text.contact_id) == row.contact_id,
            or_(col(text.conversation_id) == row.conversation_id, nobodys),
        )
        .order_by(col(text.seq))
    )
    return tuple(
        StoredText(
            message_id=r["id"],
            seq=r["seq"],
            body=r["body"],
            received_at=r["received_at"],
            handover=Handover(r["handover"]) if r["handover"] else None,
            decision=Decision.model_validate_json(r["verdict"]),
            dispatched_at=r["dispatched_at"],
            mine=r["conversation_id"] is not None,
            turn=r["turn"] if r["conversation_id"] else None,
        )
        for r in found.mappings()
    )


def _replies(connection: Connection, row: OpenRow) -> tuple[StoredReply, ...]:
    """Return what was to leave in it, and what humans sent to the contact since it opened."""
    reply = OutboxRow
    elsewhere = and_(
        col(reply.origin) == MessageOrigin.HUMAN.value, col(reply.created_at) >= row.opened_at
    )
    found = connection.execute(
        select(table(reply))
        .where(
            col(reply.brand) == row.brand,
            col(reply.contact_id) == row.contact_id,
            or_(col(reply.conversation_id) == row.conversation_id, elsewhere),
        )
        .order_by(col(reply.created_at))
    )
    return tuple(
        StoredReply(
            outbox_id=r["id"],
            mine=r["conversation_id"] == row.conversation_id,
            turn=r["turn"],
            kind=SendKind(r["kind"]),
            origin=MessageOrigin(r["origin"]),
            state=OutboxState(r["state"]),
            created_at=r["created_at"],
        )
        for r in found.mappings()
    )


def _tickets(connection: Connection, row: OpenRow) -> tuple[StoredTicket, ...]:
    ticket = TicketRow
    found = connection.execute(
        select(table(ticket))
        .where(
            col(ticket.brand) == row.brand,
            col(ticket.conversation_id) == row.conversation_id,
        )
        .order_by(col(ticket.opened_at), col(ticket.external_id))
    )
    return tuple(
        StoredTicket(
            external_id=r["external_id"], ticket_id=r["ticket_id"], opened_at=r["opened_at"]
        )
        for r in found.mappings()
    )


def _last_step(connection: Connection, row: OpenRow) -> int:
    step = TurnStepRow
    query = select(func.coalesce(func.max(col(step.turn)), 0)).where(
        col(step.brand) == row.brand, col(step.conversation_id) == row.conversation_id
    )
    return int(connection.execute(query).scalar_one())


def _before(connection: Connection, row: OpenRow) -> tuple[int, datetime | None]:
    """Return the newest text that an ended conversation took, and when the last one ended."""
    other, text = ConversationRow, InboundMessageRow
    ended = (
        col(other.brand) == row.brand,
        col(other.contact_id) == row.contact_id,
        has_ended(),
    )
    seq = connection.execute(
        select(func.coalesce(func.max(col(text.seq)), 0))
        .join(table(other), col(other.id) == col(text.conversation_id))
        .where(*ended)
    ).scalar_one()
    last = connection.execute(
        select(col(other.closed_at)).where(*ended).order_by(col(other.closed_at).desc()).limit(1)
    ).scalar_one_or_none()
    return int(seq or 0), last
