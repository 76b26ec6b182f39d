"""What Alembic runs; `store.migrate` hands it the connection and holds the lock and transaction."""

from alembic import context
from sqlmodel import SQLModel

# Only imported tables are in the metadata.
import store.audience_tables
import store.contact_tables
import store.conversation_tables
import store.message_tables  # noqa: F401

context.configure(
    connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata
)
context.run_migrations()
