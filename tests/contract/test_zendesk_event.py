"""Zendesk's events: what proves the sender, and what is read in one."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.errors import BadSignature, MalformedWebhook
from providers.helpdesk.base import HelpdeskEvent, HumanReplied, TicketClosed, TicketReopened
from providers.helpdesk.zendesk.event import parse_event, verify
from sandbox.zendesk.hooks import sign

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECRET = "demo-zendesk-webhook-secret"


def signed(stamp: str, secret: str = SECRET, body: bytes = b"{}") -> dict[str, str]:
    """Return the headers of a signed body."""
    return {
        "x-zendesk-webhook-signature": sign(secret, stamp, body),
        "x-zendesk-webhook-signature-timestamp": stamp,
    }


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed("soon"),
        signed("2026-11-22T12:00:00"),
        signed("2026-11-22T11:54:59Z"),
        signed("2026-11-22T12:05:01Z"),
        signed("2026-11-22T12:00:00Z", "another secret"),
        signed("2026-11-22T12:00:00Z") | {"x-zendesk-webhook-signature": "é"},
        signed("2026-11-22T12:00:00Z")
        | {"x-zendesk-webhook-signature-timestamp": "2026-11-22T12:00:01Z"},
    ],
    ids=["none", "no time", "no zone", "old", "future", "other secret", "garbage", "other time"],
)
def test_signature_that_is_wrong_is_refused(headers: dict[str, str]) -> None:
    """Whatever stands in the headers, the answer is no and not another error."""
    verify([SECRET], signed("2026-11-22T12:00:00Z"), b"{}", NOW)
    with pytest.raises(BadSignature):
        verify([SECRET], headers, b"{}", NOW)


def test_signature_under_the_previous_secret_is_taken_while_it_is_changed() -> None:
    """Zendesk may learn the new secret later than we do."""
    verify(["the new secret", SECRET], signed("2026-11-22T12:00:00.123Z"), b"{}", NOW)


def an_event(kind: str = "comment_added", **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an event; fields of `event` are given by name."""
    comment = {
        "id": "9",
        "body": "Hi",
        "is_public": True,
        "author": {"id": "5", "is_staff": True, "name": "Sam"},
    }
    event: dict[str, Any] = {"comment": {**comment, **fields}}
    if kind == "status_changed":
        event = {"current": "SOLVED", "previous": "OPEN", **fields}
    return {
        "id": "e-1",
        "type": f"zen:event-type:ticket.{kind}",
        "time": "2026-11-22T12:00:00.5Z",
        "detail": {"id": "7", "external_id": "conv:c-1:1"},
        "event": event,
    }


def parsed(body: object) -> tuple[HelpdeskEvent, ...]:
    """Return what is read in a body."""
    return parse_event(body if isinstance(body, bytes) else json.dumps(body).encode(), None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"[]", "body"),
        ({}, "type"),
        (an_event() | {"detail": {}}, "detail.id"),
        (an_event() | {"time": "soon"}, "time"),
        (an_event(is_public="perhaps"), "event.comment.is_public"),
        (an_event(author={"id": "5"}), "event.comment.author.is_staff"),
        (an_event(body=None), "event.comment.body"),
        (an_event("status_changed", current=None), "event.current"),
    ],
)
def test_event_that_cannot_be_read_names_the_field(body: object, field: str) -> None:
    """A shape that Zendesk changed is seen at once, by field."""
    with pytest.raises(MalformedWebhook) as caught:
        parsed(body)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("OPEN", "SOLVED", TicketClosed),
        ("OPEN", "CLOSED", TicketClosed),
        ("SOLVED", "CLOSED", None),
        ("SOLVED", "OPEN", TicketReopened),
        ("solved", "pending", TicketReopened),
        ("NEW", "OPEN", None),
        ("OPEN", "DELETED", None),
    ],
)
def test_change_of_status_ends_or_continues_the_handoff(
    before: str, after: str, kind: type | None
) -> None:
    """Solved ends it; closing what was solved is Zendesk's own tidying."""
    events = parsed(an_event("status_changed", previous=before, current=after))
    assert [type(event) for event in events] == ([] if kind is None else [kind])


@pytest.mark.parametrize(
    "body",
    [
        an_event("priority_changed"),
        an_event() | {"detail": {"id": "7", "external_id": None}},
        an_event() | {"detail": {"id": "7", "external_id": "order:9"}},
        an_event(body=" "),
    ],
    ids=["other kind", "no id of ours", "other id", "no words"],
)
def test_event_that_is_not_about_our_customer_is_ignored(body: object) -> None:
    """Other tickets of the account are none of ours."""
    assert parsed(body) == ()


def test_event_with_numbers_for_ids_is_read() -> None:
    """The inner keys are not documented firmly: numbers are ids too, a NUL costs one character."""
    author = {"id": 5, "is_staff": True}
    (event,) = parsed(an_event(id=9, author=author, body="a\0b") | {"mood": "sunny"})
    assert isinstance(event, HumanReplied)
    assert (event.message_id, event.text, event.author) == ("9", "a\ufffdb", "")
