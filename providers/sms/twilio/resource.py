"""Twilio's REST resources, and what they mean to the product."""

import unicodedata
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from domain.message import InboundMessage, Media
from domain.outbox import CarrierAction, DeliveryStatus
from domain.segments import normalise
from domain.values import ForeignValue
from providers.http_message import HttpAnswer, retry_after
from providers.sms.base import Ambiguous, Found, NotTried, OutboundText, Refused
from providers.sms.twilio.errors import carrier_action, is_known
from providers.sms.twilio.webhook import PROVIDER, delivery_status, without_channel

# Twilio's dates have whole seconds, and its clock is not ours.
_CLOCK_SLACK = timedelta(seconds=5)


def _read_date(value: object) -> object:
    return parsedate_to_datetime(value) if isinstance(value, str) else value


Rfc2822 = Annotated[datetime, BeforeValidator(_read_date)]


class Created(ForeignValue):
    """What is read of the answer to a send."""

    sid: str = Field(min_length=1)
    num_segments: str | None = None

    @property
    def segments(self) -> int | None:
        """Segments billed; None while Twilio says "0" because no sender is chosen yet."""
        count = self.num_segments or ""
        return (int(count) or None) if count.isascii() and count.isdigit() else None


class MessageResource(ForeignValue):
    """One message as Twilio lists it."""

    sid: str
    direction: str
    status: str
    sender: str | None = Field(default=None, alias="from")
    to: str | None = None
    body: str | None = None
    num_segments: str | None = None
    num_media: str | None = None
    date_created: Rfc2822


class MessagePage(ForeignValue):
    """One page of messages, newest first."""

    messages: tuple[MessageResource, ...]
    next_page_uri: str | None = None


class MediaResource(ForeignValue):
    """One file of a message; `uri` ends in `.json`, and without it is the file itself."""

    content_type: str
    uri: str


class MediaPage(ForeignValue):
    """The files of one message."""

    media_list: tuple[MediaResource, ...]


class ConsentResult(ForeignValue):
    """What became of one consent that we reported."""

    error_code: int = 0


class ConsentResults(ForeignValue):
    """What became of the consents that we reported."""

    items: tuple[ConsentResult, ...]


class _Problem(ForeignValue):
    code: int


def read_code(answer: HttpAnswer) -> str | None:
    """Return Twilio's error code in an answer, None when somebody else refused."""
    try:
        return str(_Problem.model_validate_json(answer.body).code)
    except ValidationError:
        return None


def read_created(answer: HttpAnswer) -> Created | None:
    """Return what a send created, None when the answer does not say."""
    try:
        return Created.model_validate_json(answer.body)
    except ValidationError:
        return None


def outcome_of_refusal(answer: HttpAnswer) -> Refused | NotTried | Ambiguous:
    """Return what is known about a send that was answered with anything but 2xx.

    Source: Twilio on 429 ("never processed and always safe to retry"); 5xx says nothing.
    """
    if answer.status >= 500 or answer.status == 408:
        return Ambiguous(problem=f"Twilio answered {answer.status}")
    code = read_code(answer)
    action = carrier_action(code) if code else CarrierAction.GIVE_UP
    # Some limits that no patience helps with (a loop, the daily cap) may also come as 429.
    waits = answer.status == 429 and (code is None or not is_known(code))
    if waits or code == "20429" or (answer.status == 429 and action is CarrierAction.RETRY):
        wait = retry_after(answer).total_seconds()
        return NotTried(retry_after_seconds=wait, problem=f"throttled ({code or answer.status})")
    if code is None or not is_known(code):
        # A redirect, a wrong account or a proxy in between: somebody has to look at the address.
        misled = answer.status < 400 or answer.status in (401, 403, 404, 407)
        action = CarrierAction.CONFIGURE if misled else action
    return Refused(code=code or str(answer.status), action=action)


def find_sent(
    listed: tuple[MessageResource, ...], text: OutboundText, since: datetime, taken: frozenset[str]
) -> Found | None:
    """Return the listed message that our send became, the earliest when several fit.

    Args:
        listed: Messages between the two numbers.
        text: What was to be sent.
        since: When the attempt began.
        taken: Provider ids already bound to other rows.
    """
    wanted = comparable(text.body)
    fitting = [
        message
        for message in listed
        if message.direction == "outbound-api"
        and message.sid not in taken
        and message.date_created >= since - _CLOCK_SLACK
        and comparable(message.body or "") == wanted
    ]
    if not fitting:
        return None
    found = min(fitting, key=lambda message: message.date_created)
    status = delivery_status(found.status) or DeliveryStatus.QUEUED
    return Found(provider_message_id=found.sid, status=status)


def is_before(message: MessageResource, since: datetime) -> bool:
    """Return whether a message is too old to be the send that began then."""
    return message.date_created < since - _CLOCK_SLACK


def comparable(body: str) -> str:
    """Return a body so that the text we sent and the text Twilio lists are equal.

    Smart encoding may have replaced characters, and NBSP by two spaces where we put one.
    """
    return " ".join(unicodedata.normalize("NFC", normalise(body)).split())


def late_inbound(message: MessageResource, media: tuple[Media, ...]) -> InboundMessage:
    """Return a listed inbound message as the product sees one, marked late.

    It counts as received when Twilio received it: how old the question is decides what we may
    still answer.
    """
    segments = message.num_segments or ""
    return InboundMessage(
        provider=PROVIDER,
        provider_message_id=message.sid,
        sender=without_channel(message.sender or ""),
        recipient=without_channel(message.to or ""),
        body=(message.body or "").replace("\0", "\ufffd"),
        media=media,
        segments=max(1, int(segments)) if segments.isascii() and segments.isdigit() else 1,
        received_at=message.date_created,
        late=True,
    )
