"""A contact: making one, locking one, and the number that answers to them leave from."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, select, update
from sqlmodel import col

from domain.errors import RuleBroken
from store.contact_tables import ContactRow
from store.message_tables import InboundMessageRow
from store.records import Contact
from store.statements import Cell, insert_new, new_id, table


def read_contact(connection: Connection, brand: str, contact_id: str) -> Contact:
    """Return a contact with the brand's number they last wrote to.

    Raises:
        RuleBroken: The brand has no such contact that ever wrote.
    """
    row, message = ContactRow, InboundMessageRow
    query = (
        select(table(row), col(message.recipient), col(message.provider))
        .join(
            table(message),
            and_(col(message.brand) == col(row.brand), col(message.contact_id) == col(row.id)),
        )
        .where(col(row.brand) == brand, col(row.id) == contact_id)
        .order_by(col(message.seq).desc())
        .limit(1)
    )
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


class KnownContact(NamedTuple):
    """A contact, locked.

    Attributes:
        contact_id: Its id.
        is_new: It was made just now.
        unreachable: A carrier said so of its number.
    """

    contact_id: str
    is_new: bool
    unreachable: bool = False


def contact_of(connection: Connection, brand: str, phone: str, now: datetime) -> KnownContact:
    """Return the contact of a number, made when there is none.

    Args:
        connection: The transaction.
        brand: Tenant.
        phone: Their number.
        now: UTC.
    """
    row = ContactRow
    query = (
        select(col(row.id), col(row.unreachable))
        .where(col(ContactRow.brand) == brand, col(ContactRow.phone) == phone)
        .with_for_update()
    )
    known = connection.execute(query).first()
    if known is not None:
        return KnownContact(known.id, is_new=False, unreachable=known.unreachable)
    contact_id = new_id()
    values: dict[str, Cell] = {
        "id": contact_id,
        "brand": brand,
        "phone": phone,
        "unreachable": False,
        "created_at": now,
    }
    if insert_new(connection, ContactRow, values):
        return KnownContact(contact_id, is_new=True)
    known = connection.execute(query).one()
    return KnownContact(known.id, is_new=False, unreachable=known.unreachable)


def note_reached(connection: Connection, contact_id: str) -> None:
    """Note that a number can be reached: they have just texted, whatever a carrier said of it."""
    row = ContactRow
    connection.execute(
        update(table(row)).where(col(row.id) == contact_id).values(unreachable=False)
    )


def lock_contact(connection: Connection, contact_id: str) -> None:
    """Serialise what concerns one contact; on SQLite the write lock already does."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            select(col(ContactRow.id)).where(col(ContactRow.id) == contact_id).with_for_update()
        )
