"""Laws of the migrations: they make exactly the tables of the code, once, and all or nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlmodel import SQLModel

import store.migrations
from domain.errors import StoreUnavailable
from store.engine import open_database
from store.migrate import migrate

_VERSIONS = "alembic_version"


def _shape(engine: Engine) -> dict[str, object]:
    """Describe every table as the database itself does."""
    look = inspect(engine)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in look.get_columns(name)],
            look.get_pk_constraint(name)["constrained_columns"],
            sorted(tuple(u["column_names"]) for u in look.get_unique_constraints(name)),
            sorted(
                (str(i["name"]), tuple(i["column_names"]), "where" in str(i["dialect_options"]))
                for i in look.get_indexes(name)
                if "duplicates_constraint" not in i
            ),
        )
        for name in look.get_table_names()
        if name != _VERSIONS
    }


def _tables(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        return sorted(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_migrations_on_an_empty_database_make_exactly_the_tables_of_the_code(
    empty_url: str,
) -> None:
    """Columns, types, keys, uniques and indexes are those of SQLModel.metadata."""
    migrate(empty_url)
    engine = create_engine(empty_url)
    with engine.begin() as connection:
        difference = compare_metadata(_context(connection), SQLModel.metadata)
        migrated = _shape(engine)
        connection.execute(text(f"DROP TABLE {_VERSIONS}"))
    SQLModel.metadata.drop_all(engine)
    SQLModel.metadata.create_all(engine)
    created = _shape(engine)
    engine.dispose()

    assert difference == []
    assert migrated == created


def _context(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )


def test_migrate_on_a_migrated_database_changes_nothing(empty_url: str) -> None:
    """It runs at every start, so that a second run must keep rows and tables."""
    migrate(empty_url)
    database = open_database(empty_url)
    with database.write() as connection:
        connection.execute(text("INSERT INTO sender VALUES ('+13125550100', 'acme', 'twilio')"))
    before = _tables(empty_url)

    migrate(empty_url)

    with database.read() as connection:
        assert connection.execute(text("SELECT brand FROM sender")).scalar_one() == "acme"
    assert _tables(empty_url) == before
    database.close()


def test_migrate_from_several_processes_at_once_migrates_once(empty_url: str) -> None:
    """API, worker and console start together; whoever comes second waits and finds it done."""
    code = "import sys; from store.migrate import migrate; migrate(sys.argv[1])"
    command = [sys.executable, "-c", code, empty_url]
    root = Path(store.migrations.__file__).parents[2]
    started = [
        subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True)  # noqa: S603
        for _ in range(3)
    ]
    complaints = [process.communicate()[1] for process in started]

    assert [process.returncode for process in started] == [0, 0, 0], complaints
    assert set(_tables(empty_url)) == {*SQLModel.metadata.tables, _VERSIONS}


def test_migrate_when_a_step_fails_leaves_the_database_as_it_was(empty_url: str) -> None:
    """A table that stands in the way of the last step undoes the steps before it."""
    engine = create_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE tool_result (in_the_way INTEGER)"))
    engine.dispose()

    with pytest.raises(Exception, match="tool_result"):
        migrate(empty_url)

    assert _tables(empty_url) == ["tool_result"]


def test_migrate_on_a_database_of_a_newer_release_leaves_it_alone(empty_url: str) -> None:
    """An older process that restarts during a deploy works on, because migrations only add."""
    migrate(empty_url)
    engine = create_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    migrate(empty_url)

    with engine.begin() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    assert found == "9999"
    engine.dispose()


def test_migrate_when_the_database_cannot_be_reached_says_so(tmp_path: Path) -> None:
    """Starting without a database ends in the store's own error, not in a driver's."""
    with pytest.raises(StoreUnavailable):
        migrate(f"sqlite:///{tmp_path / 'missing' / 'store.db'}")
