"""Reading and moving outbox rows inside a transaction."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, select, update
from sqlmodel import col

from domain.errors import RuleBroken
from domain.message import DeliveryReport, MessageOrigin
from domain.outbox import OUTBOX_TRANSITIONS, OutboxState, state_after_status
from store.message_tables import OutboxRow
from store.outbox_records import OutboxRecord, SendKind
from store.statements import Cell, table

_SETTLED = (
    OutboxState.SENT,
    OutboxState.DELIVERED,
    OutboxState.UNDELIVERED,
    OutboxState.FAILED,
)


def record_of(row: RowMapping) -> OutboxRecord:
    """Return a row as a value."""
    return OutboxRecord(
        outbox_id=row["id"],
        brand=row["brand"],
        contact_id=row["contact_id"],
        conversation_id=row["conversation_id"],
        turn=row["turn"],
        kind=SendKind(row["kind"]),
        origin=MessageOrigin(row["origin"]),
        provider=row["provider"],
        sender=row["sender"],
        recipient=row["recipient"],
        body=row["body"],
        segments=row["segments"],
        state=OutboxState(row["state"]),
        problem=row["problem"],
        attempts=row["attempts"],
        not_after=row["not_after"],
        first_try_at=row["first_try_at"],
        provider_message_id=row["provider_message_id"],
        created_at=row["created_at"],
    )


def read_row(connection: Connection, outbox_id: str, *, lock: bool = False) -> OutboxRecord | None:
    """Return a row; with `lock` nobody else moves it before the transaction ends."""
    query = select(table(OutboxRow)).where(col(OutboxRow.id) == outbox_id)
    if lock:
        query = query.with_for_update()
    found = connection.execute(query).mappings().first()
    return record_of(found) if found else None


def must_exist(connection: Connection, outbox_id: str, *, lock: bool = True) -> OutboxRecord:
    """Return a row, locked unless told otherwise.

    Raises:
        RuleBroken: There is no such row.
    """
    row = read_row(connection, outbox_id, lock=lock)
    if row is None:
        raise no_such_row(outbox_id)
    return row


def no_such_row(outbox_id: str) -> RuleBroken:
    """Return the error for an id that stands for nothing."""
    return RuleBroken(f"there is no outbox row {outbox_id}")


def move_row(
    connection: Connection, row: OutboxRecord, target: OutboxState, now: datetime, **changes: Cell
) -> OutboxRecord:
    """Move a locked row to another state, or leave it when it cannot go there any more.

    News about a send may come late, doubled or out of order; a row never moves backwards for it.

    Args:
        connection: The transaction that read the row with `lock`.
        row: The row.
        target: State wanted.
        now: UTC.
        changes: Further columns.

    Returns:
        The row as it stands afterwards.
    """
    if target not in OUTBOX_TRANSITIONS[row.state]:
        return row
    connection.execute(
        update(table(OutboxRow))
        .where(col(OutboxRow.id) == row.outbox_id)
        .values(state=target.value, updated_at=now, **changes)
    )
    moved = read_row(connection, row.outbox_id)
    return moved or row


def is_bound(connection: Connection, row: OutboxRecord, provider_message_id: str) -> bool:
    """Return whether another row stands for what the provider calls by this id."""
    other = OutboxRow
    found = connection.execute(
        select(col(other.id)).where(
            col(other.provider) == row.provider,
            col(other.provider_message_id) == provider_message_id,
            col(other.id) != row.outbox_id,
        )
    )
    return found.first() is not None


def find_reported(
    connection: Connection, report: DeliveryReport, *, lock: bool = True
) -> OutboxRecord | None:
    """Find the row by the id the callback carried back, else by the provider's id."""
    if report.outbox_id is not None:
        row = read_row(connection, report.outbox_id, lock=lock)
        if (
            row is not None
            and row.provider == report.provider
            and row.provider_message_id in (None, report.provider_message_id)
        ):
            return row
    found = connection.execute(
        select(col(OutboxRow.id)).where(
            col(OutboxRow.provider) == report.provider,
            col(OutboxRow.provider_message_id) == report.provider_message_id,
        )
    ).scalar_one_or_none()
    return read_row(connection, found, lock=lock) if found else None


def is_old_news(row: OutboxRecord, report: DeliveryReport) -> bool:
    """Return whether a report, as most of them, changes nothing now or later.

    From the states named here no row goes back to one in which the report would matter, so that
    a row read without a lock is enough to say so.
    """
    settled = row.state in _SETTLED
    return settled and state_after_status(row.state, report.status) is row.state


def rows_in_doubt(connection: Connection, before: datetime, limit: int) -> tuple[OutboxRecord, ...]:
    """Return rows that stay SENDING or UNKNOWN since before then, the longest first."""
    row = OutboxRow
    query = (
        select(table(row))
        .where(
            col(row.state).in_((OutboxState.SENDING.value, OutboxState.UNKNOWN.value)),
            col(row.updated_at) <= before,
        )
        .order_by(col(row.updated_at))
        .limit(limit)
    )
    return tuple(record_of(r) for r in connection.execute(query).mappings())


def count_failures(connection: Connection, brand: str, contact_id: str, code: str) -> int:
    """Return how many texts to a contact failed with this code; a repeated report is one text."""
    row = OutboxRow
    query = select(func.count()).where(
        col(row.brand) == brand,
        col(row.contact_id) == contact_id,
        col(row.state).in_((OutboxState.UNDELIVERED.value, OutboxState.FAILED.value)),
        col(row.problem) == code,
    )
    return int(connection.execute(query).scalar_one())
