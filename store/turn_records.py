"""What the model and the tools said within turns: plain values, no rows."""

from domain.facts import Fact
from domain.values import Value


class TurnKey(Value):
    """One step of one attempt at one turn."""

    conversation_id: str
    turn: int
    attempt: int
    step: int


class StepRecord(Value):
    """One paid model call; `outcome` is the JSON of what became of it."""

    key: TurnKey
    outcome: str
    model: str
    input_tokens: int
    cached_tokens: int
    output_tokens: int


class ToolRecord(Value):
    """What one tool call established."""

    key: TurnKey
    call_id: str
    tool: str
    arguments: str
    text: str
    facts: tuple[Fact, ...]
