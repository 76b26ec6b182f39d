"""Statements that SQLite and PostgreSQL spell differently, and small conveniences for the rest."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

Row = TypeVar("Row", bound=SQLModel)
Cell = str | int | float | bool | datetime | None


def table(row: type[SQLModel]) -> Table:
    """Return the table behind a row class."""
    found: Table = row.__table__  # type: ignore[attr-defined]  # SQLModel adds it at run time
    return found


def insert_new(connection: Connection, row: type[SQLModel], values: Mapping[str, Cell]) -> bool:
    """Insert a row unless one with the same key is there.

    Returns:
        Whether it was inserted.
    """
    build = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = build(table(row)).values(**values).on_conflict_do_nothing()
    return connection.execute(statement).rowcount == 1


def new_id() -> str:
    """Return a fresh random id; it tells nothing about who or when."""
    return uuid4().hex
