"""What passes between the workflows and their activities beside turns: status, events, sweeps."""

from typing import Literal

from activities.messages import ConversationRequest
from domain.conversation import Status
from domain.values import Recorded

Owner = Literal["agent", "human"]
"""Who has the word."""


class JudgeResolution(ConversationRequest):
    """Judge whether a conversation that fell silent was resolved.

    Attributes:
        turn: Its last turn; one judgement is paid for after each.
    """

    turn: int = 0


class Judged(Recorded):
    """The judge's verdict."""

    verified: bool
    reason: str


class RecordStatus(Recorded):
    """Record where a conversation stands.

    Attributes:
        owner: Who has the word from now on, None for no change.
        resolved: It ended resolved; marketers hear of it.
        revision: Number of this change of status, from 1; an older one that comes late is dropped.
    """

    brand: str
    conversation_id: str
    status: Status
    intent: str | None = None
    reason: str | None = None
    owner: Owner | None = None
    resolved: bool = False
    revision: int | None = None


class StatusRecorded(Recorded):
    """Where the store stands.

    Attributes:
        revision: Number of the last change it has; a higher one than was asked for is a human's,
            of whom the workflow is about to hear.
    """

    revision: int = 0


class ReviewReturn(ConversationRequest):
    """Decide whether a customer's return takes back an earlier resolution.

    Attributes:
        earlier: The conversation that ended resolved.
        intent: What this one is about, None when unknown.
    """

    earlier: str
    intent: str | None = None


class ReturnReviewed(Recorded):
    """The verdict on a return."""

    reverted: bool


class PublishEvent(Recorded):
    """Deliver the queued events of a conversation."""

    brand: str
    conversation_id: str


class Published(Recorded):
    """How many events were delivered."""

    delivered: int = 0


class Done(Recorded):
    """Nothing to report."""


class Sweep(Recorded):
    """One round of the sweeper."""


class Swept(Recorded):
    """What a round of the sweeper did."""

    dispatched: int = 0
    notices: int = 0
    imported: int = 0
    reconciled: int = 0
    published: int = 0
    rebuilt: int = 0
