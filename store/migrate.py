"""Bringing a database's tables up to date; every process does so when it starts."""

from datetime import timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from store.engine import open_database

_WAIT = timedelta(minutes=1)
# Any number will do; it must only never change.
_LOCK = 7_223_198_451


def migrate(database_url: str, wait: timedelta = _WAIT) -> None:
    """Bring the tables up to date; what is up to date is left alone.

    Several processes may call it at once: one migrates, the others wait. All steps are one
    transaction, so that a step that fails leaves the database as it was. A database that a newer
    release has migrated is left as it is: migrations only add, so that both releases can work
    on it during a deploy.

    Args:
        database_url: As for `open_database`.
        wait: How long to wait for another process that migrates.

    Raises:
        StoreUnavailable: The database does not answer, or another process takes too long.
    """
    database = open_database(database_url, busy_timeout=wait)
    try:
        with database.write() as connection:
            if database.dialect == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            _upgrade(connection)
    finally:
        database.close()


def _upgrade(connection: Connection) -> None:
    config = Config()
    # Alembic reads its settings through a ConfigParser, to which a % is special.
    folder = str(Path(__file__).with_name("migrations")).replace("%", "%%")
    config.set_main_option("script_location", folder)
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if set(MigrationContext.configure(connection).get_current_heads()) <= known:
        command.upgrade(config, "head")
