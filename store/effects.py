"""What a decision entails at once: the consent ledger, the suppression, the fixed text."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, update
from sqlmodel import col

from domain.brand import BrandSettings
from domain.gate.decision import MISREADABLE, Decision, Disposition, FixedText
from store.contact_tables import ConsentEventRow, SuppressionRow
from store.gate_context import is_suppressed
from store.notices import Subject, queue_notice
from store.outbox_records import SendKind
from store.statements import Cell, insert_new, insert_or_change, table

_CONFIRMATIONS = frozenset({FixedText.STOP_CONFIRMATION, FixedText.HELP})


def apply_decision(
    connection: Connection,
    subject: Subject,
    decision: Decision,
    settings: BrandSettings,
    now: datetime,
) -> str | None:
    """Write what the decision entails.

    Args:
        connection: The transaction, under the contact's lock.
        subject: The text.
        decision: The verdict.
        settings: The brand's settings.
        now: UTC.

    Returns:
        Outbox id of the fixed text to send, None for none.
    """
    if decision.doubt is not None and not decision.urgent:
        return None  # the model settles it first; its verdict comes back here
    answered = _apply_consent(connection, subject, decision, now)
    if decision.fixed_text is None or not answered:
        return None
    # Whatever it says (an opt-out that speaks of danger gets help), it is the one text after it.
    confirms = decision.fixed_text in _CONFIRMATIONS or decision.disposition is Disposition.OPT_OUT
    kind = SendKind.CONFIRMATION if confirms else SendKind.NOTICE
    return queue_notice(connection, subject, (decision.fixed_text, kind), settings, now)


def begin_suppression(
    connection: Connection, who: tuple[str, str], scope: str, source: str, now: datetime
) -> bool:
    """Suppress a contact, or widen what suppressed marketing only.

    Args:
        connection: The transaction, under the contact's lock.
        who: Brand and contact.
        scope: "all" or "marketing".
        source: Who says so.
        now: UTC.

    Returns:
        False when the contact was suppressed as far as this already; what an operator may undo
        as misread becomes firm all the same when a keyword or the carrier says it again.
    """
    values: dict[str, Cell] = {
        "brand": who[0],
        "contact_id": who[1],
        "scope": scope,
        "source": source,
        "since": now,
    }
    if scope != "all":
        return insert_new(connection, SuppressionRow, values)
    began = insert_or_change(connection, SuppressionRow, values, unless={"scope": "all"})
    if not began and source not in MISREADABLE:
        _make_firm(connection, who, source)
    return began


def _make_firm(connection: Connection, who: tuple[str, str], source: str) -> None:
    """Note that a plain STOP, or the carrier, now backs what was read out of free words."""
    row = SuppressionRow
    connection.execute(
        update(table(row))
        .where(
            col(row.brand) == who[0],
            col(row.contact_id) == who[1],
            col(row.source).in_(MISREADABLE),
        )
        .values(source=source)
    )


def _apply_consent(
    connection: Connection, subject: Subject, decision: Decision, now: datetime
) -> bool:
    """Write the ledger and the suppression; return whether a fixed text may follow."""
    who = (subject.brand, subject.contact_id)
    source = decision.layer.value
    match decision.disposition:
        case Disposition.OPT_OUT:
            scope = decision.scope or "all"
            _ledger(connection, subject, decision, ("opt_out", scope), now)
            # The one confirmation goes out when the suppression begins.
            return begin_suppression(connection, who, scope, source, now)
        case Disposition.OPT_IN:
            _opt_in(connection, subject, decision, now)
            return True
        case _ if decision.scope == "marketing":
            if begin_suppression(connection, who, "marketing", source, now):
                _ledger(connection, subject, decision, ("opt_out", "marketing"), now)
    if decision.fixed_text in (None, FixedText.HELP):
        return True
    return not is_suppressed(connection, *who)


def _opt_in(connection: Connection, subject: Subject, decision: Decision, now: datetime) -> None:
    _ledger(connection, subject, decision, ("opt_in", "all"), now)
    row = SuppressionRow
    connection.execute(
        delete(table(row)).where(
            col(row.brand) == subject.brand, col(row.contact_id) == subject.contact_id
        )
    )


def _ledger(
    connection: Connection,
    subject: Subject,
    decision: Decision,
    what: tuple[str, str],
    now: datetime,
) -> None:
    connection.execute(
        insert(table(ConsentEventRow)).values(
            brand=subject.brand,
            contact_id=subject.contact_id,
            kind=what[0],
            scope=what[1],
            source=decision.layer.value,
            matched=decision.rule,
            score=decision.score,
            message_id=subject.message_id,
            body=subject.body,
            at=now,
        )
    )
