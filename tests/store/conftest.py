"""Each test of the store runs twice: on SQLite and on PostgreSQL, each time on a fresh database."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from store.migrate import migrate
from tests.postgres import PostgresServer, postgres_server
from tests.store.rig import Store, open_store

__all__ = ["postgres_server"]

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file with all tables and no rows; copy it."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_template(postgres_server: PostgresServer) -> str:
    """Give the name of a PostgreSQL database with all tables and no rows; copy it."""
    name = postgres_server.create_database()
    migrate(postgres_server.url(name))
    return name


@pytest.fixture(scope="session")
def shared_database(postgres_server: PostgresServer, migrated_template: str) -> str:
    """Give the name of the PostgreSQL database that tests have one after the other."""
    return postgres_server.create_database(migrated_template)


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create_database()
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a database with all tables and no rows."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "store.db")
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name: str = request.getfixturevalue("shared_database")
    server.empty_database(name, SQLModel.metadata.tables)
    yield server.url(name)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """Give the store with the brand "acme" in it."""
    opened = open_store(database_url)
    opened.add_brand()
    yield opened
    opened.database.close()
