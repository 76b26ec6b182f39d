"""Texts sent, and the only way to send one, in SQL."""

from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from domain.message import DeliveryReport
from domain.outbox import OutboxState, state_after_status
from store.carrier_word import mark_contact_unreachable, suppress_contact
from store.contacts import lock_contact
from store.engine import Database
from store.message_tables import OutboxRow, ReceiptRow
from store.outbox_records import Claim, OutboxRecord, ReadyText, SendResult, Veto
from store.outbox_rows import (
    count_failures,
    find_reported,
    is_bound,
    is_old_news,
    move_row,
    must_exist,
    no_such_row,
    read_row,
    rows_in_doubt,
)
from store.send_veto import find_veto
from store.statements import insert_new


class SqlOutboxStore:
    """Implements `OutboxStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, text: ReadyText, now: datetime, receipt: str | None = None) -> Claim:
        """Queue a text if it is not there and take the right to send it, in one transaction."""
        with self._database.write() as connection:
            lock_contact(connection, text.contact_id)
            fresh = insert_new(
                connection,
                OutboxRow,
                {
                    **text.model_dump(exclude={"outbox_id", "kind", "origin", "covers_seq"}),
                    "id": text.outbox_id,
                    "kind": text.kind.value,
                    "origin": text.origin.value,
                    "state": OutboxState.READY.value,
                    "attempts": 0,
                    "created_at": now,
                    "updated_at": now,
                },
            )
            if fresh and receipt is not None and text.conversation_id is not None:
                insert_new(
                    connection,
                    ReceiptRow,
                    {
                        "outbox_id": text.outbox_id,
                        "brand": text.brand,
                        "conversation_id": text.conversation_id,
                        "turn": text.turn,
                        "receipt": receipt,
                        "created_at": now,
                    },
                )
            return _take(connection, text.outbox_id, text.brand, text.covers_seq, now)

    def claim_notice(self, outbox_id: str, now: datetime) -> Claim:
        """Take the right to send a fixed text that was queued at ingest."""
        with self._database.write() as connection:
            known = read_row(connection, outbox_id)
            if known is None:
                raise no_such_row(outbox_id)
            lock_contact(connection, known.contact_id)
            return _take(connection, outbox_id, known.brand, None, now)

    def get(self, outbox_id: str) -> OutboxRecord | None:
        """Return a row."""
        with self._database.read() as connection:
            return read_row(connection, outbox_id)

    def settle(self, outbox_id: str, outcome: SendResult, now: datetime) -> OutboxRecord:
        """Record the outcome of an attempt; a state the row cannot enter any more is dropped.

        So is a provider's message that another row already stands for.
        """
        changes = {"problem": outcome.problem}
        if outcome.provider_message_id is not None:
            changes["provider_message_id"] = outcome.provider_message_id
        try:
            with self._database.write() as connection:
                row = must_exist(connection, outbox_id)
                return move_row(connection, row, outcome.state, now, **changes)
        except IntegrityError:  # two rows with the same words were looked for at the same time
            with self._database.read() as connection:
                return must_exist(connection, outbox_id, lock=False)

    def apply_report(self, report: DeliveryReport, now: datetime) -> OutboxRecord | None:
        """Apply a delivery report, forward only; None when it is about no text of ours."""
        with self._database.read() as connection:
            row = find_reported(connection, report, lock=False)
        if row is not None and is_old_news(row, report):
            return row
        with self._database.write() as connection:
            row = find_reported(connection, report)
            if row is None:
                return None
            target = state_after_status(row.state, report.status)
            bound = row.provider_message_id
            if bound is None and not is_bound(connection, row, report.provider_message_id):
                bound = report.provider_message_id
            return move_row(
                connection,
                row,
                target,
                now,
                provider_message_id=bound,
                problem=report.error_code or row.problem,
            )

    def bound_ids(self, provider: str, since: datetime) -> frozenset[str]:
        """Return provider ids that rows since then are bound to."""
        row = OutboxRow
        query = select(col(row.provider_message_id)).where(
            col(row.provider) == provider,
            col(row.updated_at) >= since,
            col(row.provider_message_id).is_not(None),
        )
        with self._database.read() as connection:
            return frozenset(i for i in connection.execute(query).scalars() if i is not None)

    def suppress(
        self,
        brand: str,
        contact_id: str,
        source: str,
        now: datetime,
        given_at: datetime | None = None,
    ) -> None:
        """Suppress a contact because the carrier says so, with a ledger entry."""
        with self._database.write() as connection:
            suppress_contact(connection, (brand, contact_id), source, now, given_at)

    def mark_unreachable(
        self, brand: str, contact_id: str, given_at: datetime | None = None
    ) -> None:
        """Note that a number cannot receive texts."""
        with self._database.write() as connection:
            mark_contact_unreachable(connection, (brand, contact_id), given_at)

    def failures(self, brand: str, contact_id: str, code: str) -> int:
        """Return how many texts to a contact the carrier has reported with this code."""
        with self._database.read() as connection:
            return count_failures(connection, brand, contact_id, code)

    def in_doubt(self, before: datetime, limit: int) -> tuple[OutboxRecord, ...]:
        """Return rows that stay SENDING or UNKNOWN since before then."""
        with self._database.read() as connection:
            return rows_in_doubt(connection, before, limit)


def _take(
    connection: Connection, outbox_id: str, brand: str, covers_seq: int | None, now: datetime
) -> Claim:
    """Flip a READY row to SENDING, or veto it; any other state grants nothing."""
    row = must_exist(connection, outbox_id)
    if row.brand != brand:
        raise no_such_row(outbox_id)
    if row.state is not OutboxState.READY:
        veto = Veto(row.problem) if row.state is OutboxState.VETOED and row.problem else None
        return Claim(row=row, granted=False, veto=veto)
    veto = find_veto(connection, row, covers_seq, now)
    if veto is not None:
        vetoed = move_row(connection, row, OutboxState.VETOED, now, problem=veto.value)
        return Claim(row=vetoed, granted=False, veto=veto)
    sending = move_row(
        connection,
        row,
        OutboxState.SENDING,
        now,
        attempts=row.attempts + 1,
        first_try_at=row.first_try_at or now,
    )
    return Claim(row=sending, granted=True)
