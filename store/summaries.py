"""A conversation as reports show it, and what it consumed."""

from sqlalchemy import Connection, func, select
from sqlmodel import col

from domain.conversation import Status
from domain.money import Usage
from domain.outbox import OutboxState
from store.conversation_tables import ConversationRow, TurnStepRow
from store.message_tables import InboundMessageRow, OutboxRow
from store.records import ConversationSummary
from store.statements import table

NOT_BILLED = (OutboxState.READY.value, OutboxState.VETOED.value, OutboxState.FAILED.value)
"""No provider charges for what it never took."""


def read_summary(
    connection: Connection, brand: str, conversation_id: str
) -> ConversationSummary | None:
    """Return a conversation with its usage, None when the brand has no such one."""
    row = ConversationRow
    found = (
        connection.execute(
            select(table(row)).where(col(row.brand) == brand, col(row.id) == conversation_id)
        )
        .mappings()
        .first()
    )
    if found is None:
        return None
    return ConversationSummary(
        conversation_id=found["id"],
        brand=brand,
        contact_id=found["contact_id"],
        status=Status(found["status"]),
        owner=found["owner"],
        intent=found["intent"],
        escalation_reason=found["escalation_reason"],
        opened_at=found["opened_at"],
        closed_at=found["closed_at"],
        reverted_at=found["reverted_at"],
        usage=read_usage(connection, brand, conversation_id),
    )


def read_usage(connection: Connection, brand: str, conversation_id: str) -> Usage:
    """Add up what a conversation consumed: from the rows themselves, so that it cannot drift."""
    out, message, step = OutboxRow, InboundMessageRow, TurnStepRow
    segments_out = connection.execute(
        select(func.coalesce(func.sum(col(out.segments)), 0)).where(
            col(out.brand) == brand,
            col(out.conversation_id) == conversation_id,
            col(out.state).not_in(NOT_BILLED),
        )
    ).scalar_one()
    segments_in = connection.execute(
        select(func.coalesce(func.sum(col(message.segments)), 0)).where(
            col(message.brand) == brand, col(message.conversation_id) == conversation_id
        )
    ).scalar_one()
    tokens = connection.execute(
        select(
            func.coalesce(func.sum(col(step.input_tokens)), 0),
            func.coalesce(func.sum(col(step.cached_tokens)), 0),
            func.coalesce(func.sum(col(step.output_tokens)), 0),
            func.count(),
        ).where(col(step.brand) == brand, col(step.conversation_id) == conversation_id)
    ).one()
    return Usage(
        segments_out=int(segments_out),
        segments_in=int(segments_in),
        input_tokens=int(tokens[0]),
        cached_tokens=int(tokens[1]),
        output_tokens=int(tokens[2]),
        model_calls=int(tokens[3]),
    )
