"""The Zendesk emulator: strict about requests, honest about e-mails and signatures."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from sandbox.edge import Edge
from sandbox.spec import Spec
from sandbox.zendesk.app import SPEC, create_zendesk
from sandbox.zendesk.config import ZendeskConfig
from sandbox.zendesk.hooks import sign
from tests.sandbox.desk_client import CheckedClient, bodies
from tests.sandbox.receiver import PHONE, PUBLIC_URL, Receiver

NOTE = {"html_body": "<p>Psst</p>", "public": False}


@dataclass
class Desk:
    """One account and a client that knows its token."""

    config: ZendeskConfig
    receiver: Receiver
    client: httpx.AsyncClient

    async def call(
        self, method: str, path: str, status: int = 200, *, key: str = "", **body: object
    ) -> dict[str, Any]:
        """Make a call and return the answer."""
        headers = {"idempotency-key": key} if key else {}
        response = await self.client.request(
            method, f"/api/v2/{path}", json=body or None, headers=headers
        )
        assert response.status_code == status, response.text
        return dict(response.json())

    async def user(self, **fields: object) -> int:
        """Make a customer and return the id."""
        given = {"name": "Ana", "phone": PHONE, "external_id": f"sms:{PHONE}", **fields}
        response = await self.client.post("/api/v2/users/create_or_update", json={"user": given})
        assert response.status_code in {200, 201}, response.text
        return int(response.json()["user"]["id"])

    async def ticket(self, **fields: object) -> dict[str, Any]:
        """Open a ticket of a customer's with a private comment."""
        given = {"requester_id": await self.user(), "comment": NOTE, **fields}
        return dict((await self.call("POST", "tickets", 201, ticket=given))["ticket"])

    async def act(self, name: str, **body: object) -> dict[str, Any]:
        """Do something in the helpdesk."""
        response = await self.client.post(f"/_control/{name}", json=body)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def comments(self, ticket_id: int, **params: Any) -> list[str]:  # noqa: ANN401
        """Return the words of a ticket's comments as the API lists them."""
        url = f"/api/v2/tickets/{ticket_id}/comments"
        response = await self.client.get(url, params=params)
        assert response.status_code == 200, response.text
        return [row["plain_body"] for row in response.json()["comments"]]

    async def emails(self) -> int:
        """Return how many e-mails went to requesters."""
        return len((await self.client.get("/_control/notifications")).json()["notifications"])


def open_desk(poster: httpx.AsyncClient | None = None, **settings: object) -> Desk:
    """Return an account with a receiver behind its webhook, unless ``poster`` leads elsewhere."""
    config = ZendeskConfig.model_validate({"api_base_url": PUBLIC_URL, **settings})
    receiver = Receiver()
    client = CheckedClient(
        transport=httpx.ASGITransport(create_zendesk(config, Edge(), poster or receiver.client())),
        base_url="http://zendesk.test",
        auth=(f"{config.email}/token", config.api_token),
    )
    client.spec = Spec.load(SPEC)
    return Desk(config, receiver, client)


@pytest.fixture
async def desk() -> Desk:
    """An account without tickets."""
    return open_desk()


async def test_wrong_token_is_refused_and_no_token_is_nobody(desk: Desk) -> None:
    """Wrong credentials are 401 everywhere; without any, only /users/me answers, as nobody."""
    async with httpx.AsyncClient(
        transport=desk.client._transport, base_url="http://zendesk.test/api/v2/"
    ) as stranger:
        wrong = (f"{desk.config.email}/token", "wrong")
        for path in ("users/me", "tickets"):
            response = await stranger.get(path, auth=wrong)
            assert (response.status_code, response.json()) == (
                401,
                {"error": "Couldn't authenticate you"},
            )
        assert (await stranger.get("tickets")).status_code == 401
        nobody = (await stranger.get("users/me")).json()["user"]
    assert (nobody["role"], nobody["name"]) == ("end-user", "Anonymous user")
    assert (await desk.call("GET", "users/me"))["user"]["role"] == "admin"


@pytest.mark.parametrize("path", ["tickets/999", "tickets/x", "nothing", "tickets/999/comments"])
async def test_path_that_is_not_there_is_refused(desk: Desk, path: str) -> None:
    """An unknown path or id is RecordNotFound, with .json at the end or without."""
    for ending in ("", ".json"):
        answer = await desk.call("GET", path + ending, 404)
        assert answer == {"error": "RecordNotFound", "description": "Not found"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"mood": "sunny"}, "ticket"),
        ({"status": "finished"}, "ticket.status"),
        ({"priority": "asap"}, "ticket.priority"),
        ({"comment": {}}, "base"),
        ({"comment": {"body": " "}}, "base"),
        ({"comment": {"body": "x" * 65_536}}, "base"),
        ({"comment": {"body": "x", "author_id": 1}}, "author_id"),
        ({"requester_id": 1}, "requester"),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_ticket_that_is_malformed_is_refused_naming_the_field(
    desk: Desk, change: dict[str, object], field: str
) -> None:
    """Record validation errors say which field, and nothing is opened."""
    given = {"comment": NOTE, **change}
    answer = await desk.call("POST", "tickets", 422, ticket=given)
    assert (answer["error"], list(answer["details"])) == ("RecordInvalid", [field])
    assert (await desk.call("GET", "tickets"))["tickets"] == []


