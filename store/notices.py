"""Queueing the brand's fixed texts, which go out word for word."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select
from sqlmodel import col

from domain.brand import BrandSettings
from domain.gate.decision import FixedText
from domain.gate.texts import fixed_text
from domain.ids import derived_id
from domain.message import MessageOrigin
from domain.outbox import OutboxState
from domain.segments import count_segments, normalise
from domain.values import Value
from store.message_tables import OutboxRow
from store.outbox_records import SendKind
from store.statements import insert_new

_CONFIRM_WITHIN = timedelta(minutes=5)
"""An opt-out's confirmation later than this is presumed not covered (47 CFR 64.1200(a)(12))."""

_FIXED_TEXT_WITHIN = timedelta(minutes=15)


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


def queue_notice(
    connection: Connection,
    subject: Subject,
    what: tuple[FixedText, SendKind],
    settings: BrandSettings,
    now: datetime,
    outbox_id: str | None = None,
) -> str:
    """Put a fixed text into the outbox, once for each text that it answers.

    Args:
        connection: The transaction.
        subject: The text it answers.
        what: Which words, and what they are for.
        settings: The brand's settings.
        now: UTC.
        outbox_id: Its id, by default the one that belongs to the text it answers.

    Returns:
        Its outbox id.
    """
    words, kind = what
    identity = settings.identity
    body = normalise(fixed_text(words, settings.gate, identity.name, identity.help_contact))
    count = count_segments(body)
    within = _CONFIRM_WITHIN if kind is SendKind.CONFIRMATION else _FIXED_TEXT_WITHIN
    outbox_id = outbox_id or notice_id(subject.brand, subject.message_id, words)
    insert_new(
        connection,
        OutboxRow,
        {
            "id": outbox_id,
            "brand": subject.brand,
            "contact_id": subject.contact_id,
            "kind": kind.value,
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
            "not_after": now + within,
            "created_at": now,
            "updated_at": now,
        },
    )
    return outbox_id


def queue_card_warning(
    connection: Connection, subject: Subject, settings: BrandSettings, now: datetime
) -> str | None:
    """Tell a person once a day not to text secrets.

    Returns:
        Its outbox id, None when they were told today.
    """
    row = OutboxRow
    today = f"{now:%Y-%m-%d}"
    told = derived_id("card-warning", subject.brand, subject.contact_id, today)
    known = connection.execute(select(col(row.id)).where(col(row.id) == told)).first()
    if known is not None:
        return None
    return queue_notice(
        connection, subject, (FixedText.CARD_WARNING, SendKind.NOTICE), settings, now, told
    )
