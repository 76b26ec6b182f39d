"""What passes between the workflow and its activities about a handoff and its ticket."""

from activities.messages import ConversationRequest
from domain.escalation import EscalationReason, HandoffMode
from domain.values import Recorded


class BeginHandoff(ConversationRequest):
    """Decide how a conversation passes to a human, and record it.

    Attributes:
        turn: Turn that the texts belong to.
        message_ids: Texts that the ticket's transcript will hold, so that they count as taken.
        revision: Number of this change of status; an older one that comes late is dropped.
    """

    handoff: int
    turn: int
    message_ids: tuple[str, ...] = ()
    reason: EscalationReason
    intent: str | None = None
    revision: int | None = None


class HandoffPlan(Recorded):
    """How a conversation passes to a human.

    Attributes:
        mode: Ticket or closeout.
        acknowledge: The customer is told that a human will answer.
        silent: Neither ticket nor text: the brand has chosen to stop at its cap on spend.
        settled: An earlier conversation has had all of these texts; nothing has changed.
    """

    mode: HandoffMode
    acknowledge: bool
    silent: bool = False
    settled: bool = False


class OpenTicket(ConversationRequest):
    """Open the ticket of a handoff with the whole transcript."""

    handoff: int
    reason: EscalationReason
    intent: str | None = None
    summary: str = ""


class TicketOpened(Recorded):
    """A ticket."""

    ticket_id: str


class AppendToTicket(ConversationRequest):
    """Add a customer's later texts to a ticket.

    Attributes:
        ticket_id: None while an operator answers without one; the texts only count as taken.
    """

    ticket_id: str | None
    turn: int
    message_ids: tuple[str, ...]