async def test_idempotency_key_answers_the_same_ticket_for_two_hours(desk: Desk) -> None:
    """Miss, hit, refusal of other words, and after two hours a second ticket."""

    async def create(subject: str) -> httpx.Response:
        body = {"ticket": {"subject": subject, "comment": NOTE}}
        headers = {"Idempotency-Key": "k-1"}
        return await desk.client.post("/api/v2/tickets", json=body, headers=headers)

    first, again, other = [await create(subject) for subject in ("A", "A", "B")]
    assert first.headers["x-idempotency-lookup"] == "miss"
    assert again.headers["x-idempotency-lookup"] == "hit"
    assert again.json()["ticket"]["id"] == first.json()["ticket"]["id"]
    assert (other.status_code, other.json()["error"]) == (400, "IdempotentRequestError")
    await desk.act("clock", advance_seconds=7201)
    assert (await create("B")).headers["x-idempotency-lookup"] == "miss"
    assert len((await desk.call("GET", "tickets"))["tickets"]) == 2


async def test_user_is_matched_by_external_id_or_email_and_never_by_phone(desk: Desk) -> None:
    """One phone may be several users'; two users cannot be made one in passing."""
    ana = await desk.user(external_id="sms:1", email="ana@example.com")
    assert await desk.user(external_id="sms:1") == ana
    assert await desk.user(external_id="sms:9", email="ana@example.com") == ana
    bob = await desk.user(external_id="sms:2")
    assert bob != ana
    given = {"name": "Bob", "external_id": "sms:2", "email": "ana@example.com"}
    answer = await desk.call("POST", "users/create_or_update", 422, user=given)
    assert list(answer["details"]) == ["email"]


async def test_public_words_of_staff_are_emailed_and_private_ones_are_not(desk: Desk) -> None:
    """A ticket opened with a public comment tells the requester so."""
    ticket = await desk.ticket()
    await desk.call("PUT", f"tickets/{ticket['id']}", ticket={"comment": NOTE})
    text = {"body": "Hello?", "public": True, "author_id": ticket["requester_id"]}
    await desk.call("PUT", f"tickets/{ticket['id']}", ticket={"comment": text})
    assert await desk.emails() == 0
    await desk.call("PUT", f"tickets/{ticket['id']}", ticket={"comment": {"body": "Hi"}})
    await desk.ticket(comment={"body": "We have your message."})
    assert await desk.emails() == 2


async def test_end_user_cannot_write_in_private(desk: Desk) -> None:
    """An internal note is staff's."""
    ticket = await desk.ticket()
    comment = {"body": "x", "public": False, "author_id": ticket["requester_id"]}
    await desk.call("PUT", f"tickets/{ticket['id']}", 422, ticket={"comment": comment})


async def test_closed_ticket_takes_nothing_and_may_be_followed_up(desk: Desk) -> None:
    """Closed is for ever; only a closed ticket has a follow-up."""
    ticket = await desk.ticket()
    follow = {"comment": NOTE, "via_followup_source_id": ticket["id"]}
    await desk.call("POST", "tickets", 422, ticket=follow)
    await desk.act("archive", ticket_id=ticket["id"])
    for change in ({"comment": NOTE}, {"status": "open"}):
        answer = await desk.call("PUT", f"tickets/{ticket['id']}", 422, ticket=change)
        assert "closed prevents ticket update" in str(answer["details"])
    await desk.call("POST", "tickets", 201, ticket=follow)


async def test_safe_update_of_a_ticket_changed_meanwhile_is_refused(desk: Desk) -> None:
    """Whoever writes on what they read last is told when somebody else was faster."""
    ticket = await desk.ticket()
    await desk.act("clock", advance_seconds=2)
    await desk.act("reply", ticket_id=ticket["id"], text="Hi")
    stale = {"comment": NOTE, "safe_update": True, "updated_stamp": ticket["updated_at"]}
    answer = await desk.call("PUT", f"tickets/{ticket['id']}", 409, ticket=stale)
    assert answer["error"] == "UpdateConflict"
    fresh = (await desk.call("GET", f"tickets/{ticket['id']}"))["ticket"]["updated_at"]
    change = {**stale, "updated_stamp": fresh}
    await desk.call("PUT", f"tickets/{ticket['id']}", ticket=change)


async def test_comments_are_listed_both_ways_and_page_by_page(desk: Desk) -> None:
    """The newest first when asked; a page says where the next one begins."""
    ticket = await desk.ticket()
    for text in ("one", "two"):
        await desk.act("reply", ticket_id=ticket["id"], text=text)
    assert await desk.comments(ticket["id"]) == ["Psst", "one", "two"]
    assert await desk.comments(ticket["id"], sort="-created_at") == ["two", "one", "Psst"]
    query = {"page[size]": 2}
    url = f"/api/v2/tickets/{ticket['id']}/comments"
    meta = (await desk.client.get(url, params=query)).json()["meta"]
    assert meta["has_more"] is True
    rest = await desk.comments(ticket["id"], **query, **{"page[after]": meta["after_cursor"]})
    assert rest == ["two"]


