"""The Gorgias emulator: strict about requests, honest about what it sends and posts."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from sandbox.edge import Edge
from sandbox.gorgias.app import SPEC, create_gorgias
from sandbox.gorgias.config import GorgiasConfig
from sandbox.spec import Spec
from tests.sandbox.desk_client import CheckedClient, bodies
from tests.sandbox.receiver import PHONE, PUBLIC_URL, Receiver

AT = "2026-11-22T09:30:00+00:00"
CHANNEL = {"type": "phone", "address": PHONE}


@dataclass
class Desk:
    """One account and a client that knows its key."""

    config: GorgiasConfig
    edge: Edge
    receiver: Receiver
    client: httpx.AsyncClient

    async def post(self, path: str, **body: object) -> dict[str, Any]:
        """Post something and return the answer."""
        response = await self.client.post(f"/api/{path}", json=body)
        assert response.status_code == 201, response.text
        return dict(response.json())

    async def get(self, path: str, **params: Any) -> dict[str, Any]:  # noqa: ANN401
        """Read something."""
        response = await self.client.get(f"/api/{path}", params=params)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def ticket(self, *messages: dict[str, object], **fields: object) -> dict[str, Any]:
        """Open a ticket of a new customer's."""
        customer = await self.post("customers", name="Ana")
        given = messages or (a_text(customer["id"]),)
        return await self.post("tickets", customer={"id": customer["id"]}, messages=given, **fields)

    async def act(self, name: str, **body: object) -> dict[str, Any]:
        """Do something in the helpdesk."""
        response = await self.client.post(f"/_control/{name}", json=body)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def sent(self) -> list[str]:
        """Return the texts that Gorgias sent to customers itself."""
        rows = (await self.client.get("/_control/sent")).json()["messages"]
        return [row["body_text"] for row in rows]


def a_text(customer_id: int, **fields: object) -> dict[str, object]:
    """Return a customer's text."""
    plain = {"channel": "sms", "via": "api", "from_agent": False, "body_text": "Hello?"}
    return {**plain, "sender": {"id": customer_id}, "sent_datetime": AT, **fields}


def ours(**fields: object) -> dict[str, object]:
    """Return an answer of the brand's."""
    plain = {"channel": "sms", "via": "api", "from_agent": True, "body_text": "Hi"}
    return {**plain, "sender": {"email": GorgiasConfig().email}, **fields}


def open_desk(**settings: object) -> Desk:
    """Return an account with a receiver behind its integrations."""
    config = GorgiasConfig.model_validate({"api_base_url": PUBLIC_URL, **settings})
    edge, receiver = Edge(), Receiver()
    client = CheckedClient(
        transport=httpx.ASGITransport(create_gorgias(config, edge, receiver.client())),
        base_url="http://gorgias.test",
        auth=(config.email, config.api_key),
    )
    client.spec = Spec.load(SPEC)
    return Desk(config, edge, receiver, client)


@pytest.fixture
async def desk() -> Desk:
    """An account without tickets."""
    return open_desk(calls_per_window=1000)


