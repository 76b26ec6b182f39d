"""What operators and helpdesks ask of the store, in SQL."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, select, update
from sqlmodel import col

from domain.ids import derived_id
from domain.message import MessageOrigin, TranscriptLine
from domain.outbox import OutboxState
from domain.segments import count_segments, normalise
from store.contacts import contact_of, read_contact
from store.conversation_tables import ConversationRow, TicketRow
from store.engine import Database
from store.message_tables import OutboxRow
from store.open_conversations import is_open
from store.operator_records import HumanText, OutsideText, StoredOutside, TicketOwner
from store.outbox_records import SendKind
from store.records import ConversationSummary
from store.statements import Cell, insert_new, table
from store.summaries import read_summary
from store.transcripts import read_transcript

_HUMAN_WITHIN = timedelta(hours=24)
_BEFORE_OPENING = timedelta(hours=48)


class SqlOperatorStore:
    """Implements `OperatorStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ticket_owner(self, brand: str, provider: str, ticket_id: str) -> TicketOwner | None:
        """Return the conversation of a ticket, None when the brand has no such one."""
        row = TicketRow
        query = select(col(row.conversation_id)).where(
            col(row.brand) == brand,
            col(row.provider) == provider,
            col(row.ticket_id) == ticket_id,
        )
        with self._database.read() as connection:
            conversation_id = connection.execute(query).scalars().first()
            if conversation_id is None:
                return None
            summary = read_summary(connection, brand, conversation_id)
        if summary is None:
            return None
        return TicketOwner(
            brand=brand, contact_id=summary.contact_id, conversation_id=conversation_id
        )

    def conversation(self, conversation_id: str) -> ConversationSummary | None:
        """Return a conversation of any brand; the caller holds the installation's key."""
        row = ConversationRow
        query = select(col(row.brand)).where(col(row.id) == conversation_id)
        with self._database.read() as connection:
            brand = connection.execute(query).scalar_one_or_none()
            return read_summary(connection, brand, conversation_id) if brand else None

    def transcript(
        self, conversation: ConversationSummary, limit: int
    ) -> tuple[TranscriptLine, ...]:
        """Return the texts of a conversation, and those of the two days before it."""
        since = conversation.opened_at - _BEFORE_OPENING
        with self._database.read() as connection:
            return read_transcript(
                connection, conversation.brand, conversation.contact_id, since, limit
            )

    def queue_human_text(self, owner: TicketOwner, body: str, key: str, now: datetime) -> HumanText:
        """Put a human's words into the outbox; the same key is one text.

        The human has the word from then on: what the agent was about to say does not leave after
        them, in whichever conversation of the contact's it would stand.

        Raises:
            RuleBroken: The contact never wrote, so that there is no number to answer from.
        """
        text = normalise(body)
        count = count_segments(text)
        outbox_id = derived_id("human", owner.brand, owner.conversation_id, key)
        with self._database.write() as connection:
            address = read_contact(connection, owner.brand, owner.contact_id)
            fresh = insert_new(
                connection,
                OutboxRow,
                {
                    "id": outbox_id,
                    "brand": owner.brand,
                    "contact_id": owner.contact_id,
                    "conversation_id": owner.conversation_id,
                    "turn": 0,
                    "kind": SendKind.HUMAN.value,
                    "origin": MessageOrigin.HUMAN.value,
                    "provider": address.provider,
                    "sender": address.number,
                    "recipient": address.phone,
                    "body": text,
                    "encoding": count.encoding.value,
                    "segments": count.segments,
                    "state": OutboxState.READY.value,
                    "attempts": 0,
                    "not_after": now + _HUMAN_WITHIN,
                    "created_at": now,
                    "updated_at": now,
                },
            )
            # Told again it is old news: the word may have been handed back since.
            word = _give_word if fresh else _revision
            revision = word(connection, owner.brand, owner.contact_id)
        return HumanText(outbox_id=outbox_id, revision=revision)

    def record_outside_text(self, text: OutsideText) -> StoredOutside:
        """Store a text that another system sent, so that the gate and the agent know of it."""
        count = count_segments(text.body)
        values: dict[str, Cell] = {
            "id": derived_id("outside", text.brand, text.key),
            "brand": text.brand,
            "turn": 0,
            "kind": SendKind.NOTICE.value,
            "origin": text.origin.value,
            "provider": text.provider,
            "sender": text.number,
            "recipient": text.phone,
            "body": text.body,
            "encoding": count.encoding.value,
            "segments": count.segments,
            "state": OutboxState.SENT.value,
            "attempts": 1,
            "not_after": text.sent_at,
            "first_try_at": text.sent_at,
            "created_at": text.sent_at,
            "updated_at": text.sent_at,
        }
        with self._database.write() as connection:
            contact_id = contact_of(connection, text.brand, text.phone, text.sent_at).contact_id
            fresh = insert_new(connection, OutboxRow, {**values, "contact_id": contact_id})
            revision = 0
            if text.origin is MessageOrigin.HUMAN:
                word = _give_word if fresh else _revision
                revision = word(connection, text.brand, contact_id)
        return StoredOutside(contact_id=contact_id, fresh=fresh, revision=revision)


def _give_word(connection: Connection, brand: str, contact_id: str) -> int:
    """Let a human have the word, whatever a workflow that has not heard of it is deciding now.

    Returns:
        The revision since then, 0 when no conversation is open.
    """
    row = ConversationRow
    taken = connection.execute(
        update(table(row))
        .where(*_open_with(brand, contact_id))
        .values(owner="human", revision=col(row.revision) + 1)
        .returning(col(row.revision))
    )
    return max(taken.scalars(), default=0)


def _revision(connection: Connection, brand: str, contact_id: str) -> int:
    row = ConversationRow
    query = select(func.max(col(row.revision))).where(*_open_with(brand, contact_id))
    return int(connection.execute(query).scalar_one() or 0)


def _open_with(brand: str, contact_id: str) -> tuple[ColumnElement[bool], ...]:
    row = ConversationRow
    return col(row.brand) == brand, col(row.contact_id) == contact_id, is_open()
