"""What brands, contacts and conversations have consumed, added up from the rows, in SQL."""

import json
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select
from sqlmodel import col

from domain.money import Usage
from store.audience_tables import AuditRow
from store.audit import write_audit
from store.audit_base import AuditAction, AuditEntry
from store.brand_lock import lock_brand
from store.conversation_tables import ConversationRow, TurnStepRow
from store.engine import Database
from store.message_tables import InboundMessageRow, OutboxRow
from store.statements import table
from store.summaries import NOT_BILLED, read_usage


class SqlSpendingStore:
    """Implements `SpendingStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_conversation(self, brand: str, conversation_id: str) -> Usage:
        """Return what a conversation has consumed."""
        with self._database.read() as connection:
            return read_usage(connection, brand, conversation_id)

    def since(self, brand: str, contact_id: str | None, since: datetime) -> Usage:
        """Return what a brand, or one contact of it, has consumed since then."""
        with self._database.read() as connection:
            segments_out = self._outbound(connection, brand, contact_id, since)
            segments_in = self._inbound(connection, brand, contact_id, since)
            tokens = self._tokens(connection, brand, contact_id, since)
        return Usage(
            segments_out=segments_out,
            segments_in=segments_in,
            input_tokens=tokens[0],
            cached_tokens=tokens[1],
            output_tokens=tokens[2],
            model_calls=tokens[3],
        )

    def note_alert(self, brand: str, month: str, level: int, now: datetime) -> bool:
        """Note that a brand was warned of its month's spend; False when it was before."""
        row = AuditRow
        alerts = select(col(row.detail)).where(
            col(row.brand) == brand, col(row.action) == AuditAction.SPEND_ALERT.value
        )
        entry = AuditEntry(
            brand=brand,
            actor="spend governor",
            action=AuditAction.SPEND_ALERT,
            detail={"month": month, "percent_of_cap": level},
        )
        with self._database.write() as connection:
            lock_brand(connection, brand)
            known = [json.loads(detail) for detail in connection.execute(alerts).scalars()]
            if any(a["month"] == month and a["percent_of_cap"] >= level for a in known):
                return False
            write_audit(connection, entry, now)
        return True

    def _outbound(
        self, connection: Connection, brand: str, contact_id: str | None, since: datetime
    ) -> int:
        row = OutboxRow
        where: list[ColumnElement[bool]] = [
            col(row.brand) == brand,
            col(row.created_at) >= since,
            col(row.state).not_in(NOT_BILLED),
        ]
        if contact_id is not None:
            where.append(col(row.contact_id) == contact_id)
        query = select(func.coalesce(func.sum(col(row.segments)), 0)).where(*where)
        return int(connection.execute(query).scalar_one())

    def _inbound(
        self, connection: Connection, brand: str, contact_id: str | None, since: datetime
    ) -> int:
        row = InboundMessageRow
        where: list[ColumnElement[bool]] = [
            col(row.brand) == brand,
            col(row.received_at) >= since,
        ]
        if contact_id is not None:
            where.append(col(row.contact_id) == contact_id)
        query = select(func.coalesce(func.sum(col(row.segments)), 0)).where(*where)
        return int(connection.execute(query).scalar_one())

    def _tokens(
        self, connection: Connection, brand: str, contact_id: str | None, since: datetime
    ) -> tuple[int, int, int, int]:
        row = TurnStepRow
        query = select(
            func.coalesce(func.sum(col(row.input_tokens)), 0),
            func.coalesce(func.sum(col(row.cached_tokens)), 0),
            func.coalesce(func.sum(col(row.output_tokens)), 0),
            func.count(),
        ).where(col(row.brand) == brand, col(row.created_at) >= since)
        if contact_id is not None:
            query = query.join(
                table(ConversationRow), col(ConversationRow.id) == col(row.conversation_id)
            ).where(col(ConversationRow.contact_id) == contact_id)
        found = connection.execute(query).one()
        return int(found[0]), int(found[1]), int(found[2]), int(found[3])
