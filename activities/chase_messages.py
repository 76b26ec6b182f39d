"""What passes between the workflow and its activities about an answer that a human owes."""

from datetime import datetime

from activities.messages import ConversationRequest
from domain.quiet_hours import SendingWindow
from domain.values import Recorded


class ChaseEscalation(ConversationRequest):
    """Alert operators that nobody has answered.

    Attributes:
        handoff: Which handoff of the conversation.
        number: The first or the second alert of it.
        since: When the word passed to a human, UTC.
        at: The present as the conversation knows it, UTC.
        told: The customer has read that a person will reply.
    """

    handoff: int
    number: int
    since: datetime
    at: datetime
    told: bool
    ticket_id: str | None = None


class ChasePlan(Recorded):
    """Whether the customer is told that it still waits.

    Attributes:
        window: When that may be; None for not at all.
    """

    window: SendingWindow | None = None


class AddTicketNote(ConversationRequest):
    """Remind the humans on their ticket; the same alert is noted once.

    Attributes:
        waited_hours: How long the customer has waited for an answer.
    """

    ticket_id: str
    handoff: int
    number: int
    waited_hours: float
