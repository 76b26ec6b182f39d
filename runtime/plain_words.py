"""Errors told without words that are not ours: their types, their places, our own sentences.

Nothing heavy is imported here: every command logs, the quickest ones too.
"""

import traceback
from types import TracebackType

from domain.errors import AgentError

FRAMES = 20
"""So many places of one error are told, the innermost ones."""


def is_ours(error: BaseException) -> bool:
    """Return whether an error's sentence was written by hand: ids, never bodies.

    Those of `domain/errors.py` are, and those of the Temporal SDK.
    """
    return isinstance(error, AgentError) or type(error).__module__.startswith("temporalio.")


def told(error: BaseException) -> str:
    """Return an error and what caused it, without words that are not ours; for logs.

    Args:
        error: Any.
    """
    lines: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(lines) < FRAMES:
        said = f": {cause}" if is_ours(cause) else ""
        where = " < ".join(reversed(places_of(cause.__traceback__)[-FRAMES:]))
        lines.append(f"{type(cause).__name__}{said} ({where})")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return " after ".join(lines)


def places_of(trace: TracebackType | None) -> list[str]:
    """Return where an error came through, outermost first."""
    return [
        f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(trace)
    ]
