"""Business events and whether they were delivered, in SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import col

from domain.business_event import BusinessEvent
from store.conversation_tables import EventRow
from store.engine import Database
from store.statements import insert_new, table


class SqlEventStore:
    """Implements `EventStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def queue(self, event: BusinessEvent, contact_id: str) -> None:
        """Queue an event; the same id twice is queued once."""
        with self._database.write() as connection:
            insert_new(
                connection,
                EventRow,
                {
                    "id": event.event_id,
                    "brand": event.brand,
                    "conversation_id": event.conversation_id,
                    "contact_id": contact_id,
                    "name": event.name.value,
                    "properties": event.model_dump_json(),
                    "at": event.occurred_at,
                },
            )

    def undelivered(
        self, brand: str, conversation_id: str | None, limit: int
    ) -> tuple[BusinessEvent, ...]:
        """Return events not delivered yet, oldest first; of one conversation or of all."""
        row = EventRow
        query = (
            select(col(row.properties))
            .where(col(row.brand) == brand, col(row.delivered_at).is_(None))
            .order_by(col(row.at), col(row.id))
            .limit(limit)
        )
        if conversation_id is not None:
            query = query.where(col(row.conversation_id) == conversation_id)
        with self._database.read() as connection:
            found = connection.execute(query).scalars()
            return tuple(BusinessEvent.model_validate_json(text) for text in found)

    def mark_delivered(self, event_ids: Sequence[str], now: datetime) -> None:
        """Note that every receiver has an event."""
        row = EventRow
        with self._database.write() as connection:
            connection.execute(
                update(table(row))
                .where(col(row.id).in_(event_ids), col(row.delivered_at).is_(None))
                .values(delivered_at=now)
            )
