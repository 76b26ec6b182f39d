"""Whatever is left to chance, drawn from numbers that somebody else chooses."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

_Choice = TypeVar("_Choice")


class Dice:
    """Whatever is left to chance: the numbers say which of the choices, 0 the first and plainest.

    Args:
        numbers: When they run out, the first is taken.
    """

    def __init__(self, numbers: Iterator[int]) -> None:
        self._numbers = numbers

    def pick(self, choices: Sequence[_Choice]) -> _Choice:
        """Return one of the choices."""
        return choices[next(self._numbers, 0) % len(choices)]


CALM = Dice(iter(()))
