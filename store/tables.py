"""The tables: what must outlive a workflow. Every row but the brand's own belongs to one brand."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Index, Integer, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite keeps it naive and it comes back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants, which would silently mean the machine's own zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "instants are stored aware, in UTC"
            raise ValueError(msg)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  (SQLAlchemy's signature)
    ) -> datetime | None:
        """Return the instant aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite counts only INTEGER primary keys by itself; PostgreSQL should not run out of them.
_SEQUENCE = BigInteger().with_variant(Integer, "sqlite")


def _long(**options: Any) -> Any:
    return Field(sa_type=Text, **options)


def _at(**options: Any) -> Any:
    return Field(sa_type=UtcDateTime, **options)


def _seq() -> Any:
    return Field(default=None, primary_key=True, sa_type=_SEQUENCE)


class BrandRow(SQLModel, table=True):
    """A tenant."""

    __tablename__ = "brand"
    id: str = Field(primary_key=True)
    created_at: datetime = _at()
    active: bool = True


class BrandSettingsRow(SQLModel, table=True):
    """One immutable version of a brand's settings, as JSON."""

    __tablename__ = "brand_settings"
    brand: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    settings: str = _long()
    author: str
    created_at: datetime = _at()


class SenderRow(SQLModel, table=True):
    """Which brand a number belongs to; no number belongs to two."""

    __tablename__ = "sender"
    number: str = Field(primary_key=True)
    brand: str = Field(index=True)
    provider: str


class ContactRow(SQLModel, table=True):
    """A person with one brand; the row is the lock under which opt-outs and sends are ordered."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("brand", "phone"),)
    id: str = Field(primary_key=True)
    brand: str
    phone: str
    unreachable: bool = False
    created_at: datetime = _at()


class ConsentEventRow(SQLModel, table=True):
    """The ledger of consent; rows are only ever added."""

    __tablename__ = "consent_event"
    __table_args__ = (Index("consent_event_contact", "brand", "contact_id"),)
    seq: int | None = _seq()
    brand: str
    contact_id: str
    kind: str
    scope: str
    source: str
    matched: str
    score: float
    message_id: str | None = None
    body: str = _long(default="")
    at: datetime = _at()


class SuppressionRow(SQLModel, table=True):
    """Nothing is sent to this contact; the authority on it."""

    __tablename__ = "suppression"
    brand: str = Field(primary_key=True)
    contact_id: str = Field(primary_key=True)
    scope: str
    source: str
    since: datetime = _at()


class InboundMessageRow(SQLModel, table=True):
    """A text received; `seq` is the order of arrival, `handover` what the workflow is told."""

    __tablename__ = "inbound_message"
    __table_args__ = (
        UniqueConstraint("provider", "provider_message_id"),
        Index("inbound_message_contact", "brand", "contact_id", "seq"),
        Index("inbound_message_pending", "handover", "dispatched_at"),
    )
    seq: int | None = _seq()
    id: str = Field(unique=True)
    brand: str
    contact_id: str
    provider: str
    provider_message_id: str
    recipient: str
    body: str = _long()
    redactions: str = ""
    media_count: int = 0
    segments: int = 1
    received_at: datetime = _at()
    late: bool = False
    handover: str | None = None
    dispatched_at: datetime | None = _at(default=None)
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
    decision: str = _long()
    decided_at: datetime = _at()


class OutboxRow(SQLModel, table=True):
    """One outbound message, keyed by what it answers."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_contact", "brand", "contact_id", "created_at"),
        Index("outbox_conversation", "conversation_id"),
        Index("outbox_state", "state", "updated_at"),
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
    body: str = _long()
    encoding: str
    segments: int
    state: str
    problem: str | None = None
    attempts: int = 0
    not_after: datetime = _at()
    first_try_at: datetime | None = _at(default=None)
    provider_message_id: str | None = Field(default=None, index=True)
    created_at: datetime = _at()
    updated_at: datetime = _at()


class ConversationRow(SQLModel, table=True):
    """What reports, the console and the send-time veto need of a conversation."""

    __tablename__ = "conversation"
    __table_args__ = (Index("conversation_contact", "brand", "contact_id", "opened_at"),)
    id: str = Field(primary_key=True)
    brand: str
    contact_id: str
    status: str
    owner: str = "agent"
    intent: str | None = None
    escalation_reason: str | None = None
    settings_version: int
    opened_at: datetime = _at()
    closed_at: datetime | None = _at(default=None)


class TurnStepRow(SQLModel, table=True):
    """One paid model call of a turn and what became of it; a retry reads it instead of paying."""

    __tablename__ = "turn_step"
    conversation_id: str = Field(primary_key=True)
    turn: int = Field(primary_key=True)
    attempt: int = Field(primary_key=True)
    step: int = Field(primary_key=True)
    brand: str
    outcome: str = _long()
    model: str
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    created_at: datetime = _at()


class ToolResultRow(SQLModel, table=True):
    """What one tool call established; a retry reads it instead of asking again."""

    __tablename__ = "tool_result"
    conversation_id: str = Field(primary_key=True)
    turn: int = Field(primary_key=True)
    attempt: int = Field(primary_key=True)
    step: int = Field(primary_key=True)
    call_id: str = Field(primary_key=True)
    brand: str
    tool: str
    arguments: str = _long()
    text: str = _long()
    facts: str = _long()
    created_at: datetime = _at()


class ReceiptRow(SQLModel, table=True):
    """Why one reply could be sent: the guardrails' verdict and evidence, as JSON."""

    __tablename__ = "receipt"
    outbox_id: str = Field(primary_key=True)
    brand: str
    conversation_id: str = Field(index=True)
    turn: int
    receipt: str = _long()
    created_at: datetime = _at()


class TicketRow(SQLModel, table=True):
    """One handoff's ticket."""

    __tablename__ = "ticket"
    external_id: str = Field(primary_key=True)
    brand: str
    conversation_id: str = Field(index=True)
    provider: str
    ticket_id: str = Field(index=True)
    url: str | None = None
    opened_at: datetime = _at()


class EventRow(SQLModel, table=True):
    """One business event; `id` is what receivers de-duplicate by."""

    __tablename__ = "event"
    __table_args__ = (Index("event_pending", "delivered_at", "at"),)
    id: str = Field(primary_key=True)
    brand: str
    conversation_id: str
    contact_id: str
    name: str
    properties: str = _long()
    at: datetime = _at()
    delivered_at: datetime | None = _at(default=None)


class ProofGuessRow(SQLModel, table=True):
    """A wrong proof of identity; a few are forgiven, a series is not."""

    __tablename__ = "proof_guess"
    __table_args__ = (Index("proof_guess_contact", "brand", "contact_id", "at"),)
    seq: int | None = _seq()
    brand: str
    contact_id: str
    at: datetime = _at()