@pytest.mark.parametrize("auth", [None, ("agent@cedar-slate.example.com", "wrong"), ("a", "b")])
async def test_call_with_other_credentials_is_refused(
    desk: Desk, auth: tuple[str, str] | None
) -> None:
    """Nobody else reads the account."""
    async with httpx.AsyncClient(transport=desk.client._transport) as stranger:
        url = "http://gorgias.test/api/account"
        response = await (stranger.get(url, auth=auth) if auth else stranger.get(url))
    assert response.status_code == 401
    assert response.json()["error"]["msg"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nothing", 404),
        ("GET", "/api/tickets/x", 404),
        ("GET", "/api/tickets/999", 404),
        ("GET", "/api/customers/999", 404),
        ("DELETE", "/api/integrations/999", 404),
        ("DELETE", "/api/tickets", 405),
    ],
)
async def test_path_that_is_not_there_is_refused(
    desk: Desk, method: str, path: str, status: int
) -> None:
    """An unknown path or id is 404, a wrong method 405, in the vendor's shape."""
    response = await desk.client.request(method, path)
    assert response.status_code == status
    assert response.json()["error"]["msg"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"mood": "sunny"}, "body"),
        ({"status": "solved"}, "status"),
        ({"priority": "urgent"}, "priority"),
        ({"subject": "x" * 999}, "subject"),
        ({"external_id": "x" * 256}, "external_id"),
        ({"messages": []}, "messages"),
        ({"messages": [{"channel": "sms", "via": "api"}]}, "messages.0"),
        ({"messages": [ours(channel="pigeon")]}, "messages.0.channel"),
        ({"messages": [ours(sent_datetime="yesterday")]}, "messages.0.sent_datetime"),
        ({"messages": [ours(body_text="")]}, "body_text"),
        ({"messages": [ours(sender={"email": "who@example.com"})]}, "sender.email"),
        ({"messages": [ours(channel="internal-note")]}, "public"),
        ({"messages": [a_text(999)]}, "sender.id"),
        ({"customer": {"id": 999}}, "customer.id"),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_ticket_that_is_malformed_is_refused_naming_the_field(
    desk: Desk, change: dict[str, object], field: str
) -> None:
    """What Gorgias would not take leaves no ticket, no message and no webhook behind."""
    response = await desk.client.post("/api/tickets", json={"messages": [ours()], **change})
    assert response.status_code == 400
    assert list(response.json()["error"]["data"]) == [field]
    assert (await desk.get("tickets"))["data"] == []
    await desk.act("settle")
    assert desk.receiver.requests == []


@pytest.mark.parametrize(
    "query", ["mood=sunny", "limit=0", "limit=101", "limit=x", "order_by=id:asc", "cursor=zz"]
)
async def test_query_that_is_malformed_is_refused(desk: Desk, query: str) -> None:
    """A misspelt filter never silently lists everything."""
    assert (await desk.client.get(f"/api/tickets?{query}")).status_code == 400


async def test_body_that_is_no_json_is_refused(desk: Desk) -> None:
    """Neither another content type nor broken JSON is read."""
    for headers in ({}, {"content-type": "application/json"}):
        response = await desk.client.post("/api/tickets", content=b"{", headers=headers)
        assert response.status_code == 400


async def test_customer_is_found_by_channel_and_the_only_one_with_it(desk: Desk) -> None:
    """A phone, an e-mail address or an external id is one customer's; PUT replaces channels."""
    made = await desk.post("customers", name="Ana", email="a@example.com", channels=[CHANNEL])
    query = {"channel_type": "phone", "channel_address": PHONE}
    assert [row["id"] for row in (await desk.get("customers", **query))["data"]] == [made["id"]]
    again = {"channels": [CHANNEL], "email": "a@example.com"}
    taken = await desk.client.post("/api/customers", json=again)
    assert taken.status_code == 409
    assert set(taken.json()["error"]["data"]) == {"email", "channels"}
    response = await desk.client.put(f"/api/customers/{made['id']}", json={"channels": []})
    assert response.status_code == 202
    assert (await desk.get("customers", **query))["data"] == []


async def test_external_id_is_kept_but_not_the_only_one(desk: Desk) -> None:
    """Whoever does not look first opens a second ticket, as at the vendor."""
    first = await desk.ticket(external_id="conv:1:1")
    second = await desk.ticket(external_id="conv:1:1")
    await desk.ticket()
    listed = await desk.get("tickets", external_id="conv:1:1", order_by="created_datetime:asc")
    assert [row["id"] for row in listed["data"]] == [first["id"], second["id"]]
    assert "messages" not in listed["data"][0]


async def test_message_without_a_time_of_sending_goes_out(desk: Desk) -> None:
    """An imported message, a customer's and a note stay in the helpdesk."""
    note = ours(channel="internal-note", public=False, body_text="Psst")
    ticket = await desk.ticket(ours(sent_datetime=AT, body_text="Imported"), note)
    assert await desk.sent() == []
    await desk.post(f"tickets/{ticket['id']}/messages", **ours(body_text="Twice!"))
    assert await desk.sent() == ["Twice!"]


async def test_messages_are_listed_page_by_page(desk: Desk) -> None:
    """Following the cursor shows every message of the ticket once."""
    ticket = await desk.ticket(*(ours(sent_datetime=AT, body_text=f"{n}") for n in range(7)))
    await desk.ticket()
    seen: list[str] = []
    query = {"ticket_id": ticket["id"], "limit": 3}
    while True:
        answer = await desk.get("messages", **query)
        seen += [row["body_text"] for row in answer["data"]]
        if answer["meta"]["next_cursor"] is None:
            break
        query["cursor"] = answer["meta"]["next_cursor"]
    assert sorted(seen) == [f"{n}" for n in range(7)]


