"""What was done by people, and what they were refused, in SQL."""

import json
from datetime import datetime

from sqlalchemy import Connection, insert, select
from sqlmodel import col

from store.audience_tables import AuditRow
from store.audit_base import AuditAction, AuditEntry, StoredAuditEntry
from store.engine import Database
from store.statements import table


def write_audit(connection: Connection, entry: AuditEntry, now: datetime) -> None:
    """Add an entry in the transaction of what it tells of."""
    connection.execute(
        insert(table(AuditRow)).values(
            at=now,
            brand=entry.brand,
            actor=entry.actor,
            action=entry.action.value,
            detail=json.dumps(dict(entry.detail)),
        )
    )


class SqlAuditStore:
    """Implements `AuditStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, entry: AuditEntry, now: datetime) -> None:
        """Add an entry."""
        with self._database.write() as connection:
            write_audit(connection, entry, now)

    def entries(self, brand: str, before: int | None, limit: int) -> tuple[StoredAuditEntry, ...]:
        """Return a brand's entries, newest first; only those before one when it is given."""
        row = AuditRow
        query = select(table(row)).where(col(row.brand) == brand)
        if before is not None:
            query = query.where(col(row.seq) < before)
        with self._database.read() as connection:
            found = connection.execute(query.order_by(col(row.seq).desc()).limit(limit))
            return tuple(
                StoredAuditEntry(
                    seq=r["seq"],
                    at=r["at"],
                    brand=r["brand"],
                    actor=r["actor"],
                    action=AuditAction(r["action"]),
                    detail=json.loads(r["detail"]),
                )
                for r in found.mappings()
            )
