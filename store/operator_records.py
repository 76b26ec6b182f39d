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


class HumanText(Value):
    """A human's words, queued.

    Attributes:
        revision: Of the contact's open conversation since they have the word in it; 0 when none
            is open.
    """

    outbox_id: str
    revision: int


class StoredOutside(Value):
    """A text sent elsewhere, stored.

    Attributes:
        fresh: It was not known before.
        revision: As for a human's words; 0 for a campaign's.
    """

    contact_id: str
    fresh: bool
    revision: int


class Review(Value):
    """An opt-out that rules or a model read out of free words."""

    message_id: str
    contact_id: str
    body: str
    received_at: datetime
    decision: Decision
