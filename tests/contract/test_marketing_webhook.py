"""The signed webhook to the brand's endpoint: what it says, and under which secrets."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from domain.errors import ConfigurationError, ProviderMisconfigured
from providers.http_client import open_http
from providers.marketing.registry import build_event_sink
from providers.signing import verify_webhook
from tests.contract.marketing_rig import RIGS, SinkRig, a_start

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OLDER = "whsec_b2xkZXIgc2VjcmV0"


@pytest.fixture
async def rig() -> AsyncIterator[SinkRig]:
    """The brand's endpoint."""
    async with RIGS["webhook"]() as opened:
        yield opened


async def test_webhook_body_is_a_standard_webhook(rig: SinkRig) -> None:
    """Type, timestamp and data at the top; the version and the contact in the data."""
    await rig.sink.deliver(a_start())
    (row,) = (await rig.line.control.get("deliveries")).json()["deliveries"]
    assert row["body"] == {
        "type": "conversation.started",
        "timestamp": "2026-11-22T09:30:00+00:00",
        "data": {
            "event_id": "c-1:started:1",
            "name": "Started Customer Agent Conversation",
            "schema_version": 1,
            "brand": "cedar-slate",
            "conversation_id": "c-1",
            "channel": "sms",
            "contact": {"phone": "+13125550142"},
            "properties": {"Conversation ID": "c-1", "Channel": "sms"},
        },
    }


async def test_repeats_are_the_same_bytes_under_the_same_id(rig: SinkRig) -> None:
    """The receiver keeps every delivery, and none differs from the first."""
    event = a_start()
    shuffled = event.model_copy(update={"properties": dict(reversed(event.properties.items()))})
    for one in (event, shuffled, event):
        await rig.sink.deliver(one)
    rows = (await rig.line.control.get("deliveries")).json()["deliveries"]
    assert [(row["repeat"], row["differs"]) for row in rows] == [
        (False, False),
        (True, False),
        (True, False),
    ]


@pytest.mark.parametrize("known", [SECRET, OLDER])
async def test_webhook_during_a_rotation_fits_either_secret(known: str) -> None:
    """The brand may learn the new secret later than we do, or sooner."""
    seen: list[httpx.Request] = []

    def note(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204)

    options = {"url": "https://brand.example.com/in", "secret": SECRET, "previous_secret": OLDER}
    async with open_http(httpx.MockTransport(note)) as pool:
        await build_event_sink("webhook", options, pool).deliver(a_start())
    headers = {name.lower(): value for name, value in seen[0].headers.items()}
    verified = verify_webhook([known], headers, seen[0].content, datetime.now(UTC))
    assert verified == "c-1:started:1"
    assert json.loads(seen[0].content)["data"]["event_id"] == verified


def answering(status: int) -> httpx.MockTransport:
    """Return an endpoint that always answers so."""
    return httpx.MockTransport(lambda _: httpx.Response(status))


@pytest.mark.parametrize("status", [400, 422])
async def test_check_of_an_endpoint_without_ping_still_says_that_it_answers(status: int) -> None:
    """An endpoint that refuses unknown types is a working endpoint."""
    options = {"url": "https://brand.example.com/in", "secret": SECRET}
    async with open_http(answering(status)) as pool:
        assert "does not know ping" in await build_event_sink("webhook", options, pool).check()


async def test_signature_refused_with_400_does_not_give_the_event_up() -> None:
    """Receivers built on the published libraries answer 400, not 401, to a wrong secret."""
    options = {"url": "https://brand.example.com/in", "secret": SECRET}
    async with open_http(answering(400)) as pool:
        with pytest.raises(ProviderMisconfigured, match="secret"):
            await build_event_sink("webhook", options, pool).deliver(a_start())


@pytest.mark.parametrize(
    "changes", [{"secret": "not base64!"}, {"secret": ""}, {"url": "brand.example.com"}], ids=str
)
async def test_webhook_settings_that_are_wrong_are_refused_at_start_up(
    changes: dict[str, str],
) -> None:
    """The sentence names the setting and never repeats the secret."""
    options = {"url": "https://brand.example.com/in", "secret": SECRET} | changes
    async with open_http() as pool:
        with pytest.raises(ConfigurationError, match=next(iter(changes))) as caught:
            build_event_sink("webhook", options, pool)
    assert "not base64!" not in str(caught.value)
