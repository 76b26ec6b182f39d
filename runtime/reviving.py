"""The port to what starts conversations again that Temporal has lost."""

from enum import StrEnum
from typing import Protocol

from store.records import PendingMessage


class Outcome(StrEnum):
    """What became of a contact's conversation that was to be started again.

    WAITS: its last reply is of unknown outcome, and until that is known nothing is said.
    """

    STARTED = "started"
    RUNS = "runs"
    NONE_OPEN = "none_open"
    WAITS = "waits"


class Reviver(Protocol):
    """Starts conversations again that Temporal has lost."""

    async def revive(self, brand: str, contact_id: str) -> Outcome:
        """Start a contact's open conversation again, unless it runs."""

    async def rebuild_missing(self) -> int:
        """Start what is lost; return how many were started."""

    async def stranded(self) -> tuple[PendingMessage, ...]:
        """Return texts whose conversation was lost before the store knew of it."""
