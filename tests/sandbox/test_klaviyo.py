"""Klaviyo: what it demands of a request, what it keeps, drops and counts."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest

from sandbox.edge import Edge
from sandbox.klaviyo.app import create_klaviyo
from sandbox.klaviyo.config import ALL_SCOPES, KlaviyoConfig
from sandbox.server import SandboxConfig, create_sandbox
from tests.sandbox.receiver import OTHER_PHONE, PHONE

CONFIG = KlaviyoConfig()
HEADERS = {
    "authorization": f"Klaviyo-API-Key {CONFIG.api_key}",
    "revision": "2026-10-15",
    "accept": "application/vnd.api+json",
    "content-type": "application/vnd.api+json",
}
JOBS = "/api/profile-subscription-bulk-delete-jobs"


def open_klaviyo(**settings: object) -> httpx.AsyncClient:
    """Return a client of a new account; it sends no header that is not asked for."""
    app = create_klaviyo(KlaviyoConfig.model_validate(settings), Edge())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://klaviyo.test")


@pytest.fixture
async def klaviyo() -> AsyncIterator[httpx.AsyncClient]:
    """An account as it comes."""
    async with open_klaviyo() as client:
        yield client


def an_event(**attributes: object) -> dict[str, Any]:
    """Return the body of an event; None leaves an attribute out."""
    plain: dict[str, object] = {
        "properties": {"Channel": "sms"},
        "time": "2026-11-22T09:30:00+00:00",
        "unique_id": "u-1",
        "metric": {"data": {"type": "metric", "attributes": {"name": "Started"}}},
        "profile": {"data": {"type": "profile", "attributes": {"phone_number": PHONE}}},
    }
    given = {key: value for key, value in (plain | attributes).items() if value is not None}
    return {"data": {"type": "event", "attributes": given}}


def of(**identifiers: str) -> dict[str, Any]:
    """Return the profile part of an event."""
    return {"data": {"type": "profile", "attributes": identifiers}}


async def post(
    client: httpx.AsyncClient,
    body: object,
    path: str = "/api/events",
    headers: Mapping[str, str | None] | None = None,
) -> httpx.Response:
    """Post a body; a header of None is left out."""
    changed: Mapping[str, str | None] = HEADERS | dict(headers or {})
    named = {key: value for key, value in changed.items() if value is not None}
    return await client.post(path, json=body, headers=named)


async def events(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    """Return the events recorded."""
    return list((await client.get("/_control/events")).json()["events"])


def the_error(response: httpx.Response) -> Mapping[str, Any]:
    """Return the only error of a refusal, after checking its form."""
    assert response.headers["content-type"] == "application/vnd.api+json"
    (error,) = response.json()["errors"]
    assert {"id", "status", "code", "title", "detail", "source"} <= set(error)
    assert error["status"] == response.status_code
    return dict(error)


async def test_event_is_accepted_without_a_body_and_recorded(klaviyo: httpx.AsyncClient) -> None:
    """202 says that it was valid; what was recorded has the profile's number."""
    response = await post(klaviyo, an_event())
    assert (response.status_code, response.content) == (202, b"")
    (event,) = await events(klaviyo)
    assert (event["metric"], event["phone_number"], event["unique_id"]) == ("Started", PHONE, "u-1")


async def test_unique_id_is_dropped_again_for_one_profile_and_metric_only(
    klaviyo: httpx.AsyncClient,
) -> None:
    """The same id for another metric or another profile is another event."""
    other_metric = {"data": {"type": "metric", "attributes": {"name": "Resolved"}}}
    for body in (
        an_event(),
        an_event(properties={"Channel": "mail"}),
        an_event(metric=other_metric),
        an_event(profile=of(phone_number=OTHER_PHONE)),
    ):
        assert (await post(klaviyo, body)).status_code == 202
    recorded = await events(klaviyo)
    assert [event["repeats"] for event in recorded] == [1, 0, 0]
    assert recorded[0]["properties"] == {"Channel": "sms"}


async def test_event_without_unique_id_is_one_per_second(klaviyo: httpx.AsyncClient) -> None:
    """The time to the second takes its place."""
    for time in ("09:30:00.1", "09:30:00.9", "09:30:01"):
        await post(klaviyo, an_event(unique_id=None, time=f"2026-11-22T{time}+00:00"))
    assert len(await events(klaviyo)) == 2


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"authorization": None}, 401, "not_authenticated"),
        ({"authorization": f"Bearer {CONFIG.api_key}"}, 401, "not_authenticated"),
        ({"authorization": "Klaviyo-API-Key pk_x"}, 401, "authentication_failed"),
        ({"revision": None}, 400, "invalid"),
        ({"revision": "2031-01-15"}, 404, "not_found"),
        ({"content-type": "text/plain"}, 415, "unsupported_media_type"),
        ({"accept": "text/html"}, 406, "not_acceptable"),
    ],
)
async def test_request_without_what_klaviyo_demands_is_refused(
    klaviyo: httpx.AsyncClient, headers: dict[str, str | None], status: int, code: str
) -> None:
    """The key in its own scheme, a known revision, JSON:API both ways."""
    response = await post(klaviyo, an_event(), headers=headers)
    assert (response.status_code, the_error(response)["code"]) == (status, code)
    assert await events(klaviyo) == []


