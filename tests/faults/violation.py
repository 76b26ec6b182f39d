"""One broken law."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    """One broken law: which, for whom, and what was seen."""

    law: str
    who: str
    seen: str

    def __str__(self) -> str:
        return f"{self.law}: {self.who}: {self.seen}"
