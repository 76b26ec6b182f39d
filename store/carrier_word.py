"""What a carrier says about a contact, unless the contact has said otherwise since."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col

from store.contact_tables import ConsentEventRow, ContactRow
from store.contacts import lock_contact
from store.effects import begin_suppression
from store.message_tables import InboundMessageRow
from store.statements import table


def suppress_contact(
    connection: Connection,
    who: tuple[str, str],
    source: str,
    now: datetime,
    given_at: datetime | None,
) -> None:
    """Suppress a contact because the carrier says so, with a ledger entry.

    Args:
        connection: The transaction.
        who: Brand and contact.
        source: The carrier's code ("carrier:21610").
        now: UTC.
        given_at: When the carrier was given the text it speaks of, None when it speaks of now. An
            opt-in after it stands: reports come late and more than once.
    """
    lock_contact(connection, who[1])
    if given_at is not None and _opted_in_since(connection, who, given_at):
        return
    if not begin_suppression(connection, who, "all", source, now):
        return
    connection.execute(
        insert(table(ConsentEventRow)).values(
            brand=who[0],
            contact_id=who[1],
            kind="opt_out",
            scope="all",
            source=source,
            matched=source,
            score=1.0,
            body="",
            at=now,
        )
    )


def mark_contact_unreachable(
    connection: Connection, who: tuple[str, str], given_at: datetime | None
) -> None:
    """Note that a number cannot receive texts; arguments as `suppress_contact`.

    Whoever has texted since the carrier was given the text is reachable whatever it says of it.
    """
    lock_contact(connection, who[1])
    if given_at is not None and _wrote_since(connection, who, given_at):
        return
    row = ContactRow
    connection.execute(
        update(table(row))
        .where(col(row.brand) == who[0], col(row.id) == who[1])
        .values(unreachable=True)
    )


def _opted_in_since(connection: Connection, who: tuple[str, str], since: datetime) -> bool:
    row = ConsentEventRow
    found = connection.execute(
        select(col(row.seq)).where(
            col(row.brand) == who[0],
            col(row.contact_id) == who[1],
            col(row.kind) == "opt_in",
            col(row.at) > since,
        )
    )
    return found.first() is not None


def _wrote_since(connection: Connection, who: tuple[str, str], since: datetime) -> bool:
    row = InboundMessageRow
    found = connection.execute(
        select(col(row.seq))
        .where(
            col(row.brand) == who[0],
            col(row.contact_id) == who[1],
            col(row.received_at) > since,
        )
        .limit(1)
    )
    return found.first() is not None
