"""What a decision entails at once: the consent ledger, the suppression, the fixed text."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert
from sqlmodel import col

from domain.brand import BrandSettings
from domain.gate.decision import Decision, Disposition, FixedText
from domain.gate.texts import fixed_text
from domain.ids import derived_id
from domain.message import MessageOrigin
from domain.outbox import OutboxState
from domain.segments import count_segments, normalise
from domain.values import Value
from store.gate_context import is_suppressed
from store.records import SendKind
from store.statements import insert_new, table
from store.tables import ConsentEventRow, OutboxRow, SuppressionRow

_CONFIRM_WITHIN = timedelta(minutes=5)
"""An opt-out's confirmation later than this is presumed not covered (47 CFR 64.1200(a)(12))."""

_FIXED_TEXT_WITHIN = timedelta(minutes=15)
_CONFIRMATIONS = frozenset({FixedText.STOP_CONFIRMATION, FixedText.HELP})


def notice_id(brand: str, message_id: str, kind: FixedText) -> str:
    """Return the outbox id of the fixed text that answers a message."""
    return derived_id("notice", brand, message_id, kind.value)


class Subject(Value):
    """The text a decision is about.

    Attributes:
        brand: Brand texted.
        contact_id: Who texted.
        phone: Their number.
        message_id: Our id of the text.
        body: Its words, redacted; kept in the ledger as evidence.
        recipient: Number texted; answers leave from it.
        provider: Who carries them.
    """

    brand: str
    contact_id: str
    phone: str
    message_id: str
    body: str
    recipient: str
    provider: str


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
    was_suppressed = is_suppressed(connection, subject.brand, subject.contact_id)
    match decision.disposition:
        case Disposition.OPT_OUT:
            _opt_out(connection, subject, decision, decision.scope or "all", now)
        case Disposition.OPT_IN:
            _opt_in(connection, subject, decision, now)
        case _ if decision.scope == "marketing" and not was_suppressed:
            _opt_out(connection, subject, decision, "marketing", now)
    if decision.fixed_text is None:
        return None
    answers_anyway = (
        decision.fixed_text is FixedText.HELP or decision.disposition is Disposition.OPT_IN
    )
    if was_suppressed and not answers_anyway:
        return None  # the one confirmation was sent when the suppression began
    return _queue(connection, subject, decision.fixed_text, settings, now)


def _opt_out(
    connection: Connection, subject: Subject, decision: Decision, scope: str, now: datetime
) -> None:
    _ledger(connection, subject, decision, ("opt_out", scope), now)
    key = {"brand": subject.brand, "contact_id": subject.contact_id}
    row = SuppressionRow
    if scope == "all":  # widen one that held marketing only
        connection.execute(
            delete(table(row)).where(
                col(row.brand) == subject.brand,
                col(row.contact_id) == subject.contact_id,
                col(row.scope) != "all",
            )
        )
    insert_new(
        connection, row, {**key, "scope": scope, "source": decision.layer.value, "since": now}
    )


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


def _queue(
    connection: Connection,
    subject: Subject,
    kind: FixedText,
    settings: BrandSettings,
    now: datetime,
) -> str:
    identity = settings.identity
    body = normalise(fixed_text(kind, settings.gate, identity.name, identity.help_contact))
    count = count_segments(body)
    confirms = kind in _CONFIRMATIONS
    outbox_id = notice_id(subject.brand, subject.message_id, kind)
    insert_new(
        connection,
        OutboxRow,
        {
            "id": outbox_id,
            "brand": subject.brand,
            "contact_id": subject.contact_id,
            "kind": (SendKind.CONFIRMATION if confirms else SendKind.NOTICE).value,
            "turn": 0,
            "origin": MessageOrigin.NOTICE.value,
            "provider": subject.provider,
            "sender": subject.recipient,
            "recipient": subject.phone,
            "body": body,
            "encoding": count.encoding.value,
            "segments": count.segments,
            "state": OutboxState.READY.value,
            "attempts": 0,
            "not_after": now + (_CONFIRM_WITHIN if confirms else _FIXED_TEXT_WITHIN),
            "created_at": now,
            "updated_at": now,
        },
    )
    return outbox_id
