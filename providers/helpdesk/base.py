"""The port to a brand's helpdesk."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.escalation import EscalationReason
from domain.message import TranscriptLine
from domain.values import Value
from providers.sms.base import WebhookRequest


class Priority(StrEnum):
    """How soon a human should look."""

    NORMAL = "normal"
    URGENT = "urgent"


class TicketRequest(Value):
    """All a human needs to take over.

    Attributes:
        external_id: `conv:{conversation}:{handoff}`; opening it twice yields the same ticket.
        subject: One line.
        reason: Why the agent stopped.
        priority: How soon.
        summary: What was asked and tried, in sentences.
        intent: What the conversation is about, None when unknown.
        brand: Brand's name.
        conversation_id: Ours.
        phone: The customer's number, E.164.
        channel_number: The brand's number, E.164.
        customer: Name, e-mail, shop id where known.
        order_names: Orders that came up.
        segments: Outbound segments spent so far.
        transcript: The whole conversation, oldest first.
    """

    external_id: str
    subject: str
    reason: EscalationReason
    priority: Priority = Priority.NORMAL
    summary: str
    intent: str | None = None
    brand: str
    conversation_id: str
    phone: str
    channel_number: str
    customer: Mapping[str, str]
    order_names: tuple[str, ...] = ()
    segments: int = 0
    transcript: tuple[TranscriptLine, ...]


class Ticket(Value):
    """A ticket as the helpdesk knows it."""

    ticket_id: str
    url: str | None = None


class TicketEvent(Value):
    """What happened to a ticket.

    Attributes:
        at: By the helpdesk's clock, UTC.
        external_id: Ours of the ticket, when the helpdesk tells it: a human may be faster than the
            answer that brings us the ticket's own id.
    """

    ticket_id: str
    at: datetime
    external_id: str | None = None


class HumanReplied(TicketEvent):
    """A human wrote to the customer in the helpdesk."""

    message_id: str
    text: str
    author: str


class TicketClosed(TicketEvent):
    """A human closed the ticket."""

    event_id: str


class TicketReopened(TicketEvent):
    """A human opened the ticket again."""

    event_id: str


HelpdeskEvent = HumanReplied | TicketClosed | TicketReopened


class Helpdesk(Protocol):
    """One brand's helpdesk; calls raise `ProviderError`."""

    name: str

    async def open_ticket(self, request: TicketRequest) -> Ticket:
        """Open a ticket with the whole transcript, or return the one already opened."""

    async def append_inbound(self, ticket_id: str, line: TranscriptLine) -> None:
        """Add a customer's later text; the same `message_id` twice is added once."""

    async def append_note(self, ticket_id: str, note_id: str, text: str) -> None:
        """Add an internal note; the same `note_id` twice is added once."""

    def parse_event(self, request: WebhookRequest) -> tuple[HelpdeskEvent, ...]:
        """Verify and read a webhook of the helpdesk.

        Raises:
            BadSignature: It is not the helpdesk's.
            MalformedWebhook: A field is missing or cannot be read.
        """

    async def check(self) -> str:
        """Return one sentence on whether the helpdesk answers; raises when it does not."""
