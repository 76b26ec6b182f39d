"""Card numbers and security codes that one person sends over several texts."""

from datetime import timedelta

from sqlalchemy import Connection, update
from sqlmodel import col

from domain.gate.context import GateContext, InboundText
from domain.message import InboundMessage
from domain.redaction import Redacted, redact, redact_sequence
from store.message_tables import InboundMessageRow
from store.statements import table

_TOGETHER = timedelta(minutes=5)
_TEXTS = 4
"""Who types a card number in its groups of four sends this many."""


def redact_in_context(
    connection: Connection,
    brand: str,
    contact_id: str,
    message: InboundMessage,
    context: GateContext,
) -> tuple[Redacted, GateContext]:
    """Redact a text, knowing those just before it, and take the parts out of those as well.

    Args:
        connection: The transaction, under the contact's lock.
        brand: Brand texted.
        contact_id: Who texted.
        message: The text.
        context: What went before.

    Returns:
        The text without secrets, and the context as it reads now.
    """
    recent = [
        text
        for text in context.recent_inbound[-(_TEXTS - 1) :]
        if message.received_at - text.received_at <= _TOGETHER
    ]
    if not recent:
        return redact(message.body), context
    *parts, redacted = redact_sequence([*(text.body for text in recent), message.body])
    cleaned = [
        text.model_copy(update={"body": part.text})
        for text, part in zip(recent, parts, strict=True)
    ]
    for old, new in zip(recent, cleaned, strict=True):
        if old.body != new.body:
            _replace(connection, (brand, contact_id), old, new.body)
    kept = context.recent_inbound[: len(context.recent_inbound) - len(recent)]
    return redacted, context.model_copy(update={"recent_inbound": (*kept, *cleaned)})


def _replace(connection: Connection, who: tuple[str, str], old: InboundText, body: str) -> None:
    row = InboundMessageRow
    connection.execute(
        update(table(row))
        .where(
            col(row.brand) == who[0],
            col(row.contact_id) == who[1],
            col(row.received_at) == old.received_at,
            col(row.body) == old.body,
        )
        .values(body=body)
    )
