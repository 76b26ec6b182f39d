"""The tables: what must outlive a workflow. Every row but the brand's own belongs to one brand."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.columns import instant, long_text, sequence

_UNDISPATCHED = text("handover IS NOT NULL AND dispatched_at IS NULL")


class BrandRow(SQLModel, table=True):
    """A tenant."""

    __tablename__ = "brand"
    id: str = Field(primary_key=True)
    created_at: datetime = instant()
    active: bool = True


class BrandSettingsRow(SQLModel, table=True):
    """One immutable version of a brand's settings, as JSON."""

    __tablename__ = "brand_settings"
    brand: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    settings: str = long_text()
    author: str
    created_at: datetime = instant()


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
    created_at: datetime = instant()


class ConsentEventRow(SQLModel, table=True):
    """The ledger of consent; rows are only ever added."""

    __tablename__ = "consent_event"
    __table_args__ = (Index("consent_event_contact", "brand", "contact_id"),)
    seq: int | None = sequence()
    brand: str
    contact_id: str
    kind: str
    scope: str
    source: str
    matched: str
    score: float
    message_id: str | None = None
    body: str = long_text(default="")
    at: datetime = instant()


class SuppressionRow(SQLModel, table=True):
    """Nothing is sent to this contact; the authority on it."""

    __tablename__ = "suppression"
    brand: str = Field(primary_key=True)
    contact_id: str = Field(primary_key=True)
    scope: str
    source: str
    since: datetime = instant()


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
    opened_at: datetime = instant()
    closed_at: datetime | None = instant(default=None)


class TurnStepRow(SQLModel, table=True):
    """One paid model call of a turn and what became of it; a retry reads it instead of paying."""

    __tablename__ = "turn_step"
    conversation_id: str = Field(primary_key=True)
    turn: int = Field(primary_key=True)
    attempt: int = Field(primary_key=True)
    step: int = Field(primary_key=True)
    brand: str
    outcome: str = long_text()
    model: str
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    created_at: datetime = instant()


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
    arguments: str = long_text()
    text: str = long_text()
    facts: str = long_text()
    created_at: datetime = instant()


class ReceiptRow(SQLModel, table=True):
    """Why one reply could be sent: the guardrails' verdict and evidence, as JSON."""

    __tablename__ = "receipt"
    outbox_id: str = Field(primary_key=True)
    brand: str
    conversation_id: str = Field(index=True)
    turn: int
    receipt: str = long_text()
    created_at: datetime = instant()


class TicketRow(SQLModel, table=True):
    """One handoff's ticket."""

    __tablename__ = "ticket"
    external_id: str = Field(primary_key=True)
    brand: str
    conversation_id: str = Field(index=True)
    provider: str
    ticket_id: str = Field(index=True)
    url: str | None = None
    opened_at: datetime = instant()


class EventRow(SQLModel, table=True):
    """One business event; `id` is what receivers de-duplicate by."""

    __tablename__ = "event"
    __table_args__ = (Index("event_pending", "delivered_at", "at"),)
    id: str = Field(primary_key=True)
    brand: str
    conversation_id: str
    contact_id: str
    name: str
    properties: str = long_text()
    at: datetime = instant()
    delivered_at: datetime | None = instant(default=None)


class ProofGuessRow(SQLModel, table=True):
    """A wrong proof of identity; a few are forgiven, a series is not."""

    __tablename__ = "proof_guess"
    __table_args__ = (Index("proof_guess_contact", "brand", "contact_id", "at"),)
    seq: int | None = sequence()
    brand: str
    contact_id: str
    at: datetime = instant()
