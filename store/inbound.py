"""Texts received, what waits to be handed over, and what became of each, in SQL."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, RowMapping, Select, or_, select, update
from sqlalchemy.orm import Mapped
from sqlmodel import col

from domain.gate.decision import Decision
from domain.handover import Handover
from domain.message import InboundMessage
from domain.outbox import OutboxState
from store.base import Decide
from store.brands import SettingsReader
from store.engine import Database
from store.ingest import SqlIngest
from store.message_tables import DecisionRow, InboundMessageRow, OutboxRow
from store.open_conversations import sender_has_open
from store.outbox_records import SendKind
from store.outcomes import read_outcome
from store.records import Ingested, MessageOutcome, PendingMessage
from store.statements import table

# These rows are committed ready to send, and a workflow of their own sends them.
_NOTICES = (SendKind.NOTICE.value, SendKind.CONFIRMATION.value, SendKind.HUMAN.value)

# What is dated so far ahead of us was written before a clock was set back; it must not wait for it.
_AHEAD = timedelta(minutes=1)


class SqlInboundStore:
    """Implements `InboundStore`."""

    def __init__(self, database: Database, reader: SettingsReader) -> None:
        self._database = database
        self._ingest = SqlIngest(database, reader)

    def ingest(self, message: InboundMessage, decide: Decide, now: datetime) -> Ingested:
        """Commit one text, its decision and all the decision entails, in one transaction."""
        return self._ingest.ingest(message, decide, now)

    def pending(self, before: datetime, limit: int) -> tuple[PendingMessage, ...]:
        """Return texts received before then that no conversation has been told of."""
        row = InboundMessageRow
        query = (
            _pending()
            .where(_left_behind(col(row.received_at), before))
            .order_by(col(row.seq))
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(pending_of(r) for r in connection.execute(query).mappings())

    def pending_message(self, message_id: str) -> PendingMessage | None:
        """Return one such text, None when it needs no telling (any more)."""
        query = _pending().where(col(InboundMessageRow.id) == message_id)
        with self._database.read() as connection:
            found = connection.execute(query).mappings().first()
            return pending_of(found) if found else None

    def mark_dispatched(self, message_ids: Sequence[str], now: datetime) -> None:
        """Note that the conversation has been told."""
        row = InboundMessageRow
        with self._database.write() as connection:
            connection.execute(
                update(table(row))
                .where(col(row.id).in_(message_ids), col(row.dispatched_at).is_(None))
                .values(dispatched_at=now)
            )

    def pending_notices(self, before: datetime, limit: int) -> tuple[str, ...]:
        """Return fixed texts queued before then and not yet tried, oldest first."""
        row = OutboxRow
        query = (
            select(col(row.id))
            .where(
                col(row.state) == OutboxState.READY.value,
                col(row.kind).in_(_NOTICES),
                _left_behind(col(row.updated_at), before),
            )
            .order_by(col(row.updated_at))
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def brand_of_notice(self, outbox_id: str) -> str | None:
        """Return the brand of a fixed text, None when there is no such text."""
        row = OutboxRow
        query = select(col(row.brand)).where(col(row.id) == outbox_id)
        with self._database.read() as connection:
            return connection.execute(query).scalar_one_or_none()

    def known(self, provider: str, provider_message_ids: Sequence[str]) -> frozenset[str]:
        """Return those of the provider's ids that were received."""
        row = InboundMessageRow
        query = select(col(row.provider_message_id)).where(
            col(row.provider) == provider,
            col(row.provider_message_id).in_(provider_message_ids),
        )
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def outcome(self, brand: str | None, message_id: str) -> MessageOutcome | None:
        """Return what became of a text, by our id or the provider's; None when unknown."""
        with self._database.read() as connection:
            return read_outcome(connection, brand, message_id)


def _pending() -> Select[tuple[object, ...]]:
    row = InboundMessageRow
    return (
        select(
            table(row), col(DecisionRow.decision).label("verdict"), sender_has_open().label("open")
        )
        .join(table(DecisionRow), col(DecisionRow.message_id) == col(row.id))
        .where(col(row.handover).is_not(None), col(row.dispatched_at).is_(None))
    )


def _left_behind(at: Mapped[datetime], before: datetime) -> ColumnElement[bool]:
    return or_(at <= before, at > before + _AHEAD)


def pending_of(row: RowMapping) -> PendingMessage:
    """Return a text, read together with its verdict, as what a conversation is told."""
    return PendingMessage(
        seq=row["seq"],
        message_id=row["id"],
        brand=row["brand"],
        contact_id=row["contact_id"],
        body=row["body"],
        received_at=row["received_at"],
        handover=Handover(row["handover"]),
        decision=Decision.model_validate_json(row["verdict"]),
        conversation_open=bool(row.get("open", False)),
    )
