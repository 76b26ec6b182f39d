"""One reply out of several wordings, within a number of septets."""

from sandbox.openai.modes.rules.gsm import plain, septets
from sandbox.openai.modes.rules.wording import Wordings

ONE_SEGMENT = 160


def fit(parts: list[Wordings], limit: int, level: int = 0) -> str:
    """Return the richest reply that fits.

    Args:
        parts: For each need its wordings, richest first.
        limit: Septets the reply may have.
        level: How many of the richest wordings to pass over (a draft was refused).

    Returns:
        One line of GSM-7 with at most one link. Wordings are shortened longest part first; when
        even the tersest do not fit, parts are dropped from the end, and a single part stands.
    """
    choices = [tuple(dict.fromkeys(plain(w) for w in part)) for part in parts]
    chosen = [min(level, len(c) - 1) for c in choices]
    while not _fits(_joined(choices, chosen), limit):
        open_parts = [i for i, c in enumerate(choices) if chosen[i] < len(c) - 1]
        if not open_parts:
            break
        longest = max(open_parts, key=lambda i: septets(choices[i][chosen[i]]))
        chosen[longest] += 1
    while len(choices) > 1 and not _fits(_joined(choices, chosen), limit):
        choices.pop()
        chosen.pop()
    return _joined(choices, chosen)


def _fits(text: str, limit: int) -> bool:
    return septets(text) <= limit and text.count("https://") <= 1


def _joined(choices: list[tuple[str, ...]], chosen: list[int]) -> str:
    texts = dict.fromkeys(choice[index] for choice, index in zip(choices, chosen, strict=True))
    return " ".join(texts)
