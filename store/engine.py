"""Connections: SQLite with one writer at a time, or PostgreSQL through a pool."""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from domain.errors import StoreUnavailable


class Database:
    """Read and write transactions on one database.

    On SQLite a write takes the write lock at once (`BEGIN IMMEDIATE`), so that what it reads stays
    true until it commits; on PostgreSQL the code that needs this locks the contact's row.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def dialect(self) -> str:
        """Return "sqlite" or "postgresql"."""
        return self._engine.dialect.name

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that commits at the end of the block.

        Raises:
            StoreUnavailable: It could not be begun or committed; nothing was written.
        """
        with _translated(), self._engine.connect() as connection:
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
        with _translated(), self._engine.connect() as connection:
            if self.dialect == "sqlite":
                connection.execute(text("BEGIN"))
            yield connection
            connection.rollback()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, PoolTimeoutError) as error:
        raise StoreUnavailable(_sentence(error)) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreUnavailable(_sentence(error)) from error
        raise


def _sentence(error: Exception) -> str:
    """Return the driver's first line: statements and their parameters carry bodies."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(cause).splitlines()[0] if str(cause) else type(error).__name__


def open_database(url: str) -> Database:
    """Open a database; no connection is made before it is used.

    Args:
        url: SQLAlchemy URL, `sqlite:///path` or `postgresql+psycopg://…`.

    Returns:
        The database.
    """
    if not url.startswith("sqlite"):
        return Database(create_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True))
    engine = create_engine(url, connect_args={"timeout": 10, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: SqliteConnection, _record: object) -> None:
        # The driver must not open transactions behind our back; `write` begins them itself.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    return Database(engine)
