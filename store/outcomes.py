"""What became of one inbound message: decision, conversation, replies."""

from sqlalchemy import Connection, RowMapping, and_, or_, select
from sqlmodel import col

from domain.gate.decision import Decision
from domain.handover import Handover
from store.message_tables import DecisionRow, InboundMessageRow, OutboxRow
from store.notices import notice_id
from store.outbox_records import OutboxRecord
from store.outbox_rows import record_of
from store.records import MessageOutcome
from store.statements import table
from store.summaries import read_summary


def read_outcome(
    connection: Connection, brand: str | None, message_id: str
) -> MessageOutcome | None:
    """Return what became of a text.

    Args:
        connection: A transaction.
        brand: Tenant to look in, None for all (an operator of the installation).
        message_id: Our id or the provider's.

    Returns:
        The outcome, None when there is no such text in the tenant.
    """
    row = InboundMessageRow
    query = (
        select(table(row), col(DecisionRow.decision).label("verdict"))
        .join(table(DecisionRow), col(DecisionRow.message_id) == col(row.id))
        .where(or_(col(row.id) == message_id, col(row.provider_message_id) == message_id))
    )
    if brand is not None:
        query = query.where(col(row.brand) == brand)
    found = connection.execute(query).mappings().first()
    if found is None:
        return None
    decision = Decision.model_validate_json(found["verdict"])
    conversation = (
        read_summary(connection, found["brand"], found["conversation_id"])
        if found["conversation_id"]
        else None
    )
    return MessageOutcome(
        message_id=found["id"],
        brand=found["brand"],
        received_at=found["received_at"],
        decision=decision,
        handover=Handover(found["handover"]) if found["handover"] else None,
        conversation=conversation,
        turn=found["turn"],
        replies=_replies(connection, found, decision),
    )


def _replies(
    connection: Connection, found: RowMapping, decision: Decision
) -> tuple[OutboxRecord, ...]:
    row = OutboxRow
    wanted = []
    if found["conversation_id"] is not None:
        wanted.append(
            and_(
                col(row.conversation_id) == found["conversation_id"],
                col(row.turn) == found["turn"],
            )
        )
    if decision.fixed_text is not None:
        wanted.append(col(row.id) == notice_id(found["brand"], found["id"], decision.fixed_text))
    if not wanted:
        return ()
    rows = connection.execute(
        select(table(row))
        .where(col(row.brand) == found["brand"], or_(*wanted))
        .order_by(col(row.created_at))
    )
    return tuple(record_of(r) for r in rows.mappings())
