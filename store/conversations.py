"""Conversations and the texts they took, in SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, or_, select, update
from sqlmodel import col

from domain.conversation import ENDINGS, Status
from domain.errors import RuleBroken
from domain.gate.decision import Decision
from domain.handover import decide_handover
from domain.message import TranscriptLine
from domain.money import Usage
from domain.outbox import OutboxState
from store.base import NewEvent, Opening, StatusChange, TicketBinding
from store.brands import SettingsReader
from store.effects import Subject, apply_decision
from store.engine import Database
from store.ingest import lock_contact
from store.records import Contact, ConversationSummary, MessageText, OpenedConversation
from store.statements import Cell, insert_new, table
from store.tables import (
    ContactRow,
    ConversationRow,
    DecisionRow,
    EventRow,
    InboundMessageRow,
    OutboxRow,
    TicketRow,
    TurnStepRow,
)
from store.transcripts import read_transcript

_NEVER_LEFT = (OutboxState.READY.value, OutboxState.VETOED.value)


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
            settings = self._reader.read(connection, opening.brand)
            settled = _settled_elsewhere(connection, opening, message_ids)
            if len(settled) < len(message_ids):
                insert_new(
                    connection,
                    ConversationRow,
                    {
                        "id": opening.conversation_id,
                        "brand": opening.brand,
                        "contact_id": opening.contact_id,
                        "status": Status.OPEN.value,
                        "owner": "agent",
                        "settings_version": settings.version,
                        "opened_at": now,
                    },
                )
            return OpenedConversation(settings=settings, settled=settled)

    def claim_messages(
        self, brand: str, conversation_id: str, turn: int, message_ids: Sequence[str]
    ) -> tuple[MessageText, ...]:
        """Stamp texts with the turn that takes them and return them in order of arrival."""
        row = InboundMessageRow
        mine = (col(row.brand) == brand, col(row.id).in_(message_ids))
        with self._database.write() as connection:
            connection.execute(
                update(table(row)).where(*mine).values(conversation_id=conversation_id, turn=turn)
            )
            found = connection.execute(select(table(row)).where(*mine).order_by(col(row.seq)))
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
        row = InboundMessageRow
        query = (
            select(table(row), col(ContactRow.phone))
            .join(table(ContactRow), col(ContactRow.id) == col(row.contact_id))
            .where(col(row.brand) == brand, col(row.id) == message_id)
        )
        with self._database.write() as connection:
            found = connection.execute(query).mappings().one()
            lock_contact(connection, found["contact_id"])
            if not _replace_decision(connection, message_id, decision, now):
                return None
            subject = Subject(
                brand=brand,
                contact_id=found["contact_id"],
                phone=found["phone"],
                message_id=message_id,
                body=found["body"],
                recipient=found["recipient"],
                provider=found["provider"],
            )
            settings = self._reader.read(connection, brand).settings
            return apply_decision(connection, subject, decision, settings, now)

    def set_status(
        self, brand: str, conversation_id: str, change: StatusChange, now: datetime
    ) -> None:
        """Record where a conversation stands; an ending closes it."""
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
        with self._database.write() as connection:
            connection.execute(
                update(table(row))
                .where(col(row.brand) == brand, col(row.id) == conversation_id)
                .values(**values)
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
        row, message = ContactRow, InboundMessageRow
        query = (
            select(table(row), col(message.recipient), col(message.provider))
            .join(table(message), col(message.contact_id) == col(row.id))
            .where(col(row.brand) == brand, col(row.id) == contact_id)
            .order_by(col(message.seq).desc())
            .limit(1)
        )
        with self._database.read() as connection:
            found = connection.execute(query).mappings().first()
        if found is None:
            msg = f"brand {brand} has no contact {contact_id} that ever wrote"
            raise RuleBroken(msg)
        return Contact(
            contact_id=contact_id,
            brand=brand,
            phone=found["phone"],
            unreachable=found["unreachable"],
            number=found["recipient"],
            provider=found["provider"],
        )

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

    def record_event(self, brand: str, event: NewEvent, now: datetime) -> None:
        """Queue a business event; the same id twice is queued once."""
        row = ConversationRow
        with self._database.write() as connection:
            contact_id = connection.execute(
                select(col(row.contact_id)).where(
                    col(row.brand) == brand, col(row.id) == event.conversation_id
                )
            ).scalar_one()
            insert_new(
                connection,
                EventRow,
                {
                    **event.model_dump(exclude={"event_id"}),
                    "id": event.event_id,
                    "brand": brand,
                    "contact_id": contact_id,
                    "at": now,
                },
            )


def read_summary(
    connection: Connection, brand: str, conversation_id: str
) -> ConversationSummary | None:
    """Return a conversation with its usage, None when the brand has no such one."""
    row = ConversationRow
    found = (
        connection.execute(
            select(table(row)).where(col(row.brand) == brand, col(row.id) == conversation_id)
        )
        .mappings()
        .first()
    )
    if found is None:
        return None
    return ConversationSummary(
        conversation_id=found["id"],
        brand=brand,
        contact_id=found["contact_id"],
        status=Status(found["status"]),
        owner=found["owner"],
        intent=found["intent"],
        escalation_reason=found["escalation_reason"],
        opened_at=found["opened_at"],
        closed_at=found["closed_at"],
        usage=read_usage(connection, brand, conversation_id),
    )


def read_usage(connection: Connection, brand: str, conversation_id: str) -> Usage:
    """Add up what a conversation consumed: from the rows themselves, so that it cannot drift."""
    out, message, step = OutboxRow, InboundMessageRow, TurnStepRow
    segments_out = connection.execute(
        select(func.coalesce(func.sum(col(out.segments)), 0)).where(
            col(out.brand) == brand,
            col(out.conversation_id) == conversation_id,
            col(out.state).not_in((*_NEVER_LEFT, OutboxState.FAILED.value)),
        )
    ).scalar_one()
    segments_in = connection.execute(
        select(func.coalesce(func.sum(col(message.segments)), 0)).where(
            col(message.brand) == brand, col(message.conversation_id) == conversation_id
        )
    ).scalar_one()
    tokens = connection.execute(
        select(
            func.coalesce(func.sum(col(step.input_tokens)), 0),
            func.coalesce(func.sum(col(step.cached_tokens)), 0),
            func.coalesce(func.sum(col(step.output_tokens)), 0),
            func.count(),
        ).where(col(step.brand) == brand, col(step.conversation_id) == conversation_id)
    ).one()
    return Usage(
        segments_out=int(segments_out),
        segments_in=int(segments_in),
        input_tokens=int(tokens[0]),
        cached_tokens=int(tokens[1]),
        output_tokens=int(tokens[2]),
        model_calls=int(tokens[3]),
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


def _replace_decision(
    connection: Connection, message_id: str, decision: Decision, now: datetime
) -> bool:
    """Return False when the model's verdict already stands, so that a retry entails nothing."""
    row = DecisionRow
    changed = connection.execute(
        update(table(row))
        .where(
            col(row.message_id) == message_id,
            or_(col(row.layer) != decision.layer.value, col(row.rule) != decision.rule),
        )
        .values(
            disposition=decision.disposition.value,
            label=decision.label.value,
            reason=decision.reason,
            layer=decision.layer.value,
            score=decision.score,
            rule=decision.rule,
            decision=decision.model_dump_json(),
            decided_at=now,
        )
    )
    handover = decide_handover(decision)
    connection.execute(
        update(table(InboundMessageRow))
        .where(col(InboundMessageRow.id) == message_id)
        .values(handover=handover.value if handover else None)
    )
    return changed.rowcount == 1