async def test_calls_beyond_the_window_are_throttled_until_it_has_passed() -> None:
    """40 calls in 20 seconds; each answer says how many, the refusal how long to wait."""
    desk = open_desk()
    answers = [await desk.client.get("/api/tickets") for _ in range(41)]
    assert [answer.status_code for answer in answers] == [200] * 40 + [429]
    assert answers[0].headers["X-Gorgias-Account-Api-Call-Limit"] == "1/40"
    assert answers[40].headers["X-Gorgias-Account-Api-Call-Limit"] == "40/40"
    wait = int(answers[40].headers["Retry-after"])
    assert 0 < wait <= 20
    await desk.act("clock", advance_seconds=wait)
    assert (await desk.client.get("/api/tickets")).status_code == 200


async def test_message_and_status_are_posted_with_our_header_and_every_value_as_text(
    desk: Desk,
) -> None:
    """Templates turn true into "True" and nothing into ""; the operations' own events come too."""
    ticket = await desk.ticket(external_id="conv:1:1")
    await desk.act("reply", ticket_id=ticket["id"], text="Hi – it’s Sam 👋", author="Sam")
    closed = await desk.client.put(f"/api/tickets/{ticket['id']}", json={"status": "closed"})
    assert closed.status_code == 202
    await desk.act("settle")
    first, reply, status = bodies(desk.receiver)
    assert (first["from_agent"], first["message_external_id"]) == ("False", "")
    assert reply["text"] == "Hi – it’s Sam 👋"
    assert (reply["from_agent"], reply["via"], reply["author"]) == ("True", "helpdesk", "Sam")
    assert (status["event"], status["status"]) == ("ticket-status-updated", "closed")
    url, headers, _ = desk.receiver.requests[0]
    assert url == f"{PUBLIC_URL}/webhooks/helpdesk/gorgias"
    assert headers[desk.config.secret_header] == desk.config.webhook_secret


@pytest.mark.parametrize(("copies", "status"), [(0, None), (1, 200), (3, 200)])
async def test_webhook_is_posted_as_often_as_told(
    desk: Desk, copies: int, status: int | None
) -> None:
    """A test loses or doubles a webhook; the act itself is done once."""
    ticket = await desk.ticket()
    await desk.act("settle")
    desk.receiver.requests.clear()
    answer = await desk.act("reply", ticket_id=ticket["id"], text="Hi", copies=copies)
    assert (answer["status"], len(desk.receiver.requests)) == (status, copies)
    assert (await desk.get(f"tickets/{ticket['id']}"))["messages_count"] == 2


async def test_closing_a_closed_ticket_is_no_event(desk: Desk) -> None:
    """Only a change of the status is posted."""
    ticket = await desk.ticket()
    await desk.act("close", ticket_id=ticket["id"])
    again = await desk.client.put(f"/api/tickets/{ticket['id']}", json={"status": "closed"})
    assert again.status_code == 202
    await desk.act("settle")
    assert [body["event"] for body in bodies(desk.receiver)] == [
        "ticket-message-created",
        "ticket-status-updated",
    ]


async def test_integration_hides_its_hmac_secret_and_stops_when_deleted(desk: Desk) -> None:
    """The secret can be written, never read; without integrations nothing is posted."""
    http = {"url": f"{PUBLIC_URL}/x", "hmac_secret": "h", "triggers": {"ticket-created": True}}
    made = await desk.post("integrations", name="Mine", type="http", http=http)
    assert "hmac_secret" not in made["http"]
    for row in (await desk.get("integrations", type="http"))["data"]:
        response = await desk.client.delete(f"/api/integrations/{row['id']}")
        assert response.status_code == 204
    await desk.ticket()
    await desk.act("settle")
    assert desk.receiver.requests == []


async def test_act_on_a_ticket_that_is_not_there_is_refused(desk: Desk) -> None:
    """A test that names the wrong ticket hears of it."""
    response = await desk.client.post("/_control/reply", json={"ticket_id": 1, "text": "Hi"})
    assert response.status_code == 404
