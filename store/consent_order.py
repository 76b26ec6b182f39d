"""Which of two was the contact's last word: a STOP, or a START."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select
from sqlmodel import col

from domain.gate.decision import Decision, Disposition
from domain.ids import inbound_id
from domain.message import InboundMessage
from store.contact_tables import ConsentEventRow
from store.message_tables import InboundMessageRow
from store.statements import table

_CLOCKS_DIFFER = timedelta(seconds=30)
"""The carrier's clock and ours, its whole seconds, and how long a webhook may be on its way."""


def is_overtaken(
    connection: Connection, who: tuple[str, str], decision: Decision, message: InboundMessage
) -> bool:
    """Return whether the contact has since said the opposite of a STOP or START that came late.

    A webhook may get lost, so that a listing brings a text a minute after a newer one. Which of
    two was first the carrier's list says; where it does not, the clocks do, and in doubt the
    opt-out holds.

    Args:
        connection: The transaction, under the contact's lock.
        who: Brand and contact.
        decision: The verdict on the late text.
        message: The late text; the carrier's time of it may be in whole seconds.
    """
    earlier, later = message.listed_before, message.listed_after
    match decision.disposition:
        case Disposition.OPT_OUT:
            opposite, since = "opt_in", message.received_at + _CLOCKS_DIFFER
            earlier += message.listed_with
        case Disposition.OPT_IN:
            opposite, since = "opt_out", message.received_at - _CLOCKS_DIFFER
            later += message.listed_with
        case _:
            return False
    before = {inbound_id(message.provider, other) for other in earlier}
    after = {inbound_id(message.provider, other) for other in later}
    said = _said(connection, who, opposite)
    return any(text in after or (text not in before and at > since) for text, at in said)


def _said(
    connection: Connection, who: tuple[str, str], kind: str
) -> Sequence[tuple[str | None, datetime]]:
    """Return when the contact opted in, or out, and by which texts.

    The ledger's time is when we learned of it, the text's own is earlier when a listing brought it.
    In doubt the opt-out was later: of an opt-in the earlier counts, of an opt-out the later.
    """
    row, text = ConsentEventRow, InboundMessageRow
    found = connection.execute(
        select(col(row.message_id), col(row.at), col(text.received_at))
        .join(table(text), col(text.id) == col(row.message_id), isouter=True)
        .where(col(row.brand) == who[0], col(row.contact_id) == who[1], col(row.kind) == kind)
    )
    counts = max if kind == "opt_out" else min
    return [(said, counts(at, received or at)) for said, at, received in found]
