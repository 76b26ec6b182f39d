"""The last look before a text leaves: may it still be sent?"""

from datetime import datetime

from sqlalchemy import Connection, exists, func, select
from sqlmodel import col

from domain.errors import RuleBroken
from domain.handover import Handover
from domain.message import MessageOrigin
from domain.outbox import OutboxState
from store.contact_tables import ContactRow
from store.conversation_tables import ConversationRow
from store.gate_context import is_suppressed
from store.message_tables import InboundMessageRow, OutboxRow
from store.outbox_records import OutboxRecord, SendKind, Veto

# Only these are the agent's own words; a human's takeover silences nothing else.
_AGENT_KINDS = frozenset({SendKind.REPLY, SendKind.CLOSEOUT})
_CAME_TO_NOTHING = (OutboxState.VETOED.value, OutboxState.FAILED.value)
_ANSWERABLE = (Handover.TURN.value, Handover.HANDOFF.value)


def find_veto(
    connection: Connection, row: OutboxRecord, covers_seq: int | None, now: datetime
) -> Veto | None:
    """Return why a text must not be sent any more, None when it may.

    Runs in the transaction that flips the row, under the contact's lock, so that nothing can be
    committed between the look and the flip.

    Args:
        connection: The transaction.
        row: The text.
        covers_seq: Newest customer text it answers, None when any newer one does not matter.
        now: UTC.

    Raises:
        RuleBroken: The brand has no such contact, so that nothing is known about its consent.
    """
    unreachable = _is_unreachable(connection, row)
    suppressed = is_suppressed(connection, row.brand, row.contact_id)
    if suppressed and row.kind is not SendKind.CONFIRMATION:
        return Veto.SUPPRESSED
    if now > row.not_after:
        return Veto.STALE
    if unreachable:
        return Veto.UNREACHABLE
    if row.kind is SendKind.UPDATE and _human_answered(connection, row):
        return Veto.ANSWERED
    if row.kind in _AGENT_KINDS and _human_owns(connection, row):
        return Veto.HUMAN_OWNS
    if covers_seq is not None and _has_newer(connection, row, covers_seq):
        return Veto.NEWER_TEXT
    return None


def _is_unreachable(connection: Connection, row: OutboxRecord) -> bool:
    contact = ContactRow
    found = connection.execute(
        select(col(contact.unreachable)).where(
            col(contact.brand) == row.brand, col(contact.id) == row.contact_id
        )
    ).scalar_one_or_none()
    if found is None:
        msg = f"outbox row {row.outbox_id}: brand {row.brand} has no contact {row.contact_id}"
        raise RuleBroken(msg)
    return bool(found)


def _human_owns(connection: Connection, row: OutboxRecord) -> bool:
    conversation = ConversationRow
    owner = connection.execute(
        select(col(conversation.owner))
        .where(col(conversation.brand) == row.brand, col(conversation.id) == row.conversation_id)
        # A takeover changes this row without the contact's lock; it waits until the flip is done.
        .with_for_update(read=True)
    ).scalar_one_or_none()
    return owner == "human"


def _human_answered(connection: Connection, row: OutboxRecord) -> bool:
    """Return whether a human has written since the customer was told that one will."""
    text = OutboxRow
    told_at = select(func.max(col(text.created_at))).where(
        col(text.brand) == row.brand,
        col(text.conversation_id) == row.conversation_id,
        col(text.kind) == SendKind.ACKNOWLEDGEMENT.value,
    )
    return bool(
        connection.execute(
            select(
                exists().where(
                    col(text.brand) == row.brand,
                    col(text.contact_id) == row.contact_id,
                    col(text.origin) == MessageOrigin.HUMAN.value,
                    col(text.state).not_in(_CAME_TO_NOTHING),
                    col(text.created_at) > told_at.scalar_subquery(),
                )
            )
        ).scalar_one()
    )


def _has_newer(connection: Connection, row: OutboxRecord, covers_seq: int) -> bool:
    message = InboundMessageRow
    return bool(
        connection.execute(
            select(
                exists().where(
                    col(message.brand) == row.brand,
                    col(message.contact_id) == row.contact_id,
                    col(message.seq) > covers_seq,
                    col(message.handover).in_(_ANSWERABLE),
                )
            )
        ).scalar_one()
    )
