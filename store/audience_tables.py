"""The tables of segments and of what people have done; every row is of one brand."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from store.columns import instant, long_text, sequence


class MembershipRow(SQLModel, table=True):
    """A contact's segments at the marketing platform, as last read; a cache."""

    __tablename__ = "membership"
    brand: str = Field(primary_key=True)
    contact_id: str = Field(primary_key=True)
    segments: str = long_text()
    refreshed_at: datetime = instant()


class SegmentMemberRow(SQLModel, table=True):
    """A phone number in a segment that the brand keeps here."""

    __tablename__ = "segment_member"
    __table_args__ = (Index("segment_member_phone", "brand", "phone"),)
    brand: str = Field(primary_key=True)
    segment: str = Field(primary_key=True)
    phone: str = Field(primary_key=True)


class AuditRow(SQLModel, table=True):
    """What somebody did, or was refused; rows are only ever added."""

    __tablename__ = "audit"
    __table_args__ = (Index("audit_brand", "brand", "seq"),)
    seq: int | None = sequence()
    at: datetime = instant()
    brand: str | None = None
    actor: str
    action: str
    detail: str = long_text()
