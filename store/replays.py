"""Turns as they were decided, for deciding them again; nothing is written, in SQL."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select
from sqlmodel import col

from domain.message import TranscriptLine
from domain.outbox import LEFT_US
from domain.values import Value
from store.conversation_tables import ConversationRow, TurnStepRow
from store.engine import Database
from store.message_tables import InboundMessageRow, OutboxRow
from store.opening import read_texts
from store.outbox_records import SendKind
from store.records import MessageText
from store.transcripts import read_transcript
from store.turn_records import ToolRecord
from store.turns import SqlTurnStore

_LOOK_BACK = timedelta(hours=72)
_LINES = 40


class RecordedTurn(Value):
    """One turn with all it was decided on.

    Attributes:
        attempt: The attempt that counted.
        settings_version: Settings its conversation ran on.
        decided_at: When the last of its texts came.
        first_reply: The agent had said nothing in the conversation before.
        texts: The customer's texts of the turn.
        outcomes: JSON of its steps, in order.
        input_tokens: Of all its steps.
        output_tokens: Of all its steps.
        transcript: Texts either way around it, oldest first.
        tools: What tools established in the conversation up to it.
    """

    brand: str
    conversation_id: str
    turn: int
    attempt: int
    settings_version: int
    decided_at: datetime
    first_reply: bool
    texts: tuple[MessageText, ...]
    outcomes: tuple[str, ...]
    input_tokens: int
    output_tokens: int
    transcript: tuple[TranscriptLine, ...]
    tools: tuple[ToolRecord, ...]


class SqlReplayStore:
    """Reads recorded turns."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turns = SqlTurnStore(database)

    def turns(self, brand: str, since: datetime, limit: int) -> tuple[RecordedTurn, ...]:
        """Return the turns decided since then, oldest first, each with its last attempt.

        Args:
            brand: Tenant.
            since: UTC.
            limit: Most turns.
        """
        row = TurnStepRow
        query = (
            select(
                col(row.conversation_id),
                col(row.turn),
                func.max(col(row.attempt)),
                func.min(col(row.created_at)),
            )
            .where(col(row.brand) == brand, col(row.created_at) >= since, col(row.turn) > 0)
            .group_by(col(row.conversation_id), col(row.turn))
            .order_by(func.min(col(row.created_at)))
            .limit(limit)
        )
        with self._database.read() as connection:
            keys = [(r[0], r[1], r[2]) for r in connection.execute(query)]
        return tuple(t for key in keys if (t := self._turn(brand, *key)) is not None)

    def _turn(
        self, brand: str, conversation_id: str, turn: int, attempt: int
    ) -> RecordedTurn | None:
        steps = self._turns.steps(brand, conversation_id, turn, attempt)
        tools = self._turns.tool_results(brand, conversation_id)
        with self._database.read() as connection:
            text = InboundMessageRow
            texts = read_texts(
                connection,
                col(text.brand) == brand,
                col(text.conversation_id) == conversation_id,
                col(text.turn) == turn,
            )
            first_reply = not _has_answered(connection, brand, conversation_id, turn)
            found = connection.execute(
                select(
                    col(ConversationRow.contact_id), col(ConversationRow.settings_version)
                ).where(
                    col(ConversationRow.brand) == brand, col(ConversationRow.id) == conversation_id
                )
            ).first()
            if not texts or not steps or found is None:
                return None  # its texts were erased
            since = texts[0].received_at - _LOOK_BACK
            transcript = read_transcript(connection, brand, found[0], since, _LINES * 10)
        return RecordedTurn(
            brand=brand,
            conversation_id=conversation_id,
            turn=turn,
            attempt=attempt,
            settings_version=found[1],
            decided_at=texts[-1].received_at,
            first_reply=first_reply,
            texts=texts,
            outcomes=tuple(s.outcome for s in steps),
            input_tokens=sum(s.input_tokens for s in steps),
            output_tokens=sum(s.output_tokens for s in steps),
            transcript=tuple(t for t in transcript if t.at < texts[0].received_at)[-_LINES:],
            tools=tuple(t for t in tools if t.key.turn <= turn),
        )


def _has_answered(connection: Connection, brand: str, conversation_id: str, turn: int) -> bool:
    """Return whether a reply of an earlier turn of the conversation has left."""
    row = OutboxRow
    query = select(func.count()).where(
        col(row.brand) == brand,
        col(row.conversation_id) == conversation_id,
        col(row.kind) == SendKind.REPLY.value,
        col(row.turn) < turn,
        col(row.state).in_([state.value for state in LEFT_US]),
    )
    return bool(connection.execute(query).scalar_one())
