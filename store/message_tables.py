"""The tables of texts received and sent, each with the verdict on it."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.columns import instant, long_text, sequence

_UNDISPATCHED = text("handover IS NOT NULL AND dispatched_at IS NULL")
_UNTAKEN = text("handover IS NOT NULL AND dispatched_at IS NOT NULL AND conversation_id IS NULL")


class InboundMessageRow(SQLModel, table=True):
    """A text received; `seq` is the order of arrival, `handover` what the workflow is told."""

    __tablename__ = "inbound_message"
    __table_args__ = (
        UniqueConstraint("provider_message_id", "provider"),
        Index("inbound_message_contact", "brand", "contact_id", "seq"),
        Index("inbound_message_conversation", "conversation_id"),
        # Partial: nearly every row is dispatched, and the sweep asks every minute.
        Index(
            "inbound_message_pending",
            "seq",
            sqlite_where=_UNDISPATCHED,
            postgresql_where=_UNDISPATCHED,
        ),
        Index(
            "inbound_message_untaken",
            "conversation_id",  # always NULL, but without it the planner takes another index
            "received_at",
            sqlite_where=_UNTAKEN,
            postgresql_where=_UNTAKEN,
        ),
    )
    seq: int | None = sequence()
    id: str = Field(unique=True)
    brand: str
    contact_id: str
    provider: str
    provider_message_id: str
    recipient: str
    body: str = long_text()
    redactions: str = ""
    media_count: int = 0
    segments: int = 1
    received_at: datetime = instant()
    late: bool = False
    handover: str | None = None
    dispatched_at: datetime | None = instant(default=None)
    conversation_id: str | None = None
    turn: int | None = None


class DecisionRow(SQLModel, table=True):
    """The gate's recorded verdict on one inbound message."""

    __tablename__ = "decision"
    message_id: str = Field(primary_key=True)
    brand: str
    disposition: str
    label: str
    reason: str
    layer: str
    score: float
    rule: str
    decision: str = long_text()
    decided_at: datetime = instant()


class OutboxRow(SQLModel, table=True):
    """One outbound message, keyed by what it answers."""

    __tablename__ = "outbox"
    __table_args__ = (
        # What the provider sent once belongs to one row: no two rows are settled by one text.
        UniqueConstraint("provider_message_id", "provider"),
        Index("outbox_contact", "brand", "contact_id", "created_at"),
        Index("outbox_conversation", "conversation_id"),
        Index("outbox_state", "state", "updated_at"),
        Index("outbox_updated", "updated_at"),
    )
    id: str = Field(primary_key=True)
    brand: str
    contact_id: str
    conversation_id: str | None = None
    turn: int = 0
    kind: str
    origin: str
    provider: str
    sender: str
    recipient: str
    body: str = long_text()
    encoding: str
    segments: int
    state: str
    problem: str | None = None
    attempts: int = 0
    not_after: datetime = instant()
    first_try_at: datetime | None = instant(default=None)
    provider_message_id: str | None = None
    created_at: datetime = instant()
    updated_at: datetime = instant()


class ReceiptRow(SQLModel, table=True):
    """Why one reply could be sent: the guardrails' verdict and evidence, as JSON."""

    __tablename__ = "receipt"
    outbox_id: str = Field(primary_key=True)
    brand: str
    conversation_id: str = Field(index=True)
    turn: int
    receipt: str = long_text()
    created_at: datetime = instant()
