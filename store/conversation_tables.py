"""The tables of conversations and of what must outlive their workflows."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from store.columns import instant, long_text

_OPEN = text("closed_at IS NULL")


class ConversationRow(SQLModel, table=True):
    """What reports, the console and the send-time veto need of a conversation."""

    __tablename__ = "conversation"
    __table_args__ = (
        Index("conversation_contact", "brand", "contact_id", "opened_at"),
        # Partial: nearly every row is closed, and each minute the open ones are compared with
        # what runs.
        Index("conversation_open", "opened_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
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
    reverted_at: datetime | None = instant(default=None)
    revision: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


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
