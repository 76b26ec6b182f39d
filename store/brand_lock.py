"""Serialising what is decided about one brand as a whole."""

from sqlalchemy import Connection, select
from sqlmodel import col

from store.contact_tables import BrandRow


def lock_brand(connection: Connection, brand: str) -> None:
    """Let two who decide about one brand do so one after the other, until the transaction ends."""
    connection.execute(select(col(BrandRow.id)).where(col(BrandRow.id) == brand).with_for_update())
