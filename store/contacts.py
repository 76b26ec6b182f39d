"""A contact and the number that answers to them leave from."""

from sqlalchemy import Connection, and_, select
from sqlmodel import col

from domain.errors import RuleBroken
from store.contact_tables import ContactRow
from store.message_tables import InboundMessageRow
from store.records import Contact
from store.statements import table


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
