"""Opt-outs read out of free words: finding them, and undoing a misreading, in SQL."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlmodel import col

from domain.errors import RuleBroken
from domain.gate.decision import Decision, Label, Layer
from store.audit import write_audit
from store.audit_base import AuditAction, AuditEntry
from store.contact_tables import ConsentEventRow, SuppressionRow
from store.contacts import lock_contact
from store.engine import Database
from store.message_tables import DecisionRow, InboundMessageRow
from store.operator_records import Review
from store.statements import table

_TO_REVIEW = (
    Label.OPT_OUT_UNCERTAIN.value,
    Label.OPT_OUT_INTENT.value,
    Label.OPT_OUT_WITH_QUESTION.value,
    Label.WRONG_NUMBER.value,
)


class SqlConsentStore:
    """Implements `ConsentStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def undo_opt_out(self, brand: str, contact_id: str, operator: str, now: datetime) -> bool:
        """Lift a suppression that was a misreading; the ledger keeps both.

        Returns:
            Whether there was one. What a STOP keyword or the carrier put there stays: only the
            customer can lift that.

        Raises:
            RuleBroken: The suppression comes from a keyword or the carrier.
        """
        row = SuppressionRow
        mine = (col(row.brand) == brand, col(row.contact_id) == contact_id)
        with self._database.write() as connection:
            lock_contact(connection, contact_id)
            source = connection.execute(select(col(row.source)).where(*mine)).scalar_one_or_none()
            if source is None:
                return False
            if source not in (Layer.RULE.value, Layer.MODEL.value):
                msg = "the customer opted out by keyword: only their START lifts it"
                raise RuleBroken(msg)
            connection.execute(delete(table(row)).where(*mine))
            connection.execute(
                insert(table(ConsentEventRow)).values(
                    brand=brand,
                    contact_id=contact_id,
                    kind="opt_out_undone",
                    scope="all",
                    source="operator",
                    matched=operator,
                    score=1.0,
                    body="",
                    at=now,
                )
            )
            entry = AuditEntry(
                brand=brand,
                actor=operator,
                action=AuditAction.OPT_OUT_UNDONE,
                detail={"contact_id": contact_id},
            )
            write_audit(connection, entry, now)
        return True

    def opt_out_source(self, brand: str, contact_id: str) -> str | None:
        """Return who said that a contact wants no texts, None when nobody did."""
        row = SuppressionRow
        query = select(col(row.source)).where(
            col(row.brand) == brand, col(row.contact_id) == contact_id, col(row.scope) == "all"
        )
        with self._database.read() as connection:
            found: str | None = connection.execute(query).scalar_one_or_none()
            return found

    def reviews(self, brand: str, since: datetime, limit: int) -> tuple[Review, ...]:
        """Return opt-outs read out of free words since then, newest first."""
        row = InboundMessageRow
        query = (
            select(
                col(row.id), col(row.contact_id), col(row.body), col(row.received_at),
                col(DecisionRow.decision),
            )
            .join(table(DecisionRow), col(DecisionRow.message_id) == col(row.id))
            .where(
                col(row.brand) == brand,
                col(row.received_at) >= since,
                col(DecisionRow.label).in_(_TO_REVIEW),
            )
            .order_by(col(row.seq).desc())
            .limit(limit)
        )  # fmt: skip
        with self._database.read() as connection:
            return tuple(
                Review(
                    message_id=r[0],
                    contact_id=r[1],
                    body=r[2],
                    received_at=r[3],
                    decision=Decision.model_validate_json(r[4]),
                )
                for r in connection.execute(query)
            )
