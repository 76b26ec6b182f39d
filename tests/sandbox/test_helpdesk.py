"""The generic helpdesk: what it believes, what it keeps, and what it says back."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest

from sandbox.edge import Edge
from sandbox.helpdesk.app import create_helpdesk
from sandbox.helpdesk.config import HelpdeskConfig
from sandbox.helpdesk.signature import find_fault, sign
from tests.sandbox.receiver import PHONE, PUBLIC_URL, Receiver

OPENED = {
    "external_id": "conv:c-1:1",
    "subject": "Order #1001: wants a person",
    "reason": "asked_for_human",
    "priority": "normal",
    "contact": {"phone": PHONE},
    "transcript": [{"direction": "inbound", "text": "A person please"}],
    "summary": "Asked for a person.",
    "intent": "order_status",
}


@dataclass
class Desk:
    """One helpdesk with a client, and the brand's side it calls."""

    config: HelpdeskConfig
    edge: Edge
    receiver: Receiver
    client: httpx.AsyncClient

    async def post(
        self, event: object, webhook_id: str = "evt-1", **headers: str
    ) -> httpx.Response:
        """Post an event, signed now unless ``headers`` say otherwise."""
        body = json.dumps(event).encode()
        timestamp = int(self.edge.now().timestamp())
        signed = {
            "webhook-id": webhook_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": sign(self.config.secret, webhook_id, timestamp, body),
        }
        return await self.client.post("/tickets-webhook", content=body, headers=signed | headers)

    async def open(self) -> dict[str, Any]:
        """Open the sample ticket."""
        response = await self.post({"type": "ticket.opened", "data": OPENED})
        assert response.status_code == 201, response.text
        return dict(response.json())

    async def tell(self, event: str, webhook_id: str, **data: object) -> httpx.Response:
        """Post one event about a ticket."""
        return await self.post({"type": event, "data": data}, webhook_id)

    async def act(self, name: str, **body: object) -> dict[str, Any]:
        """Let a helpdesk agent act, and return what came of the callback."""
        response = await self.client.post(f"/_control/{name}", json=body)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def tickets(self) -> list[dict[str, Any]]:
        """Return all tickets."""
        return list((await self.client.get("/_control/tickets")).json()["tickets"])


@pytest.fixture
async def desk() -> Desk:
    """A helpdesk without tickets."""
    config = HelpdeskConfig(api_base_url=PUBLIC_URL)
    edge, receiver = Edge(), Receiver()
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(create_helpdesk(config, edge, receiver.client())),
        base_url="http://helpdesk.test",
    )
    return Desk(config, edge, receiver, client)


def test_signature_of_the_specifications_example_is_the_published_one() -> None:
    """The worked example of the Standard Webhooks libraries holds."""
    signature = sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_ticket_opened_is_kept_whole(desk: Desk) -> None:
    """A new ticket answers 201 with its id and address; nothing it was told is lost."""
    answer = await desk.open()
    assert answer == {
        "id": "T-1001",
        "status": "open",
        "url": "http://helpdesk.test/tickets/T-1001",
    }
    assert (await desk.tickets())[0]["opened"] == OPENED
    assert (await desk.client.get(answer["url"])).json()["external_id"] == "conv:c-1:1"


async def test_ticket_opened_again_is_the_same_ticket(desk: Desk) -> None:
    """Neither the same webhook nor the same external id makes a second ticket."""
    first = await desk.open()
    for webhook_id in ("evt-1", "evt-2"):
        again = await desk.post({"type": "ticket.opened", "data": OPENED}, webhook_id)
        assert (again.status_code, again.json()) == (200, first)
    assert len(await desk.tickets()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": ""},
        {"webhook-id": "evt-2"},
        {"webhook-timestamp": "soon"},
        {"webhook-timestamp": "1614265330"},
    ],
    ids=["wrong", "none", "other id", "no number", "other time"],
)
async def test_event_with_a_bad_signature_is_refused(desk: Desk, headers: dict[str, str]) -> None:
    """What is not signed by the shared secret changes nothing."""
    response = await desk.post({"type": "ticket.opened", "data": OPENED}, **headers)
    assert response.status_code == 401
    assert await desk.tickets() == []


@pytest.mark.parametrize(("minutes", "status"), [(-6, 401), (-4, 201), (4, 201), (6, 401)])
async def test_event_is_believed_within_five_minutes(desk: Desk, minutes: int, status: int) -> None:
    """A rightly signed event is refused when its time is more than five minutes off."""
    body = json.dumps({"type": "ticket.opened", "data": OPENED}).encode()
    at = int((desk.edge.now() + timedelta(minutes=minutes)).timestamp())
    headers = {
        "webhook-id": "evt-1",
        "webhook-timestamp": str(at),
        "webhook-signature": "v1,b2xk " + sign(desk.config.secret, "evt-1", at, body),
    }
    response = await desk.client.post("/tickets-webhook", content=body, headers=headers)
    assert response.status_code == status


@pytest.mark.parametrize(
    ("event", "named"),
    [
        ({"type": "ticket.exploded", "data": {}}, "type"),
        ({"data": {}}, "type"),
        ({"type": "ticket.opened", "data": OPENED | {"priority": "asap"}}, "data.priority"),
        ({"type": "ticket.opened", "data": {"external_id": "x"}}, "data.transcript"),
        ({"type": "ticket.note", "data": {"text": "hm"}}, "ticket_id or external_id"),
        ([], "body"),
    ],
    ids=["unknown type", "no type", "priority", "transcript", "no ticket", "no object"],
)
async def test_event_that_cannot_be_read_is_refused_naming_the_field(
    desk: Desk, event: object, named: str
) -> None:
    """A malformed event answers 400 and says where."""
    response = await desk.post(event)
    assert response.status_code == 400
    assert named in response.json()["error"]["message"]


