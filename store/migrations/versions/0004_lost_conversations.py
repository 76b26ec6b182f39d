"""What is open, and what no conversation has taken, found without reading the rest."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_OPEN = sa.text("closed_at IS NULL")
_UNTAKEN = sa.text("handover IS NOT NULL AND dispatched_at IS NOT NULL AND conversation_id IS NULL")


def upgrade() -> None:
    op.create_index(
        "conversation_open",
        "conversation",
        ["opened_at"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index(
        "inbound_message_untaken",
        "inbound_message",
        ["conversation_id", "received_at"],
        sqlite_where=_UNTAKEN,
        postgresql_where=_UNTAKEN,
    )


def downgrade() -> None:
    op.drop_index("inbound_message_untaken", "inbound_message")
    op.drop_index("conversation_open", "conversation")