async def test_import_keeps_times_and_tells_nobody(desk: Desk) -> None:
    """The past comes in without e-mails and webhooks, and only by an admin."""
    given = {
        "requester_id": await desk.user(),
        "comments": [{"value": "Hello?", "created_at": "2026-11-22T09:30:00Z"}],
    }
    made = (await desk.call("POST", "imports/tickets", 201, ticket=given))["ticket"]
    url = f"/api/v2/tickets/{made['id']}/comments"
    (row,) = (await desk.client.get(url)).json()["comments"]
    assert (row["plain_body"], row["created_at"]) == ("Hello?", "2026-11-22T09:30:00Z")
    await desk.act("settle")
    assert (await desk.emails(), desk.receiver.requests) == (0, [])
    await open_desk(role="agent").call("POST", "imports/tickets", 403, ticket={})


async def test_calls_beyond_the_minute_are_throttled_until_it_has_passed() -> None:
    """The answer says how many are left, the refusal how long to wait."""
    desk = open_desk(calls_per_minute=3)
    answers = [await desk.client.get("/api/v2/tickets") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["X-Rate-Limit-Remaining"] == "2"
    wait = int(answers[3].headers["Retry-After"])
    assert 0 < wait <= 60
    await desk.act("clock", advance_seconds=wait)
    assert (await desk.client.get("/api/v2/tickets")).status_code == 200


async def test_comment_and_status_are_posted_signed(desk: Desk) -> None:
    """Every comment is posted, with who wrote it and whether it is public; then the status."""
    ticket = await desk.ticket(external_id="conv:1:1")
    await desk.act("reply", ticket_id=ticket["id"], text="Hi – it’s Sam 👋", author="Sam")
    await desk.act("close", ticket_id=ticket["id"])
    note, reply, status = bodies(desk.receiver)
    assert note["event"]["comment"]["is_public"] is False
    comment = reply["event"]["comment"]
    assert (comment["body"], comment["is_public"]) == ("Hi – it’s Sam 👋", True)
    assert (comment["author"]["is_staff"], comment["author"]["name"]) == (True, "Sam")
    assert reply["type"] == "zen:event-type:ticket.comment_added"
    assert (reply["detail"]["id"], reply["detail"]["external_id"]) == (
        str(ticket["id"]),
        "conv:1:1",
    )
    assert (status["event"]["previous"], status["event"]["current"]) == ("NEW", "SOLVED")
    assert len({one["id"] for one in (note, reply, status)}) == 3
    for url, headers, body in desk.receiver.requests:
        stamp = headers["x-zendesk-webhook-signature-timestamp"]
        wanted = sign(desk.config.webhook_secret, stamp, body)
        assert headers["x-zendesk-webhook-signature"] == wanted
        assert url == f"{PUBLIC_URL}/webhooks/helpdesk/zendesk"


@pytest.mark.parametrize(
    ("answers", "tries"),
    [
        ([(200, "")], 1),
        ([(409, ""), (503, "5"), (429, "59"), (200, "")], 4),
        ([(0, ""), (200, "")], 2),
        ([(409, "")] * 9, 4),
        ([(503, ""), (200, "")], 1),
        ([(503, "60"), (200, "")], 1),
        ([(500, "5")], 1),
        ([(400, "")], 1),
    ],
)
async def test_webhook_is_tried_again_where_the_vendor_would(
    answers: list[tuple[int, str]], tries: int
) -> None:
    """After silence and 409, after 429 and 503 that name less than a minute; four times at most."""
    bodies: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        bodies.append(request.content)
        status, wait = answers[min(len(bodies), len(answers)) - 1]
        if status == 0:
            raise httpx.ConnectError("nobody listens")
        return httpx.Response(status, headers={"Retry-After": wait} if wait else {})

    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    desk = open_desk(client)
    ticket = await desk.ticket()
    await desk.act("settle")
    bodies.clear()
    await desk.act("reply", ticket_id=ticket["id"], text="Hi")
    assert len(bodies) == tries
    assert len(set(bodies)) == 1


async def test_webhook_made_by_call_gets_what_it_subscribed_to(desk: Desk) -> None:
    """Only the kinds of events it names, and only while active."""
    webhook = {
        "name": "Mine",
        "endpoint": f"{PUBLIC_URL}/mine",
        "http_method": "POST",
        "request_format": "json",
        "status": "active",
        "subscriptions": ["zen:event-type:ticket.status_changed"],
    }
    await desk.call("POST", "webhooks", 201, webhook=webhook)
    await desk.call("POST", "webhooks", 201, webhook={**webhook, "status": "inactive"})
    ticket = await desk.ticket()
    await desk.act("close", ticket_id=ticket["id"])
    mine = [url for url, _, _ in desk.receiver.requests if url.endswith("/mine")]
    assert len(mine) == 1
