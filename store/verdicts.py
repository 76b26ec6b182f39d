"""Replacing the gate's first verdict on a text by the one the model helped it to."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update
from sqlmodel import col

from domain.errors import RuleBroken
from domain.gate.decision import Decision
from domain.handover import decide_handover
from store.brands import SettingsReader
from store.contact_tables import ContactRow
from store.contacts import lock_contact
from store.effects import apply_decision
from store.message_tables import DecisionRow, InboundMessageRow
from store.notices import Subject, notice_id
from store.outbox_rows import read_row
from store.statements import table


def replace_decision(
    connection: Connection,
    reader: SettingsReader,
    text: tuple[str, str],
    decision: Decision,
    now: datetime,
) -> str | None:
    """Replace a text's decision and do what the new one entails; a second time changes nothing.

    Args:
        connection: A transaction.
        reader: Settings, for the brand's fixed texts.
        text: Brand and our id of the text.
        decision: The new verdict.
        now: UTC.

    Returns:
        Outbox id of the fixed text that it queued, None for none.

    Raises:
        RuleBroken: The brand has no such text.
    """
    brand, message_id = text
    found = _text(connection, brand, message_id)
    lock_contact(connection, found["contact_id"])
    if _standing(connection, message_id) == decision:
        return _queued_before(connection, brand, message_id, decision)
    _replace(connection, message_id, decision, now)
    subject = Subject(
        brand=brand,
        contact_id=found["contact_id"],
        phone=found["phone"],
        message_id=message_id,
        body=found["body"],
        recipient=found["recipient"],
        provider=found["provider"],
    )
    settings = reader.read(connection, brand).settings
    return apply_decision(connection, subject, decision, settings, now)


def _text(connection: Connection, brand: str, message_id: str) -> RowMapping:
    row = InboundMessageRow
    query = (
        select(table(row), col(ContactRow.phone))
        .join(table(ContactRow), col(ContactRow.id) == col(row.contact_id))
        .where(col(row.brand) == brand, col(row.id) == message_id)
    )
    found = connection.execute(query).mappings().first()
    if found is None:
        msg = f"brand {brand} has no message {message_id}"
        raise RuleBroken(msg)
    return found


def _queued_before(
    connection: Connection, brand: str, message_id: str, decision: Decision
) -> str | None:
    """Return what the first attempt queued, which a retry has to report again."""
    if decision.fixed_text is None:
        return None
    outbox_id = notice_id(brand, message_id, decision.fixed_text)
    return outbox_id if read_row(connection, outbox_id) else None


def _standing(connection: Connection, message_id: str) -> Decision:
    """Return the verdict that stands; read under the contact's lock, so that a retry sees it."""
    row = DecisionRow
    query = select(col(row.decision)).where(col(row.message_id) == message_id)
    return Decision.model_validate_json(connection.execute(query).scalar_one())


def _replace(connection: Connection, message_id: str, decision: Decision, now: datetime) -> None:
    row = DecisionRow
    connection.execute(
        update(table(row))
        .where(col(row.message_id) == message_id)
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
