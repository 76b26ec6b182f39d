"""What our integrations in Gorgias post, and what is read in it."""

import json
from datetime import UTC, datetime

import pytest

from domain.errors import MalformedWebhook
from providers.helpdesk.base import HelpdeskEvent, HumanReplied
from providers.helpdesk.gorgias.event import parse_event
from providers.helpdesk.gorgias.integration import TEMPLATES

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OUR_EMAIL = "agent@cedar-slate.example.com"


def a_message(**fields: object) -> dict[str, object]:
    """Return a human's answer as our integration posts it."""
    plain: dict[str, object] = {name: "" for name in TEMPLATES["ticket-message-created"]}
    return {
        **plain,
        "event": "ticket-message-created",
        "ticket_id": "7",
        "ticket_external_id": "conv:c-1:1",
        "message_id": "8",
        "from_agent": "True",
        "public": "True",
        "channel": "sms",
        "via": "helpdesk",
        "text": "Hi",
        **fields,
    }


def parsed(body: object) -> tuple[HelpdeskEvent, ...]:
    """Return what is read in a body."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return parse_event(raw, NOW, OUR_EMAIL)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "event"),
        (b"[]", "event"),
        (b"\xff", "event"),
        ({}, "event"),
        ({"event": "ticket-exploded"}, "event"),
        ({"event": "ticket-status-updated", "ticket_id": "7"}, "status"),
        (a_message(ticket_id=""), "ticket_id"),
        (a_message(message_id="x"), "message_id"),
        (a_message(from_agent="perhaps", public=[]), "public"),
        (a_message(at="soon"), "at"),
    ],
)
def test_event_that_cannot_be_read_names_the_field(body: object, field: str) -> None:
    """Whoever changed the integration sees which line of it is wrong."""
    with pytest.raises(MalformedWebhook) as caught:
        parsed(body)
    assert caught.value.field == field


@pytest.mark.parametrize(
    "fields",
    [
        {"ticket_external_id": ""},
        {"ticket_external_id": "order:9"},
        {"from_agent": "False"},
        {"from_agent": ""},
        {"public": "False"},
        {"channel": "internal-note"},
        {"author_email": OUR_EMAIL.upper()},
        {"message_external_id": "sms:line-1"},
    ],
    ids=json.dumps,
)
def test_event_that_is_not_a_humans_answer_to_our_customer_is_ignored(
    fields: dict[str, str],
) -> None:
    """Other tickets of the account, customers' texts, notes and our own words."""
    assert parsed(a_message()) != ()
    assert parsed(a_message(**fields)) == ()


@pytest.mark.parametrize(
    ("at", "read"),
    [
        ("2026-11-22T09:30:00+00:00", datetime(2026, 11, 22, 9, 30, tzinfo=UTC)),
        ("2026-11-22 09:30:00", datetime(2026, 11, 22, 9, 30, tzinfo=UTC)),
        ("", NOW),
        (None, NOW),
    ],
)
def test_time_is_read_however_the_template_wrote_it(at: str | None, read: datetime) -> None:
    """How a template writes times, numbers and truth is not documented: all forms are read."""
    body = a_message(at=at, ticket_id=7, from_agent=True, author=None, text="a\0b")
    (event,) = parsed(body)
    assert isinstance(event, HumanReplied)
    assert (event.at, event.ticket_id, event.text) == (read, "7", "a\ufffdb")


def test_status_that_is_neither_open_nor_closed_is_ignored() -> None:
    """A status Gorgias may invent later changes nothing."""
    body = {"event": "ticket-status-updated", "ticket_id": "7", "status": "snoozed"}
    assert parsed({**body, "ticket_external_id": "conv:c-1:1"}) == ()
