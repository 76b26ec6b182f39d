"""Committing one delivered text with its decision and all it entails, in one transaction."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select
from sqlmodel import col

from domain.errors import UnknownNumber
from domain.gate.decision import Decision, Disposition
from domain.handover import Handover, decide_handover
from domain.ids import inbound_id
from domain.message import InboundMessage
from domain.phone import parse_sender
from domain.redaction import Redacted
from store.base import Decide
from store.brands import SettingsReader
from store.consent_order import is_overtaken
from store.contact_tables import BrandSettingsRow, SenderRow
from store.contacts import contact_of, note_reached
from store.effects import apply_decision
from store.engine import Database
from store.gate_context import first_context, read_context
from store.memberships import with_segments
from store.message_tables import DecisionRow, InboundMessageRow
from store.notices import Subject, queue_card_warning
from store.records import Ingested
from store.split_secrets import redact_in_context
from store.statements import Cell, insert_new, table


class SqlIngest:
    """The write path of the webhook; statements are plain, the ORM is not on it."""

    def __init__(self, database: Database, reader: SettingsReader) -> None:
        self._database = database
        self._reader = reader

    def ingest(self, message: InboundMessage, decide: Decide, now: datetime) -> Ingested:
        """Commit one text, its decision and all the decision entails.

        Args:
            message: As the provider delivered it.
            decide: The gate's rule layer.
            now: UTC.

        Returns:
            What is to be done next.

        Raises:
            UnknownNumber: No brand has this number; nothing was written.
        """
        message_id = inbound_id(message.provider, message.provider_message_id)
        with self._database.write() as connection:
            brand, version = _brand_of(connection, message.recipient)
            settings = self._reader.read(connection, brand, version).settings
            phone = parse_sender(message.sender)[1]
            contact_id, is_new, unreachable = contact_of(connection, brand, phone, now)
            context = (
                first_context(message, now)
                if is_new
                else read_context(connection, brand, contact_id, message, now)
            )
            context = with_segments(connection, context, (brand, contact_id, phone), settings, now)
            redacted, context = redact_in_context(connection, brand, contact_id, message, context)
            decision = decide(redacted.text, context, settings)
            who = (brand, contact_id)
            overtaken = message.late and is_overtaken(connection, who, decision, message)
            handover = _handover(decision, overtaken=overtaken)
            row = _row(message, redacted, message_id, handover) | _of(who)
            if not _insert_text(connection, row, contact_id if unreachable else None):
                return Ingested(message_id=message_id, duplicate=True)
            record_decision(connection, brand, message_id, decision, now)
            evidence = redacted.text if _is_evidence(decision) else ""
            subject = _subject(message, message_id, who, evidence)
            notice = None
            if not overtaken:
                notice = apply_decision(connection, subject, decision, settings, now)
            warning = None
            if redacted.kinds and decision.disposition is Disposition.ANSWER:
                warning = queue_card_warning(connection, subject, settings, now)
        return Ingested(
            message_id=message_id,
            handover=handover,
            notice_id=notice,
            warning_id=warning,
            decision=decision,
        )


def _insert_text(connection: Connection, row: dict[str, Cell], unreachable: str | None) -> bool:
    """Insert a text unless it is known; only a new one says that its contact can be reached."""
    is_new = insert_new(connection, InboundMessageRow, row)
    if is_new and unreachable is not None:
        note_reached(connection, unreachable)
    return is_new


def record_decision(
    connection: Connection, brand: str, message_id: str, decision: Decision, now: datetime
) -> None:
    """Insert the gate's verdict on a text."""
    connection.execute(
        insert(table(DecisionRow)).values(
            message_id=message_id,
            brand=brand,
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


def _handover(decision: Decision, *, overtaken: bool) -> Handover | None:
    """Return what the conversation is told; of an opt-out taken back since, only its question."""
    handover = decide_handover(decision)
    if not overtaken:
        return handover
    return Handover.HANDOFF if handover is Handover.OPT_OUT_WITH_QUESTION else None


def _subject(
    message: InboundMessage, message_id: str, contact: tuple[str, str], body: str
) -> Subject:
    brand, contact_id = contact
    return Subject(
        brand=brand,
        contact_id=contact_id,
        phone=parse_sender(message.sender)[1],
        message_id=message_id,
        body=body,
        recipient=message.recipient,
        provider=message.provider,
    )


def _is_evidence(decision: Decision) -> bool:
    return decision.disposition in {Disposition.OPT_OUT, Disposition.OPT_IN} or bool(decision.scope)


def _brand_of(connection: Connection, number: str) -> tuple[str, int]:
    """Return the brand texted and the newest version of its settings."""
    settings = BrandSettingsRow
    found = connection.execute(
        select(col(SenderRow.brand), func.max(col(settings.version)))
        .join(table(settings), col(settings.brand) == col(SenderRow.brand))
        .where(col(SenderRow.number) == number)
        .group_by(col(SenderRow.brand))
    ).first()
    if found is None:
        msg = "no brand has the number that was texted"
        raise UnknownNumber(msg)
    return found[0], found[1]


def _of(who: tuple[str, str]) -> dict[str, Cell]:
    return {"brand": who[0], "contact_id": who[1]}


def _row(
    message: InboundMessage, redacted: Redacted, message_id: str, handover: Handover | None
) -> dict[str, Cell]:
    return {
        "id": message_id,
        "provider": message.provider,
        "provider_message_id": message.provider_message_id,
        "recipient": message.recipient,
        "body": redacted.text,
        "redactions": ",".join(kind.value for kind in redacted.kinds),
        "media_count": len(message.media),
        "segments": message.segments,
        "received_at": message.received_at,
        "late": message.late,
        "handover": handover.value if handover else None,
    }
