"""Which conversations are open, said once for every query that asks."""

from sqlalchemy import ColumnElement, Exists, exists
from sqlmodel import col

from domain.conversation import ENDINGS
from store.conversation_tables import ConversationRow
from store.message_tables import InboundMessageRow

_ENDED = tuple(ending.value for ending in ENDINGS)


def is_open() -> ColumnElement[bool]:
    """Return whether a conversation's row has not ended."""
    return col(ConversationRow.status).not_in(_ENDED)


def has_ended() -> ColumnElement[bool]:
    """Return whether a conversation's row has ended."""
    return col(ConversationRow.status).in_(_ENDED)


def sender_has_open() -> Exists:
    """Return whether whoever sent an inbound text has an open conversation."""
    row, text = ConversationRow, InboundMessageRow
    return exists().where(
        col(row.brand) == col(text.brand),
        col(row.contact_id) == col(text.contact_id),
        is_open(),
    )
