"""Open conversations, and all by which they can go on without their history, in SQL."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, func, select, update
from sqlmodel import col

from domain.conversation import Status
from domain.handover import STARTS_CONVERSATION, Handover
from domain.outbox import OutboxState
from store.conversation_tables import ConversationRow
from store.engine import Database
from store.inbound import pending_of
from store.message_tables import DecisionRow, InboundMessageRow, OutboxRow
from store.open_conversations import is_open, sender_has_open
from store.outbox_records import SendKind, Veto
from store.rebuild_reading import read_record, row_of
from store.rebuild_records import ConversationRecord, OpenRow
from store.records import PendingMessage
from store.statements import table

_STARTS = tuple(handover.value for handover in STARTS_CONVERSATION)
_OPT_OUTS = (Handover.OPT_OUT.value, Handover.OPT_OUT_WITH_QUESTION.value)
_AGENTS = (SendKind.REPLY.value, SendKind.CLOSEOUT.value)


class SqlRebuildStore:
    """Implements `RebuildStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_rows(self, brand: str | None = None) -> tuple[OpenRow, ...]:
        """Return the open conversations, of each contact the newest, the longest open first."""
        row = ConversationRow
        query = (
            select(table(row))
            # The second says the same once more: it is what the index is about.
            .where(is_open(), col(row.closed_at).is_(None))
            .order_by(col(row.opened_at).desc())
        )
        if brand is not None:
            query = query.where(col(row.brand) == brand)
        with self._database.read() as connection:
            found = [row_of(r) for r in connection.execute(query).mappings()]
        newest: dict[tuple[str, str], OpenRow] = {}
        for one in found:
            newest.setdefault((one.brand, one.contact_id), one)
        return tuple(reversed(newest.values()))

    def count_open(self) -> int:
        """Return how many contacts have an open conversation."""
        row = ConversationRow
        contacts = (
            select(col(row.brand), col(row.contact_id))
            .where(is_open(), col(row.closed_at).is_(None))
            .distinct()
            .subquery()
        )
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(contacts)).scalar_one())

    def record(self, brand: str, contact_id: str) -> ConversationRecord | None:
        """Return a contact's open conversation, None when there is none."""
        row = ConversationRow
        query = (
            select(table(row))
            .where(
                col(row.brand) == brand,
                col(row.contact_id) == contact_id,
                is_open(),
            )
            .order_by(col(row.opened_at).desc())
            .limit(1)
        )
        with self._database.read() as connection:
            found = connection.execute(query).mappings().first()
            return read_record(connection, row_of(found)) if found else None

    def stranded(self, since: datetime, before: datetime, limit: int) -> tuple[PendingMessage, ...]:
        """Return texts that were told, but taken by none, of contacts with nothing open."""
        text = InboundMessageRow
        query = (
            select(table(text), col(DecisionRow.decision).label("verdict"))
            .join(table(DecisionRow), col(DecisionRow.message_id) == col(text.id))
            .where(
                col(text.handover).in_(_STARTS),
                col(text.handover).is_not(None),  # these three are what the index is about
                col(text.dispatched_at).is_not(None),
                col(text.conversation_id).is_(None),
                col(text.dispatched_at) <= before,
                col(text.received_at) >= since,
                ~sender_has_open(),
                ~_opted_out_later(),
                ~_passed_over(),
            )
            .order_by(col(text.seq))
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(pending_of(r) for r in connection.execute(query).mappings())

    def close_older(self, brand: str, conversation_id: str, now: datetime) -> None:
        """Close what else is open with the same contact: a newer conversation has followed it."""
        row = ConversationRow
        with self._database.write() as connection:
            mine = _place_of(connection, brand, conversation_id)
            if mine is None:
                return
            older = (
                col(row.brand) == brand,
                col(row.contact_id) == mine[0],
                col(row.opened_at) <= mine[1],
                col(row.id) != conversation_id,
                is_open(),
            )
            for owner, ending in (("human", Status.ESCALATED), ("agent", Status.CONTAINED)):
                connection.execute(
                    update(table(row))
                    .where(*older, col(row.owner) == owner)
                    .values(status=ending.value, closed_at=now)
                )

    def drop_ready(self, brand: str, conversation_id: str, now: datetime) -> None:
        """Give up the agent's texts that are ready in this conversation: their turn is repeated."""
        row = OutboxRow
        with self._database.write() as connection:
            connection.execute(
                update(table(row))
                .where(
                    col(row.brand) == brand,
                    col(row.conversation_id) == conversation_id,
                    col(row.kind).in_(_AGENTS),
                    col(row.state) == OutboxState.READY.value,
                )
                .values(
                    state=OutboxState.VETOED.value, problem=Veto.NEWER_TEXT.value, updated_at=now
                )
            )


def _place_of(
    connection: Connection, brand: str, conversation_id: str
) -> tuple[str, datetime] | None:
    row = ConversationRow
    found = connection.execute(
        select(col(row.contact_id), col(row.opened_at)).where(
            col(row.brand) == brand, col(row.id) == conversation_id
        )
    ).first()
    return (found[0], found[1]) if found else None


def _opted_out_later() -> ColumnElement[bool]:
    """Return whether an opt-out that came later has ended what this text was for."""
    text = InboundMessageRow
    later = table(text).alias("later")
    return exists().where(
        later.c.brand == col(text.brand),
        later.c.contact_id == col(text.contact_id),
        later.c.seq > col(text.seq),
        later.c.handover.in_(_OPT_OUTS),
    )


def _passed_over() -> ColumnElement[bool]:
    """Return whether a conversation that knew of this text took newer ones and ended since."""
    row, text = ConversationRow, InboundMessageRow
    newer = table(text).alias("newer")
    return exists().where(
        col(row.brand) == col(text.brand),
        col(row.contact_id) == col(text.contact_id),
        col(row.closed_at) > col(text.dispatched_at),
        newer.c.conversation_id == col(row.id),
        newer.c.seq > col(text.seq),
    )
