"""What marketing hears about a conversation: the events, their properties and their ids."""

from datetime import datetime, timedelta

from pydantic import JsonValue

from domain.business_event import BusinessEvent, EventName, EventSubject, Resolution
from domain.escalation import EscalationReason

# They stand in ids that receivers keep, so that a new display name makes no event new.
_KINDS = {
    EventName.STARTED: "started",
    EventName.RESOLVED: "resolved",
    EventName.ESCALATED: "escalated",
    EventName.RECOMMENDED: "recommended",
    EventName.RESOLUTION_REVERTED: "resolution_reverted",
}


def build_started(
    subject: EventSubject, at: datetime, *, first_message: str, share_bodies: bool = False
) -> BusinessEvent:
    """Return the event of a conversation opened by its first admitted text.

    Args:
        subject: The conversation.
        at: When the text was admitted.
        first_message: Its words, redacted; left out unless bodies are shared.
        share_bodies: The brand has opted in to customers' words in events.
    """
    said: dict[str, JsonValue] = {"First message": first_message} if share_bodies else {}
    return _event(EventName.STARTED, subject, at, said)


def build_resolved(
    subject: EventSubject,
    at: datetime,
    *,
    resolution: Resolution,
    procedure: str | None,
    tags: tuple[str, ...] = (),
    resolution_time: timedelta,
) -> BusinessEvent:
    """Return the event of a conversation that ended without a human.

    Args:
        subject: The conversation.
        at: When it ended.
        resolution: How sure that is.
        procedure: What it was about (the intent), None when unknown.
        tags: Labels of the brand.
        resolution_time: From the first text to the last answer; told in whole seconds.
    """
    properties: dict[str, JsonValue] = {
        "Resolution": resolution.value,
        "Resolution time": max(round(resolution_time.total_seconds()), 0),
        "Tags": [*tags],
        **_procedure(procedure),
    }
    return _event(EventName.RESOLVED, subject, at, properties)


def build_escalated(
    subject: EventSubject,
    at: datetime,
    *,
    reason: EscalationReason,
    procedure: str | None,
    tags: tuple[str, ...] = (),
    assisted: bool,
) -> BusinessEvent:
    """Return the event of a conversation that passed to a human.

    Args:
        subject: The conversation.
        at: When the agent stopped.
        reason: Why.
        procedure: What it was about (the intent), None when unknown.
        tags: Labels of the brand.
        assisted: The agent had answered before; a human only finishes.
    """
    properties: dict[str, JsonValue] = {
        "Escalation reason": reason.value,
        "Assisted": assisted,
        "Tags": [*tags],
        **_procedure(procedure),
    }
    return _event(EventName.ESCALATED, subject, at, properties)


def build_recommended(
    subject: EventSubject,
    at: datetime,
    *,
    product_ids: tuple[str, ...],
    skus: tuple[str, ...] = (),
) -> BusinessEvent:
    """Return the event of a reply that named products.

    Args:
        subject: The conversation.
        at: When the reply was sent.
        product_ids: The shop's ids, in the order of the reply.
        skus: Stock keeping units where known.
    """
    properties: dict[str, JsonValue] = {"Product IDs": [*product_ids], "SKUs": [*skus]}
    return _event(EventName.RECOMMENDED, subject, at, properties)


def build_resolution_reverted(
    subject: EventSubject, at: datetime, *, reverted: BusinessEvent
) -> BusinessEvent:
    """Return the event that takes a resolution back: the customer returned on the same issue.

    Args:
        subject: The conversation that had been resolved.
        at: When the customer returned.
        reverted: The event taken back.
    """
    properties: dict[str, JsonValue] = {
        "Reverted event ID": reverted.event_id,
        **{
            key: reverted.properties[key]
            for key in ("Resolution", "Procedure", "Skill")
            if key in reverted.properties
        },
    }
    return _event(EventName.RESOLUTION_REVERTED, subject, at, properties)


def _procedure(procedure: str | None) -> dict[str, JsonValue]:
    # Klaviyo renamed the property; a segment saved on either name has to go on working.
    return {} if procedure is None else {"Procedure": procedure, "Skill": procedure}


def _event(
    name: EventName, subject: EventSubject, at: datetime, properties: dict[str, JsonValue]
) -> BusinessEvent:
    return BusinessEvent(
        event_id=f"{subject.conversation_id}:{_KINDS[name]}:{subject.episode}",
        name=name,
        brand=subject.brand,
        conversation_id=subject.conversation_id,
        occurred_at=at,
        channel=subject.channel,
        phone=subject.phone,
        properties={
            "Conversation ID": subject.conversation_id,
            "Channel": subject.channel,
            **properties,
        },
    )
