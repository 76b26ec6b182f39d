"""The signed webhook that Zendesk posts when something happens to a ticket."""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from domain.errors import BadSignature, MalformedWebhook
from domain.values import ForeignValue
from providers.helpdesk.base import HelpdeskEvent, HumanReplied, TicketClosed, TicketReopened

TOLERANCE = timedelta(minutes=5)
OUR_TICKETS = "conv:"
"""How the external id of a ticket of ours begins; the account has many others."""

FOLLOW_UP = "/"
"""Between the external id of a closed ticket and its own id, in the ticket that continues it."""

_COMMENT_ADDED = "zen:event-type:ticket.comment_added"
_STATUS_CHANGED = "zen:event-type:ticket.status_changed"
_ENDED = frozenset({"SOLVED", "CLOSED"})
_OPEN = frozenset({"NEW", "OPEN", "PENDING", "HOLD"})

Id = Annotated[str, Field(pattern=r"^[0-9]+$", coerce_numbers_to_str=True)]


class _Kind(ForeignValue):
    type: str


class _Detail(ForeignValue):
    id: Id
    external_id: str | None = None


class _Author(ForeignValue):
    id: Id
    is_staff: bool
    name: str = ""


class _Comment(ForeignValue):
    id: Id
    body: str
    is_public: bool
    author: _Author


class _Said(ForeignValue):
    comment: _Comment


class _Changed(ForeignValue):
    current: str
    previous: str


class _CommentAdded(ForeignValue):
    type: Literal["zen:event-type:ticket.comment_added"]
    id: str = Field(min_length=1)
    time: AwareDatetime
    detail: _Detail
    event: _Said


class _StatusChanged(ForeignValue):
    type: Literal["zen:event-type:ticket.status_changed"]
    id: str = Field(min_length=1)
    time: AwareDatetime
    detail: _Detail
    event: _Changed


_Known = Annotated[_CommentAdded | _StatusChanged, Field(discriminator="type")]


def verify(secrets: Iterable[str], headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Check the signature: base64 of HMAC-SHA256 over the timestamp and the body.

    Args:
        secrets: Secrets accepted, several during a rotation.
        headers: Names in lower case.
        body: Raw bytes.
        now: When it arrived; its own time may be 5 minutes off.

    Raises:
        BadSignature: It is not signed with one of the secrets, or too old, or from the future.
    """
    stamp = headers.get("x-zendesk-webhook-signature-timestamp", "")
    given = headers.get("x-zendesk-webhook-signature", "").encode("latin-1", "replace")
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        raise BadSignature("webhook: it is not signed") from None
    if at.tzinfo is None or abs(now - at) > TOLERANCE:
        raise BadSignature("webhook: its time is more than 5 minutes off")
    signed = stamp.encode("utf-8", "replace") + body
    macs = [hmac.new(secret.encode(), signed, hashlib.sha256).digest() for secret in secrets]
    if not any([hmac.compare_digest(given, base64.b64encode(mac)) for mac in macs]):
        raise BadSignature("webhook: the signature does not fit")


def parse_event(body: bytes, our_user: int | None) -> tuple[HelpdeskEvent, ...]:
    """Read a verified event; empty for what is not a human's word to one of our customers.

    Args:
        body: Raw JSON.
        our_user: The API user's id, None when it was not configured.

    Raises:
        MalformedWebhook: A field is missing or cannot be read.
    """
    try:
        kind = _Kind.model_validate_json(body).type
        if kind not in (_COMMENT_ADDED, _STATUS_CHANGED):
            return ()
        event = TypeAdapter[_Known](_Known).validate_json(body)
    except ValidationError as error:
        fault = error.errors(include_input=False)[0]
        place = ".".join(str(part) for part in fault["loc"] if not str(part).startswith("zen:"))
        raise MalformedWebhook(place or "body", fault["msg"]) from None
    external_id = event.detail.external_id or ""
    if not external_id.startswith(OUR_TICKETS):
        return ()
    # A ticket that continues a closed one stands for that one: it alone is bound to a handoff.
    ours, _, original = external_id.partition(FOLLOW_UP)
    ticket_id = original or event.detail.id
    at = event.time.astimezone(UTC)
    if isinstance(event, _CommentAdded):
        return _reply(event.event.comment, (ticket_id, ours), at, our_user)
    return _change(event, (ticket_id, ours), at)


def _reply(
    comment: _Comment, ticket: tuple[str, str], at: datetime, our_user: int | None
) -> tuple[HelpdeskEvent, ...]:
    ticket_id, external_id = ticket
    ours = our_user is not None and comment.author.id == str(our_user)
    if ours or not comment.is_public or not comment.author.is_staff or not comment.body.strip():
        return ()
    reply = HumanReplied(
        ticket_id=ticket_id,
        message_id=comment.id,
        # PostgreSQL cannot store NUL.
        text=comment.body.replace("\0", "\ufffd"),
        author=comment.author.name,
        at=at,
        external_id=external_id,
    )
    return (reply,)


def _change(
    event: _StatusChanged, ticket: tuple[str, str], at: datetime
) -> tuple[HelpdeskEvent, ...]:
    ticket_id, external_id = ticket
    change = {
        "ticket_id": ticket_id,
        "event_id": event.id,
        "at": at,
        "external_id": external_id,
    }
    before, after = event.event.previous.upper(), event.event.current.upper()
    # Days after a ticket was solved Zendesk closes it by itself: it had ended before.
    if before in _ENDED and after in _ENDED:
        return ()
    if after in _ENDED:
        return (TicketClosed.model_validate(change),)
    # Ours too: who reopens a ticket with a customer's text puts it before a human again.
    if before in _ENDED and after in _OPEN:
        return (TicketReopened.model_validate(change),)
    return ()
