"""Column types and their shorthands: aware instants, texts any database takes, arrival numbers."""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

# PostgreSQL keeps no NUL, and half a surrogate pair has no UTF-8; both reach us in JSON and forms.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

# SQLite counts only INTEGER primary keys by itself; PostgreSQL should not run out of them.
_SEQUENCE = BigInteger().with_variant(Integer, "sqlite")


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


class LongText(TypeDecorator[str]):
    """A text of any length; what no database can keep becomes U+FFFD, so that the rest is kept."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002  (SQLAlchemy's signature)
    ) -> str | None:
        """Replace what cannot be stored."""
        return None if value is None else _UNSTORABLE.sub("\ufffd", value)


def long_text(**options: Any) -> Any:  # noqa: ANN401  (whatever SQLModel takes)
    """Return a column for words of people, models or JSON."""
    return Field(sa_type=LongText, **options)


def instant(**options: Any) -> Any:  # noqa: ANN401
    """Return a column for an aware instant."""
    return Field(sa_type=UtcDateTime, **options)


def sequence() -> Any:  # noqa: ANN401
    """Return a primary key that counts rows as they are inserted."""
    return Field(default=None, primary_key=True, sa_type=_SEQUENCE)
