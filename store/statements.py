"""Statements that SQLite and PostgreSQL spell differently, and small conveniences for the rest."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, Table, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

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
    statement = _insert(connection, row).values(**values).on_conflict_do_nothing()
    return _wrote(connection, statement)


def insert_or_change(
    connection: Connection,
    row: type[SQLModel],
    values: Mapping[str, Cell],
    unless: Mapping[str, Cell],
) -> bool:
    """Insert a row, or overwrite the one with the same primary key unless it has these cells.

    Returns:
        Whether anything was written.
    """
    target = table(row)
    key = [column.name for column in target.primary_key]
    differs = [target.c[name] != cell for name, cell in unless.items()]
    statement = (
        _insert(connection, row)
        .values(**values)
        .on_conflict_do_update(
            index_elements=key,
            set_={name: cell for name, cell in values.items() if name not in key},
            where=or_(*differs),
        )
    )
    return _wrote(connection, statement)


def new_id() -> str:
    """Return a fresh random id; it tells nothing about who or when."""
    return uuid4().hex


def _wrote(connection: Connection, statement: sqlite.Insert | postgresql.Insert) -> bool:
    # Without the option SQLAlchemy forgets the count of an INSERT on PostgreSQL and says -1.
    done = connection.execute(statement, execution_options={"preserve_rowcount": True})
    return done.rowcount == 1


def _insert(connection: Connection, row: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    build = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return build(table(row))
