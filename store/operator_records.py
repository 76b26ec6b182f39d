"""What operators, helpdesks and marketing platforms tell the store and hear of it: plain values."""

from datetime import datetime

from domain.gate.decision import Decision
from domain.message import MessageOrigin
from domain.values import Value


class TicketOwner(Value):
    """The conversation a ticket belongs to."""

    brand: str
    contact_id: str
    conversation_id: str


class OutsideText(Value):
    """A text that another system sent from the brand's number.

    Attributes:
        key: The other system's id; the same one twice is stored once.
        origin: Campaign, automation, or a human elsewhere.
    """

    brand: str
    phone: str
    number: str
    provider: str
    key: str
    body: str
    origin: MessageOrigin
    sent_at: datetime


class Review(Value):
    """An opt-out that rules or a model read out of free words."""

    message_id: str
    contact_id: str
    body: str
    received_at: datetime
    decision: Decision
