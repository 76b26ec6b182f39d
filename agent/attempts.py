"""How often this turn's answers were sent back, and for what."""

from agent.context import TurnContext
from providers.llm.base import Instruction

SHORTER = "Say it shorter: at most {characters} characters."
_SHORTER_START = SHORTER.partition("{")[0]


def was_asked_for_less(context: TurnContext) -> bool:
    """Return whether the model was already asked to say it shorter in this turn."""
    return _times_asked_for_less(context) > 0


def is_last_attempt(context: TurnContext) -> bool:
    """Return whether the one repair of this turn is used up; the first for length is free."""
    return context.rejections - min(_times_asked_for_less(context), 1) >= 1


def _times_asked_for_less(context: TurnContext) -> int:
    return sum(
        isinstance(i, Instruction) and i.text.startswith(_SHORTER_START) for i in context.items
    )