async def test_event_about_an_unknown_ticket_is_refused(desk: Desk) -> None:
    """Nothing is appended to nowhere; the event may be sent again once the ticket exists."""
    message = {"message_id": "SM1", "text": "hello?"}
    early = await desk.tell("ticket.message", "evt-9", external_id="conv:c-1:1", message=message)
    await desk.open()
    late = await desk.tell("ticket.message", "evt-9", external_id="conv:c-1:1", message=message)
    assert (early.status_code, late.status_code) == (404, 200)
    assert (await desk.tickets())[0]["messages"] == [message]


async def test_messages_and_notes_are_appended_once_and_in_order(desk: Desk) -> None:
    """The same webhook, message id or note id twice is one entry."""
    ticket_id = (await desk.open())["id"]
    one, two = {"message_id": "SM1", "text": "one"}, {"message_id": "SM2", "text": "two"}
    for webhook_id, message in (("a", one), ("a", one), ("b", one), ("c", two)):
        await desk.tell("ticket.message", webhook_id, ticket_id=ticket_id, message=message)
    for webhook_id in ("d", "e"):
        await desk.tell(
            "ticket.note", webhook_id, ticket_id=ticket_id, note_id="n1", text="Looked it up."
        )
    ticket = (await desk.tickets())[0]
    assert ticket["messages"] == [one, two]
    assert ticket["notes"] == [{"note_id": "n1", "text": "Looked it up."}]


async def test_webhook_id_seen_before_changes_nothing(desk: Desk) -> None:
    """A webhook posted again is known by its id alone, whatever is in it."""
    ticket_id = (await desk.open())["id"]
    for text in ("once", "twice"):
        again = await desk.tell("ticket.note", "evt-2", ticket_id=ticket_id, text=text)
    assert (again.status_code, again.json()["id"]) == (200, ticket_id)
    assert (await desk.tickets())[0]["notes"] == [{"text": "once"}]


async def test_ticket_closed_reopens_with_the_next_message(desk: Desk) -> None:
    """A closed ticket that is written to is open again."""
    ticket_id = (await desk.open())["id"]
    closed = await desk.tell("ticket.closed", "evt-2", ticket_id=ticket_id)
    message = {"message_id": "SM1", "text": "still there?"}
    opened = await desk.tell("ticket.message", "evt-3", ticket_id=ticket_id, message=message)
    assert [closed.json()["status"], opened.json()["status"]] == ["closed", "open"]


async def test_reply_calls_the_brand_back_signed(desk: Desk) -> None:
    """An operator's answer reaches the brand's webhook with a signature that fits."""
    ticket_id = (await desk.open())["id"]
    answer = await desk.act("reply", ticket_id=ticket_id, text="It is on its way.", author="Kim")
    url, headers, body = desk.receiver.requests[0]
    event = json.loads(body)
    assert (answer["status"], url) == (200, f"{PUBLIC_URL}/webhooks/helpdesk/generic")
    assert find_fault(desk.config.secret, headers, body, desk.edge.now()) is None
    assert event["type"] == "ticket.replied"
    assert event["data"] == {
        "ticket_id": ticket_id,
        "external_id": "conv:c-1:1",
        "message_id": "T-1001-R1",
        "text": "It is on its way.",
        "author": "Kim",
    }


async def test_reply_repeated_has_the_same_ids(desk: Desk) -> None:
    """Copies share the webhook id; a repeated message id is one reply."""
    ticket_id = (await desk.open())["id"]
    await desk.act("reply", ticket_id=ticket_id, text="Hi", copies=2)
    await desk.act("reply", ticket_id=ticket_id, text="Hi", message_id="T-1001-R1")
    ids = [headers["webhook-id"] for _, headers, _ in desk.receiver.requests]
    said = {json.loads(body)["data"]["message_id"] for _, _, body in desk.receiver.requests}
    assert (ids[0] == ids[1], ids[1] == ids[2], said) == (True, False, {"T-1001-R1"})
    assert len((await desk.tickets())[0]["replies"]) == 1


@pytest.mark.parametrize(
    ("act", "event", "status"),
    [("close", "ticket.closed", "closed"), ("reopen", "ticket.reopened", "open")],
)
async def test_close_and_reopen_call_the_brand_back(
    desk: Desk, act: str, event: str, status: str
) -> None:
    """The brand hears when a ticket is closed and when it is opened again."""
    ticket_id = (await desk.open())["id"]
    await desk.act(act, ticket_id=ticket_id)
    assert json.loads(desk.receiver.requests[0][2])["type"] == event
    assert (await desk.tickets())[0]["status"] == status


async def test_callback_that_fails_is_answered_with_its_status(desk: Desk) -> None:
    """The control says what the brand answered, or that nobody did."""
    ticket_id = (await desk.open())["id"]
    desk.receiver.statuses = [403, 0]
    refused = await desk.act("close", ticket_id=ticket_id)
    unreachable = await desk.act("close", ticket_id=ticket_id)
    assert (refused["status"], unreachable["status"]) == (403, None)
