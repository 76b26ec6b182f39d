"""Standard Webhooks signatures, and what the generic helpdesk adapter reads in an event."""

import json
from datetime import UTC, datetime

import httpx
import pytest

from domain.errors import BadSignature, ConfigurationError, MalformedWebhook
from providers.helpdesk.base import HelpdeskEvent, HumanReplied
from providers.helpdesk.registry import build_helpdesk
from providers.http_client import open_http
from providers.signing import sign_webhook, verify_webhook
from providers.sms.base import WebhookRequest
from tests.contract.helpdesk_rig import a_line, a_ticket


@pytest.mark.parametrize("secret", ["", "whsec_", "not base64!", "whsec_ü"])
async def test_secret_that_is_none_is_refused_at_start_up(secret: str) -> None:
    """An empty or unreadable secret would sign, and accept, anything or nothing."""
    options = {"url": "https://desk.example.com/in", "secret": secret}
    async with open_http() as pool:
        with pytest.raises(ConfigurationError, match="secret"):
            build_helpdesk("generic", options, pool)


SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OLDER = "whsec_b2xkZXIgc2VjcmV0"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_signature_is_the_published_one() -> None:
    """The example of the Standard Webhooks libraries."""
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = sign_webhook(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook-id": ""},
        {"webhook-id": "msg_2"},
        {"webhook-timestamp": ""},
        {"webhook-timestamp": "٣"},
        {"webhook-timestamp": "9" * 400},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v1a,é"},
    ],
    ids=json.dumps,
)
def test_signature_with_a_wrong_header_is_refused(changes: dict[str, str]) -> None:
    """Whatever stands in the headers, the answer is no and not another error."""
    headers = sign_webhook(SECRET, "msg_1", NOW, b"{}") | changes
    with pytest.raises(BadSignature):
        verify_webhook([SECRET], headers, b"{}", NOW)


def test_signature_during_a_rotation_may_be_one_of_several() -> None:
    """Either side may know two secrets while one is replaced."""
    headers = sign_webhook(OLDER, "msg_1", NOW, b"{}")
    assert verify_webhook([SECRET, OLDER], headers, b"{}", NOW) == "msg_1"
    both = f"{sign_webhook(SECRET, 'msg_1', NOW, b'{}')['webhook-signature']} "
    both += headers["webhook-signature"]
    assert verify_webhook([OLDER], headers | {"webhook-signature": both}, b"{}", NOW) == "msg_1"


async def generic_events(body: object) -> tuple[HelpdeskEvent, ...]:
    """Return what the generic adapter reads in a well-signed body."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = sign_webhook(SECRET, "msg_1", NOW, raw)
    request = WebhookRequest(path="/", query="", headers=headers, body=raw, received_at=NOW)
    async with open_http() as pool:
        options = {"url": "https://desk.example.com/in", "secret": SECRET}
        return build_helpdesk("generic", options, pool).parse_event(request)


def a_reply(**data: object) -> dict[str, object]:
    """Return a reply event."""
    plain = {"ticket_id": "T-1", "message_id": "m-1", "text": "Hi", "author": "Sam"}
    at = NOW.isoformat()
    return {"type": "ticket.replied", "timestamp": at, "data": plain | data}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"[]", "body"),
        (b"\xff", "body"),
        (b"[" * 10_000, "body"),
        ({}, "type"),
        ({"type": "ticket.closed", "timestamp": NOW.isoformat()}, "data"),
        ({"type": "ticket.closed", "timestamp": "soon", "data": {"ticket_id": "T"}}, "timestamp"),
        (a_reply(text=""), "data.text"),
        (a_reply(message_id=None), "data.message_id"),
        (a_reply(ticket_id=7), "data.ticket_id"),
    ],
)
async def test_event_that_cannot_be_read_names_the_field(body: object, field: str) -> None:
    """The helpdesk's own people see which field was wrong."""
    with pytest.raises(MalformedWebhook) as caught:
        await generic_events(body)
    assert caught.value.field == field


@pytest.mark.parametrize(
    "body",
    [{"type": "ticket.assigned"}, {"type": "ping", "data": {}}, a_reply(internal=True)],
    ids=["unknown", "ping", "internal note"],
)
async def test_event_that_is_not_for_the_customer_is_ignored(body: object) -> None:
    """Internal notes are never texted, and new kinds of events are no fault."""
    assert await generic_events(body) == ()


async def test_event_under_the_previous_secret_is_read_while_it_is_changed() -> None:
    """The helpdesk may learn the new secret later than we do."""
    raw = json.dumps(a_reply()).encode()
    headers = sign_webhook(OLDER, "msg_1", NOW, raw)
    request = WebhookRequest(path="/", query="", headers=headers, body=raw, received_at=NOW)
    options = {"url": "https://desk.example.com/in", "secret": SECRET, "previous_secret": OLDER}
    async with open_http() as pool:
        assert len(build_helpdesk("generic", options, pool).parse_event(request)) == 1


async def test_event_sent_twice_has_one_id_and_the_same_bytes() -> None:
    """Any receiver of Standard Webhooks drops the repeat; another text has another id."""
    seen: list[tuple[str, bytes]] = []

    def note(request: httpx.Request) -> httpx.Response:
        seen.append((request.headers["webhook-id"], request.content))
        return httpx.Response(200, json={"id": "T-1"})

    options = {"url": "https://desk.example.com/in", "secret": SECRET}
    async with open_http(httpx.MockTransport(note)) as pool:
        for _ in range(2):
            desk = build_helpdesk("generic", options, pool)
            await desk.open_ticket(a_ticket())
            await desk.append_inbound("T-1", a_line("Hello?"))
            await desk.append_note("T-1", "line-0", "Hello?")
    assert seen[:3] == seen[3:]
    assert len(set(seen)) == 3


async def test_event_with_fields_nobody_knows_is_read() -> None:
    """Helpdesks add fields freely; a NUL costs one character, not the reply."""
    (event,) = await generic_events(a_reply(mood="sunny", text="a\0b"))
    assert isinstance(event, HumanReplied)
    assert event.text == "a\ufffdb"
