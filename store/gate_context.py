"""What the gate knows beside the text itself, read in the transaction that stores the text."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select
from sqlmodel import col

from domain.gate.context import GateContext, InboundText, OutboundText
from domain.message import InboundMessage, MessageOrigin
from domain.outbox import OutboxState
from domain.phone import parse_sender
from store.contact_tables import SuppressionRow
from store.conversation_tables import ConversationRow
from store.message_tables import InboundMessageRow, OutboxRow
from store.open_conversations import is_open

_RECENT = 20
_LOOK_BACK = timedelta(hours=72)
NEVER_LEFT = (OutboxState.READY, OutboxState.VETOED)
"""States of texts that no phone has seen."""


def read_context(
    connection: Connection, brand: str, contact_id: str, message: InboundMessage, now: datetime
) -> GateContext:
    """Gather the context of a text that is not stored yet.

    Args:
        connection: The transaction.
        brand: The brand texted.
        contact_id: Who texted.
        message: The text.
        now: The instant of the decision, UTC.

    Returns:
        The context; segment membership and automations are not known here.
    """
    sent = _recent_outbound(connection, brand, contact_id, now)
    by_agent = [s.sent_at for s in sent if s.origin is MessageOrigin.AGENT and s.sent_at]
    status, owner = _conversation(connection, brand, contact_id)
    return GateContext(
        now=now,
        sender_kind=parse_sender(message.sender)[0],
        opt_out_type=message.opt_out_type,
        num_media=len(message.media),
        suppressed=is_suppressed(connection, brand, contact_id),
        conversation_open=status is not None,
        handed_off=owner == "human",
        recent_outbound=sent,
        recent_inbound=_recent_inbound(connection, brand, contact_id, now),
        agent_replies_10_minutes=sum(at > now - timedelta(minutes=10) for at in by_agent),
        agent_replies_24_hours=sum(at > now - timedelta(hours=24) for at in by_agent),
    )


def first_context(message: InboundMessage, now: datetime) -> GateContext:
    """Return the context of the first text of a contact that the brand has never heard of."""
    return GateContext(
        now=now,
        sender_kind=parse_sender(message.sender)[0],
        opt_out_type=message.opt_out_type,
        num_media=len(message.media),
    )


def is_suppressed(connection: Connection, brand: str, contact_id: str) -> bool:
    """Return whether nothing may be sent to this contact."""
    row = SuppressionRow
    found = connection.execute(
        select(col(row.scope)).where(
            col(row.brand) == brand, col(row.contact_id) == contact_id, col(row.scope) == "all"
        )
    )
    return found.first() is not None


def _recent_outbound(
    connection: Connection, brand: str, contact_id: str, now: datetime
) -> tuple[OutboundText, ...]:
    row = OutboxRow
    found = connection.execute(
        select(col(row.body), col(row.created_at), col(row.origin))
        .where(
            col(row.brand) == brand,
            col(row.contact_id) == contact_id,
            col(row.created_at) > now - _LOOK_BACK,
            col(row.state).not_in(NEVER_LEFT),
        )
        .order_by(col(row.created_at).desc())
        .limit(_RECENT)
    ).all()
    return tuple(
        OutboundText(body=r.body, sent_at=r.created_at, origin=MessageOrigin(r.origin))
        for r in reversed(found)
    )


def _recent_inbound(
    connection: Connection, brand: str, contact_id: str, now: datetime
) -> tuple[InboundText, ...]:
    row = InboundMessageRow
    found = connection.execute(
        select(col(row.body), col(row.received_at))
        .where(
            col(row.brand) == brand,
            col(row.contact_id) == contact_id,
            col(row.received_at) > now - _LOOK_BACK,
        )
        .order_by(col(row.seq).desc())
        .limit(_RECENT)
    ).all()
    return tuple(InboundText(body=r.body, received_at=r.received_at) for r in reversed(found))


def _conversation(
    connection: Connection, brand: str, contact_id: str
) -> tuple[str | None, str | None]:
    row = ConversationRow
    found = connection.execute(
        select(col(row.status), col(row.owner))
        .where(
            col(row.brand) == brand,
            col(row.contact_id) == contact_id,
            is_open(),
        )
        .order_by(col(row.opened_at).desc())
        .limit(1)
    ).first()
    return (found.status, found.owner) if found else (None, None)
