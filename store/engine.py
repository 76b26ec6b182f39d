"""Connections: SQLite with one writer at a time, or PostgreSQL through a pool."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from sqlite3 import Connection as SqliteConnection
from threading import Lock

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DatabaseError, DBAPIError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from domain.errors import StoreUnavailable

BUSY_TIMEOUT = timedelta(seconds=10)
"""How long one transaction waits for another; below the 15 s that providers wait for a webhook."""

_CONNECT_SECONDS = 5
_SILENCE_MILLISECONDS = 15_000


class Database:
    """Read and write transactions on one database.

    On SQLite a write takes the write lock at once (`BEGIN IMMEDIATE`), so that what it reads stays
    true until it commits; on PostgreSQL the code that needs this locks the contact's row.

    Args:
        engine: Connections.
        busy_timeout: How long a write waits for its turn.
    """

    def __init__(self, engine: Engine, busy_timeout: timedelta = BUSY_TIMEOUT) -> None:
        self._engine = engine
        self._busy_timeout = busy_timeout
        # SQLite's own waiting polls with growing pauses; threads of one process queue here instead.
        self._writer = Lock() if engine.dialect.name == "sqlite" else None
        # PostgreSQL would otherwise show each query of a block what was committed since the last.
        self._snapshots = (
            engine
            if engine.dialect.name == "sqlite"
            else engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        )

    @property
    def dialect(self) -> str:
        """Return "sqlite" or "postgresql"."""
        return self._engine.dialect.name

    @property
    def engine(self) -> Engine:
        """Return the connections themselves, for migrations and measurements."""
        return self._engine

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that commits at the end of the block.

        Raises:
            StoreUnavailable: It could not be begun or committed; nothing was written. Only a
                connection lost during the commit itself leaves that open, which is why each
                write can be repeated.
        """
        with self._turn(), _translated(), self._engine.connect() as connection:
            if self.dialect == "sqlite":
                connection.execute(text("BEGIN IMMEDIATE"))
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a connection for queries; one block sees one state of the database.

        Raises:
            StoreUnavailable: The database does not answer.
        """
        with _translated(), self._snapshots.connect() as connection:
            if self.dialect == "sqlite":
                connection.execute(text("BEGIN"))
            yield connection
            connection.rollback()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._writer is None:
            yield
            return
        if not self._writer.acquire(timeout=self._busy_timeout.total_seconds()):
            msg = "the database is busy with other writes"
            raise StoreUnavailable(msg)
        try:
            yield
        finally:
            self._writer.release()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InternalError, PoolTimeoutError) as error:
        raise StoreUnavailable(_sentence(error)) from error
    except DBAPIError as error:
        # Drivers use the bare class for a damaged file, the others for our own mistakes.
        if error.connection_invalidated or type(error) is DatabaseError:
            raise StoreUnavailable(_sentence(error)) from error
        raise


def _sentence(error: Exception) -> str:
    """Return the driver's first line: statements and their parameters carry bodies."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(cause).splitlines()[0] if str(cause) else type(error).__name__


def open_database(url: str, busy_timeout: timedelta = BUSY_TIMEOUT) -> Database:
    """Open a database; no connection is made before it is used.

    Args:
        url: SQLAlchemy URL, `sqlite:///path` or `postgresql+psycopg://…`. What a PostgreSQL URL
            says itself (`?connect_timeout=…`, `?options=…` behind a pooler) wins.
        busy_timeout: How long a transaction waits for the lock of another.

    Returns:
        The database.
    """
    build = _open_sqlite if url.startswith("sqlite") else _open_postgres
    return Database(build(url, busy_timeout), busy_timeout)


def _open_postgres(url: str, busy_timeout: timedelta) -> Engine:
    waits = {
        "connect_timeout": _CONNECT_SECONDS,
        # A peer that vanished without a word must not hold a webhook for minutes.
        "tcp_user_timeout": _SILENCE_MILLISECONDS,
        "options": f"-c lock_timeout={int(busy_timeout.total_seconds() * 1000)}"
        " -c idle_in_transaction_session_timeout=60s",
    }
    told = make_url(url).query
    return create_engine(
        url,
        connect_args={name: value for name, value in waits.items() if name not in told},
        pool_size=10,
        max_overflow=10,
        pool_timeout=busy_timeout.total_seconds(),
        pool_pre_ping=True,
        hide_parameters=True,
    )


def _open_sqlite(url: str, busy_timeout: timedelta) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": busy_timeout.total_seconds(), "check_same_thread": False},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: SqliteConnection, _record: object) -> None:
        # The driver must not open transactions behind our back; `write` begins them itself.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    return engine
