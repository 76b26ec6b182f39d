"""What the model and the tools said within turns, in SQL."""

from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, RowMapping, func, insert, select
from sqlmodel import col

from domain.facts import Fact
from store.contact_tables import ProofGuessRow
from store.conversation_tables import ToolResultRow, TurnStepRow
from store.engine import Database
from store.statements import insert_new, table
from store.turn_records import StepRecord, ToolRecord, TurnKey

_FACTS = TypeAdapter(tuple[Fact, ...])


class SqlTurnStore:
    """Implements `TurnStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def step(self, brand: str, key: TurnKey) -> StepRecord | None:
        """Return the step if it was already paid for."""
        row = TurnStepRow
        query = select(table(row)).where(col(row.brand) == brand, *_is(row, key))
        with self._database.read() as connection:
            found = connection.execute(query).mappings().first()
            return _step_of(found) if found else None

    def steps(
        self, brand: str, conversation_id: str, turn: int, attempt: int
    ) -> tuple[StepRecord, ...]:
        """Return the steps of one attempt, in order."""
        row = TurnStepRow
        query = (
            select(table(row))
            .where(
                col(row.brand) == brand,
                col(row.conversation_id) == conversation_id,
                col(row.turn) == turn,
                col(row.attempt) == attempt,
            )
            .order_by(col(row.step))
        )
        with self._database.read() as connection:
            return tuple(_step_of(r) for r in connection.execute(query).mappings())

    def save_step(self, brand: str, record: StepRecord, now: datetime) -> None:
        """Store a paid step."""
        values = {
            **record.key.model_dump(),
            **record.model_dump(exclude={"key"}),
            "brand": brand,
            "created_at": now,
        }
        with self._database.write() as connection:
            insert_new(connection, TurnStepRow, values)

    def tool_result(self, brand: str, key: TurnKey, call_id: str) -> ToolRecord | None:
        """Return a tool's stored result."""
        row = ToolResultRow
        query = select(table(row)).where(
            col(row.brand) == brand, *_is(row, key), col(row.call_id) == call_id
        )
        with self._database.read() as connection:
            found = connection.execute(query).mappings().first()
            return _tool_of(found) if found else None

    def tool_results(self, brand: str, conversation_id: str) -> tuple[ToolRecord, ...]:
        """Return all that tools established in a conversation, in order."""
        row = ToolResultRow
        query = (
            select(table(row))
            .where(col(row.brand) == brand, col(row.conversation_id) == conversation_id)
            .order_by(
                col(row.turn), col(row.attempt), col(row.step), col(row.created_at),
                col(row.call_id),
            )
        )  # fmt: skip
        with self._database.read() as connection:
            return tuple(_tool_of(r) for r in connection.execute(query).mappings())

    def save_tool_result(self, brand: str, record: ToolRecord, now: datetime) -> None:
        """Store a tool's result; a second one for the same call is dropped."""
        values = {
            **record.key.model_dump(),
            **record.model_dump(exclude={"key", "facts"}),
            "facts": _FACTS.dump_json(record.facts).decode(),
            "brand": brand,
            "created_at": now,
        }
        with self._database.write() as connection:
            insert_new(connection, ToolResultRow, values)

    def wrong_guesses(self, brand: str, contact_id: str, since: datetime) -> int:
        """Return how often a proof of identity was wrong since then."""
        row = ProofGuessRow
        query = select(func.count()).where(
            col(row.brand) == brand, col(row.contact_id) == contact_id, col(row.at) >= since
        )
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def record_wrong_guess(self, brand: str, contact_id: str, now: datetime) -> None:
        """Count a wrong proof of identity."""
        with self._database.write() as connection:
            connection.execute(
                insert(table(ProofGuessRow)).values(brand=brand, contact_id=contact_id, at=now)
            )


def _is(row: type[TurnStepRow] | type[ToolResultRow], key: TurnKey) -> list[ColumnElement[bool]]:
    return [
        col(row.conversation_id) == key.conversation_id,
        col(row.turn) == key.turn,
        col(row.attempt) == key.attempt,
        col(row.step) == key.step,
    ]


def _key_of(row: RowMapping) -> TurnKey:
    return TurnKey(
        conversation_id=row["conversation_id"],
        turn=row["turn"],
        attempt=row["attempt"],
        step=row["step"],
    )


def _step_of(row: RowMapping) -> StepRecord:
    return StepRecord(
        key=_key_of(row),
        outcome=row["outcome"],
        model=row["model"],
        input_tokens=row["input_tokens"],
        cached_tokens=row["cached_tokens"],
        output_tokens=row["output_tokens"],
    )


def _tool_of(row: RowMapping) -> ToolRecord:
    return ToolRecord(
        key=_key_of(row),
        call_id=row["call_id"],
        tool=row["tool"],
        arguments=row["arguments"],
        text=row["text"],
        facts=_FACTS.validate_json(row["facts"]),
    )
