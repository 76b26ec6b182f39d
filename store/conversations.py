"""Conversations and the texts they took, in SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import col

from domain.conversation import ENDINGS, RESOLUTIONS, Status
from domain.gate.decision import Decision
from domain.message import TranscriptLine
from domain.money import Usage
from store.brands import SettingsReader
from store.contacts import read_contact
from store.conversation_tables import ConversationRow, TicketRow
from store.engine import Database
from store.message_tables import DecisionRow, InboundMessageRow
from store.open_conversations import is_open
from store.opening import open_row, stamp_texts, taken_texts
from store.records import (
    Contact,
    ConversationSummary,
    MessageText,
    OpenedConversation,
    Opening,
    StatusChange,
    TicketBinding,
)
from store.statements import Cell, insert_new, table
from store.summaries import read_summary, read_usage
from store.transcripts import read_transcript
from store.verdicts import replace_decision


class SqlConversationStore:
    """Implements `ConversationStore`."""

    def __init__(self, database: Database, reader: SettingsReader) -> None:
        self._database = database
        self._reader = reader

    def open_conversation(
        self, opening: Opening, message_ids: Sequence[str], now: datetime
    ) -> OpenedConversation:
        """Open a conversation, or find it open; a second call changes nothing."""
        with self._database.write() as connection:
            return open_row(connection, self._reader, opening, message_ids, now)

    def claim_messages(
        self, brand: str, conversation_id: str, turn: int, message_ids: Sequence[str]
    ) -> tuple[MessageText, ...]:
        """Stamp texts with the turn that takes them and return them in order of arrival."""
        # Every step but a turn's first finds them stamped and leaves the one writer to others.
        with self._database.read() as connection:
            taken = taken_texts(connection, brand, conversation_id, turn, message_ids)
        if taken is not None:
            return taken
        with self._database.write() as connection:
            return stamp_texts(connection, brand, conversation_id, turn, message_ids)

    def decision(self, brand: str, message_id: str) -> tuple[str, Decision] | None:
        """Return a text's body and decision."""
        row = InboundMessageRow
        query = (
            select(col(row.body), col(DecisionRow.decision))
            .join(table(DecisionRow), col(DecisionRow.message_id) == col(row.id))
            .where(col(row.brand) == brand, col(row.id) == message_id)
        )
        with self._database.read() as connection:
            found = connection.execute(query).first()
            return (found[0], Decision.model_validate_json(found[1])) if found else None

    def record_decision(
        self, brand: str, message_id: str, decision: Decision, now: datetime
    ) -> str | None:
        """Replace a text's decision by the model's and do what it entails."""
        with self._database.write() as connection:
            return replace_decision(connection, self._reader, (brand, message_id), decision, now)

    def set_status(
        self, brand: str, conversation_id: str, change: StatusChange, now: datetime
    ) -> int:
        """Record where a conversation stands; an ending closes it, and what has ended stays so."""
        values: dict[str, Cell] = {"status": change.status.value}
        if change.intent is not None:
            values["intent"] = change.intent
        if change.reason is not None:
            values["escalation_reason"] = change.reason
        if change.owner is not None:
            values["owner"] = change.owner
        if change.status in ENDINGS:
            values["closed_at"] = now
        row = ConversationRow
        mine = (col(row.brand) == brand, col(row.id) == conversation_id)
        changing = [*mine, is_open()]
        if change.revision is not None:
            values["revision"] = change.revision
            if change.status not in ENDINGS:  # nothing comes after an ending
                changing.append(col(row.revision) < change.revision)
        with self._database.write() as connection:
            changed = connection.execute(
                update(table(row)).where(*changing).values(**values).returning(col(row.revision))
            ).scalar_one_or_none()
            if changed is None:
                changed = connection.execute(
                    select(col(row.revision)).where(*mine)
                ).scalar_one_or_none()
            return changed or 0

    def resolved_before(
        self, brand: str, contact_id: str, conversation_id: str, since: datetime
    ) -> str | None:
        """Return the contact's conversation before this one, if it ended resolved since then."""
        row = ConversationRow
        query = (
            select(table(row))
            .where(
                col(row.brand) == brand,
                col(row.contact_id) == contact_id,
                col(row.id) != conversation_id,
                col(row.status) != Status.IGNORED.value,
            )
            .order_by(col(row.opened_at).desc())
            .limit(1)
        )
        with self._database.read() as connection:
            last = connection.execute(query).mappings().first()
        if last is None or last["status"] not in RESOLUTIONS or last["reverted_at"] is not None:
            return None
        return str(last["id"]) if last["closed_at"] > since else None

    def mark_reverted(self, brand: str, conversation_id: str, now: datetime) -> None:
        """Note that a resolution was taken back; the first time counts."""
        row = ConversationRow
        with self._database.write() as connection:
            connection.execute(
                update(table(row))
                .where(
                    col(row.brand) == brand,
                    col(row.id) == conversation_id,
                    col(row.status).in_([ending.value for ending in RESOLUTIONS]),
                    col(row.reverted_at).is_(None),
                )
                .values(reverted_at=now)
            )

    def note_answered(self, brand: str, conversation_id: str, intent: str | None) -> None:
        """Note that the agent has answered: the customer has the word, unless a human has it."""
        row = ConversationRow
        with self._database.write() as connection:
            connection.execute(
                update(table(row))
                .where(
                    col(row.brand) == brand,
                    col(row.id) == conversation_id,
                    col(row.status).in_((Status.OPEN.value, Status.WAITING.value)),
                )
                .values(status=Status.WAITING.value, intent=func.coalesce(intent, col(row.intent)))
            )

    def contact(self, brand: str, contact_id: str) -> Contact:
        """Return the contact."""
        with self._database.read() as connection:
            return read_contact(connection, brand, contact_id)

    def transcript(
        self, brand: str, contact_id: str, since: datetime, limit: int
    ) -> tuple[TranscriptLine, ...]:
        """Return the last texts either way since then, oldest first; only what was sent."""
        with self._database.read() as connection:
            return read_transcript(connection, brand, contact_id, since, limit)

    def summary(self, brand: str, conversation_id: str) -> ConversationSummary | None:
        """Return a conversation with its usage."""
        with self._database.read() as connection:
            return read_summary(connection, brand, conversation_id)

    def usage(self, brand: str, conversation_id: str) -> Usage:
        """Return what a conversation has consumed so far."""
        with self._database.read() as connection:
            return read_usage(connection, brand, conversation_id)

    def save_ticket(
        self, brand: str, conversation_id: str, ticket: TicketBinding, now: datetime
    ) -> None:
        """Bind a helpdesk's ticket to a handoff; a second binding of the same is dropped."""
        with self._database.write() as connection:
            insert_new(
                connection,
                TicketRow,
                {
                    **ticket.model_dump(),
                    "brand": brand,
                    "conversation_id": conversation_id,
                    "opened_at": now,
                },
            )
