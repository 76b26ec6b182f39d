"""The events of a generic helpdesk, read and written."""

from datetime import UTC
from typing import Annotated, Literal

import structlog
from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from domain.errors import MalformedWebhook
from domain.message import TranscriptLine
from domain.values import ForeignValue
from providers.helpdesk.base import (
    HelpdeskEvent,
    HumanReplied,
    TicketClosed,
    TicketReopened,
    TicketRequest,
)

PROVIDER = "generic"
_log = structlog.get_logger(__name__)


class Opened(ForeignValue):
    """The answer to `ticket.opened`."""

    id: str = Field(min_length=1)
    url: str | None = None


class _Data(ForeignValue):
    ticket_id: str = Field(min_length=1)
    external_id: str | None = None


class _ReplyData(_Data):
    message_id: str = Field(min_length=1)
    text: str = Field(min_length=1)
    author: str = ""
    internal: bool = False


class _Replied(ForeignValue):
    type: Literal["ticket.replied"]
    timestamp: AwareDatetime
    data: _ReplyData


class _Closed(ForeignValue):
    type: Literal["ticket.closed"]
    timestamp: AwareDatetime
    data: _Data


class _Reopened(ForeignValue):
    type: Literal["ticket.reopened"]
    timestamp: AwareDatetime
    data: _Data


_Known = Annotated[_Replied | _Closed | _Reopened, Field(discriminator="type")]
_KNOWN = frozenset({"ticket.replied", "ticket.closed", "ticket.reopened"})


class _Envelope(ForeignValue):
    type: str


def describe_ticket(request: TicketRequest) -> dict[str, object]:
    """Return a ticket as JSON: everything, times in UTC, the transcript oldest first."""
    return {
        "external_id": request.external_id,
        "subject": request.subject,
        "reason": request.reason,
        "priority": request.priority,
        "summary": request.summary,
        "intent": request.intent,
        "brand": request.brand,
        "conversation_id": request.conversation_id,
        "contact": {"phone": request.phone, **request.customer},
        "channel": {"type": "sms", "number": request.channel_number},
        "order_names": request.order_names,
        "segments": request.segments,
        "transcript": [describe_line(line) for line in request.transcript],
    }


def describe_line(line: TranscriptLine) -> dict[str, object]:
    """Return one text as JSON, either way."""
    return {
        "message_id": line.message_id,
        "at": line.at.astimezone(UTC).isoformat(),
        "direction": "inbound" if line.origin is None else "outbound",
        "author": "customer" if line.origin is None else line.origin.value,
        "text": line.body,
        "segments": line.segments,
    }


def parse_event(webhook_id: str, body: bytes) -> tuple[HelpdeskEvent, ...]:
    """Read a verified event; empty for kinds that mean nothing to us and for internal notes.

    Raises:
        MalformedWebhook: A field is missing or cannot be read.
    """
    try:
        kind = _Envelope.model_validate_json(body).type
        if kind not in _KNOWN:
            _log.info("helpdesk_event_ignored", provider=PROVIDER, event_type=kind[:60])
            return ()
        event = TypeAdapter[_Known](_Known).validate_json(body)
    except ValidationError as error:
        fault = error.errors(include_input=False)[0]
        place = ".".join(str(part) for part in fault["loc"] if part not in _KNOWN)
        raise MalformedWebhook(place or "body", fault["msg"]) from None
    return _neutral(webhook_id, event)


def _neutral(webhook_id: str, event: _Replied | _Closed | _Reopened) -> tuple[HelpdeskEvent, ...]:
    ticket_id, at = event.data.ticket_id, event.timestamp.astimezone(UTC)
    ours = event.data.external_id
    match event:
        case _Replied(data=data) if data.internal:
            return ()
        case _Replied(data=data):
            reply = HumanReplied(
                ticket_id=ticket_id,
                message_id=data.message_id,
                # PostgreSQL cannot store NUL.
                text=data.text.replace("\0", "\ufffd"),
                author=data.author,
                at=at,
                external_id=ours,
            )
            return (reply,)
        case _Closed():
            closed = TicketClosed(ticket_id=ticket_id, event_id=webhook_id, at=at, external_id=ours)
            return (closed,)
        case _Reopened():
            reopened = TicketReopened(
                ticket_id=ticket_id, event_id=webhook_id, at=at, external_id=ours
            )
            return (reopened,)
