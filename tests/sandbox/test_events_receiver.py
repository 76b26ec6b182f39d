"""The brand's endpoint for events: what it believes, and each event once beside every delivery."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest

from sandbox.edge import Edge
from sandbox.events_receiver.app import create_events_receiver
from sandbox.events_receiver.config import EventsReceiverConfig
from sandbox.helpdesk.signature import sign

CONFIG = EventsReceiverConfig()
EVENT = {"type": "conversation.started", "timestamp": "2026-11-22T09:30:00Z", "data": {"n": 1}}


class Endpoint:
    """One endpoint with a client that signs."""

    def __init__(self, edge: Edge, client: httpx.AsyncClient) -> None:
        self.edge = edge
        self.client = client

    async def post(
        self, event: object, webhook_id: str = "e-1", secret: str = CONFIG.secret, late: int = 0
    ) -> int:
        """Post a signed event and return the status."""
        body = json.dumps(event).encode()
        at = int(self.edge.now().timestamp()) - late
        headers = {
            "webhook-id": webhook_id,
            "webhook-timestamp": str(at),
            "webhook-signature": sign(secret, webhook_id, at, body),
        }
        response = await self.client.post("/webhook", content=body, headers=headers)
        return response.status_code


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    """An endpoint as it comes."""
    edge = Edge()
    transport = httpx.ASGITransport(create_events_receiver(CONFIG, edge))
    async with httpx.AsyncClient(transport=transport, base_url="http://brand.test") as client:
        yield Endpoint(edge, client)


async def test_event_delivered_twice_is_listed_once_and_kept_twice(endpoint: Endpoint) -> None:
    """A repeat is known by its id alone; one with other bytes is pointed out."""
    other = EVENT | {"data": {"n": 2}}
    for event, webhook_id in ((EVENT, "e-1"), (EVENT, "e-1"), (other, "e-1"), (EVENT, "e-2")):
        assert await endpoint.post(event, webhook_id) == 204
    events = (await endpoint.client.get("/_control/events")).json()["events"]
    rows = (await endpoint.client.get("/_control/deliveries")).json()["deliveries"]
    assert [(event["id"], event["data"]["n"]) for event in events] == [("e-1", 1), ("e-2", 1)]
    assert [row["repeat"] for row in rows] == [False, True, True, False]
    assert [row["differs"] for row in rows] == [False, False, True, False]


async def test_event_that_is_signed_wrongly_or_late_is_refused(endpoint: Endpoint) -> None:
    """Nothing is believed that anybody could have posted."""
    assert await endpoint.post(EVENT, secret="whsec_YW5vdGhlcg==") == 401
    assert await endpoint.post(EVENT, late=301) == 401
    assert (await endpoint.client.post("/webhook", json=EVENT)).status_code == 401
    seen = (await endpoint.client.get("/_control/deliveries")).json()
    assert seen["deliveries"] == []
    assert len(seen["refused"]) == 3


@pytest.mark.parametrize("event", [[], "text", {"type": "x"}], ids=json.dumps)
async def test_body_that_is_no_standard_webhook_is_refused(
    endpoint: Endpoint, event: object
) -> None:
    """Type, timestamp and data are what the form demands."""
    assert await endpoint.post(event) == 400


async def test_ping_is_answered_and_not_kept(endpoint: Endpoint) -> None:
    """A check leaves no event behind."""
    assert await endpoint.post(EVENT | {"type": "ping"}) == 204
    assert (await endpoint.client.get("/_control/events")).json()["events"] == []
