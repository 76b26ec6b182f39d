"""Opening a conversation, and stamping texts with the turn that takes them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, or_, select, update
from sqlmodel import col

from domain.conversation import Status
from domain.errors import RuleBroken
from store.brands import SettingsReader
from store.conversation_tables import ConversationRow
from store.message_tables import InboundMessageRow
from store.records import MessageText, OpenedConversation, Opening
from store.statements import Cell, insert_new, table


def open_row(
    connection: Connection,
    reader: SettingsReader,
    opening: Opening,
    message_ids: Sequence[str],
    now: datetime,
) -> OpenedConversation:
    """Open a conversation, or find it open, and say which of its texts were taken before.

    A conversation keeps the settings it was opened with. One that would hold only texts taken
    before is not opened.

    Raises:
        RuleBroken: The id belongs to a conversation of another brand.
    """
    if opening.passed_on:
        _take_over(connection, opening)
    settled = _settled_elsewhere(connection, opening, message_ids)
    version = _version_of(connection, opening)
    settings = reader.read(connection, opening.brand, version)
    if version is None and (not message_ids or len(settled) < len(set(message_ids))):
        values: dict[str, Cell] = {
            "id": opening.conversation_id,
            "brand": opening.brand,
            "contact_id": opening.contact_id,
            "status": Status.OPEN.value,
            "owner": "agent",
            "settings_version": settings.version,
            "opened_at": now,
        }
        if not insert_new(connection, ConversationRow, values):
            settings = reader.read(connection, opening.brand, _version_of(connection, opening))
    return OpenedConversation(settings=settings, settled=settled)


def stamp_texts(
    connection: Connection,
    brand: str,
    conversation_id: str,
    turn: int,
    message_ids: Sequence[str],
) -> tuple[MessageText, ...]:
    """Stamp texts with the turn that takes them and return them in order of arrival.

    What another conversation has taken stays with it and is not returned: it was answered there.
    A step that was called off and ends late does not take them back into its own, older turn.
    """
    row = InboundMessageRow
    free = or_(col(row.conversation_id).is_(None), col(row.conversation_id) == conversation_id)
    mine = (col(row.brand) == brand, col(row.id).in_(message_ids), free)
    older = or_(col(row.turn).is_(None), col(row.turn) <= turn)
    connection.execute(
        update(table(row)).where(*mine, older).values(conversation_id=conversation_id, turn=turn)
    )
    return read_texts(connection, *mine)


def taken_texts(
    connection: Connection,
    brand: str,
    conversation_id: str,
    turn: int,
    message_ids: Sequence[str],
) -> tuple[MessageText, ...] | None:
    """Return what `stamp_texts` would, None when there is something left to stamp."""
    row = InboundMessageRow
    stamped = (col(row.conversation_id) == conversation_id, col(row.turn) == turn)
    mine = (col(row.brand) == brand, col(row.id).in_(message_ids))
    found = read_texts(connection, *mine, *stamped)
    return found if len(found) == len(set(message_ids)) else None


def read_texts(connection: Connection, *wanted: ColumnElement[bool]) -> tuple[MessageText, ...]:
    """Return the texts that fit, in order of arrival."""
    row = InboundMessageRow
    found = connection.execute(select(table(row)).where(*wanted).order_by(col(row.seq)))
    return tuple(
        MessageText(
            message_id=r["id"],
            seq=r["seq"],
            body=r["body"],
            recipient=r["recipient"],
            received_at=r["received_at"],
        )
        for r in found.mappings()
    )


def _version_of(connection: Connection, opening: Opening) -> int | None:
    """Return the settings a conversation runs on, None when it is not open yet."""
    row = ConversationRow
    found = connection.execute(
        select(col(row.brand), col(row.settings_version)).where(
            col(row.id) == opening.conversation_id
        )
    ).first()
    if found is None:
        return None
    if found[0] != opening.brand:
        msg = f"conversation {opening.conversation_id} is not one of brand {opening.brand}"
        raise RuleBroken(msg)
    return int(found[1])


def _take_over(connection: Connection, opening: Opening) -> None:
    """Make texts this conversation's that the one before had stamped but never answered.

    At once, not when a turn takes them: a step of the one before may still be under way somewhere
    and would stamp what is free.
    """
    row = InboundMessageRow
    connection.execute(
        update(table(row))
        .where(
            col(row.brand) == opening.brand,
            col(row.contact_id) == opening.contact_id,
            col(row.id).in_(opening.passed_on),
            col(row.conversation_id) == opening.passed_on_by,
        )
        .values(conversation_id=opening.conversation_id, turn=None)
    )


def _settled_elsewhere(
    connection: Connection, opening: Opening, message_ids: Sequence[str]
) -> tuple[str, ...]:
    row = InboundMessageRow
    found = connection.execute(
        select(col(row.id)).where(
            col(row.brand) == opening.brand,
            col(row.id).in_(message_ids),
            col(row.conversation_id).is_not(None),
            col(row.conversation_id) != opening.conversation_id,
        )
    )
    return tuple(found.scalars())
