"""The law of outages: the store says StoreUnavailable, nothing is written, and it recovers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.errors import StoreUnavailable
from store.engine import open_database
from tests.builders import NOW, a_reply, an_inbound
from tests.postgres import PostgresServer
from tests.store.rig import Store, open_store

SOON = timedelta(milliseconds=150)
BODY = "my words must not be logged"


@contextmanager
def _impatient(url: str) -> Iterator[Store]:
    store = open_store(open_database(url, busy_timeout=SOON))
    yield store
    store.database.close()


def test_ingest_while_another_holds_the_database_is_unavailable(
    store: Store, database_url: str
) -> None:
    """A lock held longer than the time-out is an error the provider answers with a retry."""
    contact_id = store.contact_of(store.ingest(an_inbound()))
    before = store.counts()
    with _impatient(database_url) as other:
        with store.database.write() as connection:
            if store.database.dialect == "postgresql":
                connection.execute(text("SELECT id FROM contact FOR UPDATE"))
            with pytest.raises(StoreUnavailable) as refused:
                other.ingest(an_inbound(BODY))
            with pytest.raises(StoreUnavailable):
                other.outbox.claim(a_reply(contact_id), NOW)

        assert BODY not in str(refused.value)
        assert store.counts() == before
        assert not other.ingest(an_inbound(BODY)).duplicate


def test_write_while_this_process_writes_too_long_is_unavailable(tmp_path: Path) -> None:
    """Threads of one process queue for SQLite's one writer no longer than the time-out."""
    with (
        _impatient(f"sqlite:///{tmp_path / 'store.db'}") as own,
        own.database.write(),
        pytest.raises(StoreUnavailable, match="busy"),
    ):
        own.ingest(an_inbound())


@pytest.mark.postgres
def test_store_while_postgres_is_stopped_is_unavailable_and_recovers(
    postgres_server: PostgresServer, migrated_template: str
) -> None:
    """A restart of the server costs the calls in between, not a restart of ours."""
    with _impatient(
        postgres_server.url(postgres_server.create_database(migrated_template))
    ) as store:
        store.add_brand()
        store.ingest(an_inbound())
        message = an_inbound(BODY)
        postgres_server.stop()
        try:
            with pytest.raises(StoreUnavailable) as refused:
                store.ingest(message)
            with pytest.raises(StoreUnavailable):
                store.inbound.pending(NOW, 1)
        finally:
            postgres_server.start()

        assert BODY not in str(refused.value)
        assert not store.ingest(message).duplicate
        assert store.counts()["inbound_message"] == 2


@pytest.mark.postgres
def test_write_whose_connection_is_cut_is_unavailable_and_leaves_nothing(
    postgres_server: PostgresServer, migrated_template: str
) -> None:
    """A failover in the middle of a transaction undoes all of it."""
    name = postgres_server.create_database(migrated_template)
    with _impatient(postgres_server.url(name)) as store:
        store.add_brand()
        before = store.counts()

        with pytest.raises(StoreUnavailable):
            _delete_through_a_cut(store, postgres_server, name)

        assert store.counts() == before


def _delete_through_a_cut(store: Store, server: PostgresServer, name: str) -> None:
    with store.database.write() as connection:
        connection.execute(text("DELETE FROM sender"))
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"  # noqa: S608
            f" WHERE datname = '{name}'"
        )
        connection.execute(text("DELETE FROM brand"))


def test_store_without_its_file_is_unavailable(tmp_path: Path) -> None:
    """A missing folder is told in the driver's sentence, without statement or parameters."""
    url = f"sqlite:///{tmp_path / 'missing' / 'store.db'}"
    with _impatient(url) as store, pytest.raises(StoreUnavailable, match="unable to open"):
        store.brands.brands()


def test_read_of_a_damaged_file_is_unavailable(tmp_path: Path) -> None:
    """Bytes that are no database are not mistaken for a bug of ours."""
    path = tmp_path / "store.db"
    path.write_bytes(b"this is no database " * 400)

    with _impatient(f"sqlite:///{path}") as store, pytest.raises(StoreUnavailable):
        store.brands.brands()


def test_read_sees_one_state_of_the_database(store: Store) -> None:
    """What is committed in the middle of a block is not half seen by it."""
    with store.database.read() as connection:
        query = text("SELECT count(*) FROM inbound_message")
        first = connection.execute(query).scalar_one()
        store.ingest(an_inbound())
        second = connection.execute(query).scalar_one()

    assert (first, second) == (0, 0)
    assert store.counts()["inbound_message"] == 1
