"""What the rest of the product may ask of the store about turns; as in `store.base`."""

from datetime import datetime
from typing import Protocol

from store.turn_records import StepRecord, ToolRecord, TurnKey


class TurnStore(Protocol):
    """What the model and the tools said within turns; kept so that nothing is paid for twice."""

    def step(self, brand: str, key: TurnKey) -> StepRecord | None:
        """Return the step if it was already paid for."""

    def steps(
        self, brand: str, conversation_id: str, turn: int, attempt: int
    ) -> tuple[StepRecord, ...]:
        """Return the steps of one attempt, in order."""

    def save_step(self, brand: str, record: StepRecord, now: datetime) -> None:
        """Store a paid step."""

    def tool_result(self, brand: str, key: TurnKey, call_id: str) -> ToolRecord | None:
        """Return a tool's stored result."""

    def tool_results(self, brand: str, conversation_id: str) -> tuple[ToolRecord, ...]:
        """Return all that tools established in a conversation, in order."""

    def save_tool_result(self, brand: str, record: ToolRecord, now: datetime) -> None:
        """Store a tool's result; a second one for the same call is dropped."""

    def wrong_guesses(self, brand: str, contact_id: str, since: datetime) -> int:
        """Return how often a proof of identity was wrong since then."""

    def record_wrong_guess(self, brand: str, contact_id: str, now: datetime) -> None:
        """Count a wrong proof of identity."""
