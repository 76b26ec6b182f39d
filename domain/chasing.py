"""An answer that a human owes the customer: who is reminded of it, and when."""

from datetime import datetime, timedelta
from enum import StrEnum

from domain.values import Recorded

MOST_CHASES = 2
"""After the second alert nobody is told a third time."""


class OwedAnswer(Recorded):
    """A handoff that no human has answered yet.

    Attributes:
        since: When the word passed to the human, UTC.
        told: The customer has read that a person will reply.
        chases: How often operators were alerted.
        noted: How many of these alerts stand on the ticket.
        update_from: When the customer may be told that it still waits, UTC; None for not at all
            or not any more.
        update_until: When that would be stale, UTC.
    """

    since: datetime
    told: bool = False
    chases: int = 0
    noted: int = 0
    update_from: datetime | None = None
    update_until: datetime | None = None


class ChaseStep(StrEnum):
    """What is done about an answer that does not come."""

    ALERT = "alert"
    UPDATE = "update"
    NOTE = "note"


def next_chase(
    owed: OwedAnswer, after: timedelta, now: datetime
) -> tuple[datetime, ChaseStep] | None:
    """Return what is to be done next about an answer owed, and when.

    Args:
        owed: How it stands.
        after: How long a human may take before each alert.
        now: UTC.

    Returns:
        What is due first; of several due the customer's update comes first, and the ticket's note
        last, because the helpdesk may be the reason why nobody answers. None when all is done.
    """
    waits: list[tuple[datetime, ChaseStep]] = []
    if owed.update_from is not None:
        waits.append((owed.update_from, ChaseStep.UPDATE))
    if owed.chases < MOST_CHASES:
        waits.append((owed.since + after * (owed.chases + 1), ChaseStep.ALERT))
    due = next((wait for wait in waits if wait[0] <= now), None)
    if due is None and owed.noted < owed.chases:
        due = (now, ChaseStep.NOTE)
    return due or min(waits, default=None)
