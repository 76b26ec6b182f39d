"""What of a conversation the model is shown, and how it is marked."""

from agent.context import TurnContext
from domain.message import MessageOrigin, TranscriptLine
from providers.llm.base import AgentSaid, CustomerSaid, ModelItem

MAX_LINES = 20
MAX_CHARACTERS = 12_000
_MAX_TEXT = 1_600
_MAX_BATCH = 8_000

_AUTHORS = {
    MessageOrigin.HUMAN: "[written by a person of the brand] ",
    MessageOrigin.CAMPAIGN: "[campaign of the brand] ",
    MessageOrigin.AUTOMATION: "[automatic text of the brand] ",
    MessageOrigin.NOTICE: "[notice of the brand] ",
}


def conversation_items(context: TurnContext) -> tuple[ModelItem, ...]:
    """Return the conversation the model reads, oldest first: history, then this turn's texts.

    Args:
        context: The turn.

    Returns:
        At most 20 messages and about 12,000 characters of history and batch; the newest are kept.
    """
    batch = _newest([readable(t) for t in context.batch], MAX_LINES, _MAX_BATCH)
    room = MAX_CHARACTERS - sum(map(len, batch))
    lines = [line for line in context.transcript if not _is_told_already(line, context)]
    texts = [_line_text(line) for line in lines]
    kept = _newest(texts, MAX_LINES, room)
    shown = zip(lines[len(lines) - len(kept) :], kept, strict=True)
    return (
        *(line_item(line, text) for line, text in shown),
        *(CustomerSaid(text=text) for text in batch),
    )


def transcript_items(lines: tuple[TranscriptLine, ...]) -> tuple[ModelItem, ...]:
    """Return the end of a conversation for a judge who was not part of it."""
    kept = _newest([_line_text(line) for line in lines], MAX_LINES * 2, MAX_CHARACTERS)
    shown = zip(lines[len(lines) - len(kept) :], kept, strict=True)
    return tuple(line_item(line, text) for line, text in shown)


def line_item(line: TranscriptLine, text: str) -> ModelItem:
    """Return one line as who said it; a customer's words are only ever the customer's."""
    return CustomerSaid(text=text) if line.origin is None else AgentSaid(text=text)


def readable(text: str, limit: int = _MAX_TEXT) -> str:
    """Return a text as it can be put into JSON: no NUL, no lone surrogate, bounded.

    Args:
        text: Any.
        limit: Characters to keep.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    whole = units.decode("utf-16-le", "ignore").replace("\x00", "")
    return whole if len(whole) <= limit else f"{whole[: limit - 6]} [...]"


def _line_text(line: TranscriptLine) -> str:
    mark = "" if line.origin is None else _AUTHORS.get(line.origin, "")
    return mark + readable(line.body)


def _is_told_already(line: TranscriptLine, context: TurnContext) -> bool:
    told = line.origin in (MessageOrigin.CAMPAIGN, MessageOrigin.AUTOMATION)
    return told and line.body in context.brand_texts


def _newest(texts: list[str], most: int, room: int) -> list[str]:
    """Return the longest end of a list that stays within a count and a length."""
    kept: list[str] = []
    for text in reversed(texts[-most:] if most else []):
        room -= len(text)
        if room < 0 and kept:
            break
        kept.append(text)
    return kept[::-1]
