"""A business event: what marketing is told, of which conversation, under which id."""

from enum import StrEnum

from pydantic import AwareDatetime, Field, JsonValue

from domain.phone import E164
from domain.values import Recorded, Value

SCHEMA_VERSION = 1
"""Raised when a property changes its name or meaning; a new property alone does not raise it."""


class EventName(StrEnum):
    """The events there are, as a marketer reads them."""

    STARTED = "Started Customer Agent Conversation"
    RESOLVED = "Resolved Customer Agent Conversation"
    ESCALATED = "Escalated Customer Agent Conversation"
    RECOMMENDED = "Received Product Recommendation"
    RESOLUTION_REVERTED = "Reverted Customer Agent Resolution"


class Resolution(StrEnum):
    """How sure it is that the conversation was resolved; three numbers kept apart."""

    CONFIRMED = "resolved_confirmed"
    VERIFIED = "resolved_verified"
    CONTAINED = "contained"


class EventSubject(Value):
    """The conversation an event is about.

    Attributes:
        brand: Brand's slug.
        conversation_id: Ours; without personal data, receivers keep it.
        phone: The contact's number; the profile the event belongs to, never a property.
        channel: What carried the conversation.
        episode: Which event of one kind within the conversation, from 1.
    """

    brand: str
    conversation_id: str = Field(min_length=1)
    phone: E164
    channel: str = "sms"
    episode: int = Field(default=1, ge=1)


class BusinessEvent(Recorded):
    """One event as it is stored and delivered; the same however often it is sent.

    Attributes:
        event_id: `{conversation}:{kind}:{episode}`; receivers drop repeats by it.
        name: Which event.
        schema_version: Version of the properties.
        brand: Brand's slug.
        conversation_id: Ours.
        occurred_at: When it happened, not when it is delivered.
        channel: What carried the conversation.
        phone: The contact's number, kept apart from the properties.
        properties: What a marketer can segment by; no personal data, no bodies unless the brand
            shares them.
    """

    event_id: str
    name: EventName
    schema_version: int = SCHEMA_VERSION
    brand: str
    conversation_id: str
    occurred_at: AwareDatetime
    channel: str
    phone: E164
    properties: dict[str, JsonValue]