PROFILE = "/data/attributes/profile/data/attributes"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/data"),
        ([], "/data"),
        (an_event(metric=None), "/data/attributes/metric"),
        (an_event(profile=None), "/data/attributes/profile"),
        (an_event(properties=None), "/data/attributes/properties"),
        (an_event(mood="sunny"), "/data/attributes/mood"),
        (an_event(profile=of(phone_number="3125550142")), f"{PROFILE}/phone_number"),
        (an_event(profile=of()), PROFILE),
        (an_event(time="soon"), "/data/attributes/time"),
        (an_event(time="1980-01-01T00:00:00Z"), "/data/attributes/time"),
        (an_event(time="2099-01-01T00:00:00Z"), "/data/attributes/time"),
        (an_event(properties={"a": "x" * 100_001}), "/data/attributes/properties/a"),
        (an_event(properties={str(n): n for n in range(401)}), "/data/attributes/properties"),
    ],
)
async def test_body_that_is_wrong_names_the_place(
    klaviyo: httpx.AsyncClient, body: object, pointer: str
) -> None:
    """The pointer leads to the field, and nothing is recorded."""
    response = await post(klaviyo, body)
    error = the_error(response)
    assert (response.status_code, error["code"]) == (400, "invalid")
    assert error["source"] == {"pointer": pointer}
    assert await events(klaviyo) == []


async def test_metric_name_of_128_characters_is_refused(klaviyo: httpx.AsyncClient) -> None:
    """It must be shorter."""
    metric = {"data": {"type": "metric", "attributes": {"name": "n" * 128}}}
    response = await post(klaviyo, an_event(metric=metric))
    assert the_error(response)["source"]["pointer"].endswith("/metric/data/attributes/name")


async def test_limits_are_told_on_success_and_a_full_window_answers_429() -> None:
    """Two windows; a 429 has Retry-After and none of the other headers."""
    async with open_klaviyo() as client:
        first = await client.get("/api/accounts", headers=HEADERS)
        answers = [await client.get("/api/accounts", headers=HEADERS) for _ in range(16)]
    assert first.headers["ratelimit-limit"] == "15, 1;w=1, 15;w=60"
    assert first.headers["ratelimit-remaining"] == "14"
    throttled = next(answer for answer in answers if answer.status_code == 429)
    assert the_error(throttled)["code"] == "throttled"
    assert 1 <= int(throttled.headers["retry-after"]) <= 60
    assert "ratelimit-limit" not in throttled.headers


async def test_scope_that_the_key_lacks_is_named() -> None:
    """403, and which scopes."""
    async with open_klaviyo(scopes=ALL_SCOPES - {"events:write"}) as client:
        error = the_error(await post(client, an_event()))
    assert (error["status"], error["code"]) == (403, "permission_denied")
    assert "events:write" in error["detail"]


async def test_profile_is_found_by_number_and_shows_its_segments(
    klaviyo: httpx.AsyncClient,
) -> None:
    """By name, and by id alone as relationships."""
    seed = {"phone_number": PHONE, "segments": ["VIP", "Beta"]}
    seeded = (await klaviyo.post("/_control/profiles", json=seed)).json()
    params = {"filter": f'equals(phone_number,"{PHONE}")', "fields[profile]": "id"}
    found = await klaviyo.get("/api/profiles", params=params, headers=HEADERS)
    (profile,) = found.json()["data"]
    assert profile == {"type": "profile", "id": seeded["id"], "attributes": {}}
    base = f"/api/profiles/{profile['id']}"
    named = (await klaviyo.get(f"{base}/segments", headers=HEADERS)).json()["data"]
    refs = await klaviyo.get(f"{base}/relationships/segments", headers=HEADERS)
    assert [row["attributes"]["name"] for row in named] == ["VIP", "Beta"]
    assert [(row["type"], row["id"]) for row in named] == [
        (row["type"], row["id"]) for row in refs.json()["data"]
    ]


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        ("/api/profiles", {"filter": "equals(phone,1)"}, 400),
        ("/api/profiles", {"phone_number": PHONE}, 400),
        ("/api/profiles/01NONE/segments", {}, 404),
        ("/api/campaigns", {}, 404),
    ],
)
async def test_lookup_that_is_wrong_is_refused(
    klaviyo: httpx.AsyncClient, path: str, params: dict[str, str], status: int
) -> None:
    """A filter it cannot read, a parameter or path it does not know, a profile not there."""
    response = await klaviyo.get(path, params=params, headers=HEADERS)
    assert the_error(response)["status"] == status


async def test_unsubscribing_withdraws_consent_and_needs_a_number(
    klaviyo: httpx.AsyncClient,
) -> None:
    """A job without a list reaches all of them; the SMS channel without a number is refused."""
    consent = {"sms": {"marketing": {"consent": "UNSUBSCRIBED"}}}
    seed = {"phone_number": PHONE, "sms_consent": "SUBSCRIBED"}
    await klaviyo.post("/_control/profiles", json=seed)

    def job(**attributes: object) -> dict[str, Any]:
        profile = {"type": "profile", "attributes": {**attributes, "subscriptions": consent}}
        data = {"profiles": {"data": [profile]}}
        return {"data": {"type": "profile-subscription-bulk-delete-job", "attributes": data}}

    refused = await post(klaviyo, job(email="ana@example.com"), JOBS)
    assert "phone_number" in the_error(refused)["detail"]
    assert (await post(klaviyo, job(phone_number=PHONE), JOBS)).status_code == 202
    (profile,) = (await klaviyo.get("/_control/profiles")).json()["profiles"]
    assert profile["sms_consent"] == "UNSUBSCRIBED"
    asked = (await klaviyo.get("/_control/unsubscribed")).json()["unsubscribed"]
    assert asked == [PHONE]


async def test_sandbox_has_klaviyo_and_the_brands_endpoint() -> None:
    """Both are mounted beside the other vendors."""
    transport = httpx.ASGITransport(create_sandbox(SandboxConfig()))
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox.test") as client:
        assert (await post(client, an_event(), "/klaviyo/api/events")).status_code == 202
        assert (await client.get("/klaviyo/_control/events")).json()["events"][0]["repeats"] == 0
        assert (await client.post("/events/webhook", json={})).status_code == 401
