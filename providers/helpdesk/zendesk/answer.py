"""What Zendesk answers, as far as it is read."""

from enum import StrEnum

import orjson
from pydantic import Field, TypeAdapter, ValidationError

from domain.values import ForeignValue
from providers.http_message import HttpAnswer


class ZendeskStatus(StrEnum):
    """How far a ticket is; `closed` is for ever."""

    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    HOLD = "hold"
    SOLVED = "solved"
    CLOSED = "closed"


class ZendeskTicket(ForeignValue):
    """A ticket; `updated_at` stays the text it was, it is compared by Zendesk."""

    id: int
    status: ZendeskStatus
    external_id: str | None = None
    requester_id: int | None = None
    updated_at: str | None = None


class ZendeskUser(ForeignValue):
    """A user; nobody's id is None or 0."""

    id: int | None = None
    role: str | None = None


class ZendeskComment(ForeignValue):
    """A comment in plain words."""

    body: str
    plain_body: str | None = None

    @property
    def text(self) -> str:
        """Return it without markup."""
        return self.plain_body or self.body


class _Meta(ForeignValue):
    has_more: bool = False
    after_cursor: str | None = None


class TicketAnswer(ForeignValue):
    """One ticket."""

    ticket: ZendeskTicket


class UserAnswer(ForeignValue):
    """One user."""

    user: ZendeskUser


class TicketPage(ForeignValue):
    """A page of tickets."""

    tickets: tuple[ZendeskTicket, ...]


class CommentPage(ForeignValue):
    """A page of comments."""

    comments: tuple[ZendeskComment, ...]
    meta: _Meta = Field(default_factory=_Meta)


class _Refusal(ForeignValue):
    error: str | dict[str, object]


def read_code(answer: HttpAnswer) -> str | None:
    """Return the code of a refusal: `error`, or its title where it is an object."""
    try:
        error = TypeAdapter(_Refusal).validate_python(orjson.loads(answer.body)).error
    except (ValidationError, orjson.JSONDecodeError):
        return None
    return error if isinstance(error, str) else str(error.get("title") or "") or None
