"""What our integrations post when something happens in Gorgias."""

from datetime import UTC, datetime
from typing import Annotated, Literal

import structlog
from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from domain.errors import MalformedWebhook
from domain.values import ForeignValue
from providers.helpdesk.base import HelpdeskEvent, HumanReplied, TicketClosed, TicketReopened

PROVIDER = "gorgias"
OUR_TICKETS = "conv:"
"""How the external id of a ticket of ours begins; the account has many others."""

_OUR_MESSAGES = ("sms:", "note:", "transcript:")
_log = structlog.get_logger(__name__)


def _flag(value: object) -> object:
    # Templates write Python's words for true and false.
    return value.strip().lower() == "true" if isinstance(value, str) else value


def _text(value: object) -> object:
    return "" if value is None else value


def _time(value: object) -> object:
    return None if value == "" else value


# What a template makes of numbers and of nothing is not documented: both forms are read.
Id = Annotated[str, Field(pattern=r"^[0-9]+$", coerce_numbers_to_str=True)]
Text = Annotated[str, BeforeValidator(_text)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Time = Annotated[datetime | None, BeforeValidator(_time)]


class _Event(ForeignValue):
    ticket_id: Id
    ticket_external_id: Text = ""
    at: Time = None


class _Message(_Event):
    event: Literal["ticket-message-created"]
    message_id: Id
    message_external_id: Text = ""
    from_agent: Flag
    public: Flag
    channel: str
    via: Text = ""
    text: Text = ""
    author: Text = ""
    author_email: Text = ""


class _Status(_Event):
    event: Literal["ticket-status-updated"]
    status: str


_Known = Annotated[_Message | _Status, Field(discriminator="event")]


def parse_event(body: bytes, received_at: datetime, our_email: str) -> tuple[HelpdeskEvent, ...]:
    """Read a verified event; empty for what is not a human's word to one of our customers.

    Args:
        body: Raw JSON, every value a text.
        received_at: Stands in where Gorgias gives no time.
        our_email: The API user; what it wrote is ours.

    Raises:
        MalformedWebhook: A field is missing or cannot be read.
    """
    try:
        event = TypeAdapter[_Known](_Known).validate_json(body)
    except ValidationError as error:
        fault = error.errors(include_input=False)[0]
        place = ".".join(str(part) for part in fault["loc"] if not str(part).startswith("ticket-"))
        raise MalformedWebhook(place or "event", fault["msg"]) from None
    if not event.ticket_external_id.startswith(OUR_TICKETS):
        return ()
    at = _aware(event.at) or received_at
    if isinstance(event, _Message):
        return _reply(event, at, our_email)
    change = {
        "ticket_id": event.ticket_id,
        "event_id": f"{event.ticket_id}:{event.status}:{at.isoformat()}",
        "at": at,
        "external_id": event.ticket_external_id,
    }
    match event.status:
        case "closed":
            return (TicketClosed.model_validate(change),)
        case "open":
            # Ours too: who reopens a ticket with a customer's text puts it before a human again.
            return (TicketReopened.model_validate(change),)
    return ()


def _reply(event: _Message, at: datetime, our_email: str) -> tuple[HelpdeskEvent, ...]:
    if not event.from_agent or not event.public or event.channel == "internal-note":
        return ()
    ours = event.author_email.lower() == our_email.lower()
    if ours or event.message_external_id.startswith(_OUR_MESSAGES):
        return ()
    # A rule that answers every text would talk to our agent for ever.
    if event.via == "rule" or not event.text.strip():
        _log.info(
            "helpdesk_event_ignored",
            provider=PROVIDER,
            ticket_id=event.ticket_id,
            message_id=event.message_id,
            via=event.via[:60],
        )
        return ()
    reply = HumanReplied(
        ticket_id=event.ticket_id,
        message_id=event.message_id,
        # PostgreSQL cannot store NUL.
        text=event.text.replace("\0", "\ufffd"),
        author=event.author,
        at=at,
        external_id=event.ticket_external_id,
    )
    return (reply,)


def _aware(at: datetime | None) -> datetime | None:
    if at is None:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
