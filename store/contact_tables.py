"""The tables of brands, contacts and consent; every row but the brand's own is of one brand."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.columns import instant, long_text, sequence


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


class ProofGuessRow(SQLModel, table=True):
    """A wrong proof of identity; a few are forgiven, a series is not."""

    __tablename__ = "proof_guess"
    __table_args__ = (Index("proof_guess_contact", "brand", "contact_id", "at"),)
    seq: int | None = sequence()
    brand: str
    contact_id: str
    at: datetime = instant()
