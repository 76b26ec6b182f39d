"""What was said, either way, in order."""

from datetime import datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from domain.message import MessageOrigin, TranscriptLine
from store.gate_context import NEVER_LEFT
from store.message_tables import InboundMessageRow, OutboxRow
from store.statements import table


def read_transcript(
    connection: Connection, brand: str, contact_id: str, since: datetime, limit: int
) -> tuple[TranscriptLine, ...]:
    """Return the last texts either way since then, oldest first.

    Args:
        connection: A transaction.
        brand: Tenant.
        contact_id: Whose texts.
        since: Oldest instant, UTC.
        limit: Most lines.

    Returns:
        Lines; texts of ours that never left are not among them.
    """
    lines = [
        *_received(connection, brand, contact_id, since, limit),
        *_sent(connection, brand, contact_id, since, limit),
    ]
    newest_last = sorted(lines, key=lambda line: line.at)
    return tuple(newest_last[max(0, len(newest_last) - limit) :])


def _received(
    connection: Connection, brand: str, contact_id: str, since: datetime, limit: int
) -> list[TranscriptLine]:
    row = InboundMessageRow
    found = connection.execute(
        select(table(row))
        .where(
            col(row.brand) == brand,
            col(row.contact_id) == contact_id,
            col(row.received_at) >= since,
        )
        .order_by(col(row.seq).desc())
        .limit(limit)
    )
    return [
        TranscriptLine(
            at=r["received_at"],
            origin=None,
            body=r["body"],
            message_id=r["id"],
            segments=r["segments"],
            on_its_way=r["handover"] is not None
            and r["dispatched_at"] is None
            and r["conversation_id"] is None,
        )
        for r in reversed(found.mappings().all())
    ]


def _sent(
    connection: Connection, brand: str, contact_id: str, since: datetime, limit: int
) -> list[TranscriptLine]:
    row = OutboxRow
    found = connection.execute(
        select(table(row))
        .where(
            col(row.brand) == brand,
            col(row.contact_id) == contact_id,
            col(row.created_at) >= since,
            col(row.state).not_in(NEVER_LEFT),
        )
        .order_by(col(row.created_at).desc())
        .limit(limit)
    )
    return [
        TranscriptLine(
            at=r["created_at"],
            origin=MessageOrigin(r["origin"]),
            body=r["body"],
            message_id=r["id"],
            segments=r["segments"],
        )
        for r in reversed(found.mappings().all())
    ]
