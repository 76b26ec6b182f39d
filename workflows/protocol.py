"""Names and messages by which the outside talks to conversations; they stand in histories."""

from datetime import datetime

from domain.escalation import EscalationReason
from domain.handover import Handover
from domain.values import Recorded

CONVERSATIONS_QUEUE = "conversations"
"""Workflows, tools and sends."""

MODEL_QUEUE = "model"
"""Model calls: a queue of their own, because eager dispatch would bypass its rate limit."""

RECEIVE_INBOUND = "receive_inbound"


def conversation_workflow_id(brand: str, contact_id: str) -> str:
    """Return the workflow id of a contact's conversation.

    Ids are never encrypted, so that it holds no phone number; a "/" would break the web UI.
    """
    return f"conversation:{brand}:{contact_id}"


def notice_workflow_id(outbox_id: str) -> str:
    """Return the workflow id under which a fixed text is sent."""
    return f"notice:{outbox_id}"


class ReceiveInbound(Recorded):
    """Signal: an inbound message concerns this conversation.

    Attributes:
        message_id: Our id of it.
        seq: Order of arrival.
        body: The text, redacted; it stands in history once, here.
        received_at: UTC.
        handover: What is to be done about it.
        doubt: The rules left a doubt; the model is asked first.
        escalation: Why it goes to a human, when it does.
    """

    message_id: str
    seq: int
    body: str
    received_at: datetime
    handover: Handover
    doubt: bool = False
    escalation: EscalationReason | None = None


class DeliveryFailed(Recorded):
    """Signal: a reply did not reach the customer."""

    outbox_id: str
    error_code: str | None = None


class HumanReply(Recorded):
    """Signal: a human answered in the helpdesk, or from the brand's number elsewhere.

    Attributes:
        message_id: Id of the text where it was written.
        body: The words, for the operators' transcript.
        author: Who wrote, as operators know them.
        ticket_id: The ticket they wrote in, perhaps one of an earlier conversation; None when they
            wrote elsewhere.
        at: When they wrote in it, by the helpdesk's clock.
        revision: Of the conversation in the store since they have the word there, 0 when unknown.
    """

    message_id: str
    body: str
    author: str
    ticket_id: str | None = None
    at: datetime | None = None
    revision: int = 0


class TicketWasClosed(Recorded):
    """Signal: a human closed the ticket.

    Attributes:
        at: When, by the helpdesk's clock.
    """

    ticket_id: str
    at: datetime


class TicketWasReopened(Recorded):
    """Signal: a human opened the ticket again.

    Attributes:
        at: When, by the helpdesk's clock.
    """

    ticket_id: str
    at: datetime


class OperatorRequest(Recorded):
    """Update: an operator acts on a conversation.

    Attributes:
        operator: Who.
        conversation_id: On which one; None is whichever of the contact's runs.
    """

    operator: str
    conversation_id: str | None = None


class TakeOver(OperatorRequest):
    """Update: an operator takes the word."""


class HandBack(OperatorRequest):
    """Update: an operator gives the word back to the agent."""


class SendAsHuman(OperatorRequest):
    """Update: an operator sends a text; `key` makes a repeated request the same text."""

    body: str
    key: str


class Close(OperatorRequest):
    """Update: an operator closes the conversation."""


class ConversationSnapshot(Recorded):
    """Query answer: where the conversation stands; no bodies.

    Attributes:
        waiting_texts: Texts not taken into a turn yet.
        deadline: When silence ends it, UTC.
        last_decision: Why the last thing happened.
    """

    conversation_id: str
    status: str
    turn: int
    agent_texts: int
    waiting_texts: int
    handoffs: int
    ticket_id: str | None
    intent: str | None
    deadline: datetime | None
    last_decision: str


class ConversationOutcome(Recorded):
    """Result: how the conversation ended."""

    conversation_id: str
    status: str
    turns: int
    agent_texts: int
