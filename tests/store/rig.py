"""The store under test: all its parts on one database, with what a test may look at behind it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier, get_ident
from typing import TypeVar

from sqlalchemy import event, text
from sqlmodel import SQLModel

from domain.brand import BrandSettings
from domain.message import InboundMessage
from store.brands import SettingsReader, SqlBrandStore
from store.consents import SqlConsentStore
from store.conversations import SqlConversationStore
from store.engine import Database, open_database
from store.events import SqlEventStore
from store.inbound import SqlInboundStore
from store.operators import SqlOperatorStore
from store.outbox import SqlOutboxStore
from store.records import Ingested
from store.statements import Cell
from store.turns import SqlTurnStore
from tests.builders import NOW, decide_by_word, some_settings

Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class Store:
    """All parts of the store on one database."""

    database: Database
    brands: SqlBrandStore
    inbound: SqlInboundStore
    conversations: SqlConversationStore
    turns: SqlTurnStore
    outbox: SqlOutboxStore
    operators: SqlOperatorStore
    consents: SqlConsentStore
    events: SqlEventStore

    def ingest(self, message: InboundMessage) -> Ingested:
        """Commit a text with the verdict of the gate of seven words, at the time it came."""
        return self.inbound.ingest(message, decide_by_word, message.received_at)

    def add_brand(self, settings: BrandSettings | None = None) -> int:
        """Make a brand known; "acme" by default."""
        return self.brands.save_settings(settings or some_settings(), "test", NOW)

    def contact_of(self, ingested: Ingested) -> str:
        """Return the contact who wrote a text."""
        return str(self.cell("SELECT contact_id FROM inbound_message WHERE id = :id", ingested))

    def seq_of(self, ingested: Ingested) -> int:
        """Return a text's place in the order of arrival."""
        return int(str(self.cell("SELECT seq FROM inbound_message WHERE id = :id", ingested)))

    def cell(self, query: str, ingested: Ingested) -> object:
        """Return the one cell that a query about a text (`:id`) gives."""
        with self.database.read() as connection:
            return connection.execute(text(query), {"id": ingested.message_id}).scalar_one()

    def rows(self, query: str, **values: Cell) -> list[tuple[object, ...]]:
        """Return the rows of a query."""
        with self.database.read() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def counts(self) -> dict[str, int]:
        """Return how many rows each table holds."""
        with self.database.read() as connection:
            return {
                name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608
                for name in SQLModel.metadata.tables
            }

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Note every statement that this thread sends in the block, BEGIN IMMEDIATE included."""
        seen: list[str] = []
        thread = get_ident()

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            if get_ident() == thread:
                seen.append(statement)

        event.listen(self.database.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(self.database.engine, "before_cursor_execute", note)


def open_store(database: Database | str) -> Store:
    """Put the parts together on a database or its URL."""
    if isinstance(database, str):
        database = open_database(database)
    reader = SettingsReader()
    return Store(
        database=database,
        brands=SqlBrandStore(database, reader),
        inbound=SqlInboundStore(database, reader),
        conversations=SqlConversationStore(database, reader),
        turns=SqlTurnStore(database),
        outbox=SqlOutboxStore(database),
        operators=SqlOperatorStore(database),
        consents=SqlConsentStore(database),
        events=SqlEventStore(database),
    )


def at_once(calls: list[Callable[[], Outcome]]) -> list[Outcome]:
    """Make calls in as many threads, all let go at the same moment; return what they returned."""
    gate = Barrier(len(calls))

    def make(call: Callable[[], Outcome]) -> Outcome:
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(make, calls))
