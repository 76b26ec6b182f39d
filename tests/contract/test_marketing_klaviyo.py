"""Klaviyo beyond events: segments for the gate, opt-outs, and what its refusals mean."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx
import pytest

from domain.business_event import EventName
from domain.errors import (
    ConfigurationError,
    ProviderMisconfigured,
    ProviderRejected,
    ProviderThrottled,
    ProviderUnavailable,
)
from providers.http_client import open_http
from providers.marketing.base import EventSink, OptOutSink, SegmentSource
from providers.marketing.registry import (
    build_event_sink,
    build_opt_out_sink,
    build_segment_source,
)
from sandbox.edge import Edge
from sandbox.klaviyo.app import create_klaviyo
from sandbox.klaviyo.config import ALL_SCOPES, KlaviyoConfig
from tests.contract.marketing_rig import (
    NOBODY,
    PHONE,
    Line,
    a_start,
    klaviyo_options,
    open_line,
)


class Account:
    """One emulated account with the three adapters before it."""

    def __init__(self, line: Line, options: Mapping[str, object]) -> None:
        self.line = line
        self.sink: EventSink = build_event_sink("klaviyo", options, line.pool)
        self.source: SegmentSource = build_segment_source("klaviyo", options, line.pool)
        self.opt_outs: OptOutSink = build_opt_out_sink("klaviyo", options, line.pool)

    async def seed(self, *segments: str, apart: bool = False) -> None:
        """Put the contact's profile, or a further one under the number, into segments."""
        body = {"phone_number": PHONE, "segments": segments, "apart": apart}
        body |= {"sms_consent": "SUBSCRIBED"}
        response = await self.line.control.post("profiles", json=body)
        assert response.status_code == 200, response.text

    async def use_everything(self) -> None:
        """Make every request the product makes."""
        await self.sink.deliver(a_start())
        await self.source.segments_of(PHONE)
        await self.opt_outs.unsubscribe(PHONE)

    async def profiles(self) -> list[dict[str, object]]:
        """Return the profiles there are."""
        return list((await self.line.control.get("profiles")).json()["profiles"])


@asynccontextmanager
async def open_account(
    settings: Mapping[str, object] | None = None, **options: object
) -> AsyncIterator[Account]:
    """Open an account; ``settings`` are the emulator's, ``options`` the adapter's."""
    config = KlaviyoConfig.model_validate(settings or {})
    async with open_line(create_klaviyo(config, Edge())) as line:
        yield Account(line, {**klaviyo_options(config.api_key), **options})


@pytest.fixture
async def account() -> AsyncIterator[Account]:
    """An account as it comes."""
    async with open_account() as opened:
        yield opened


async def test_segments_of_a_contact_are_their_names(account: Account) -> None:
    """The gate compares names, as the brand wrote them in its settings."""
    await account.seed("VIP customers", "Beta – Chicago")
    assert await account.source.segments_of(PHONE) == {"VIP customers", "Beta – Chicago"}


async def test_segments_of_a_number_with_two_profiles_are_those_of_both(account: Account) -> None:
    """Which of them texts cannot be known."""
    await account.seed("VIP customers")
    await account.seed("Beta", apart=True)
    assert await account.source.segments_of(PHONE) == {"VIP customers", "Beta"}


async def test_segments_of_somebody_unknown_are_none(account: Account) -> None:
    """A number Klaviyo has never seen is in no segment, and asking makes no profile of it."""
    await account.seed("VIP customers")
    assert await account.source.segments_of(NOBODY) == frozenset()
    assert len(await account.profiles()) == 1


async def test_segments_that_cannot_be_read_raise(account: Account) -> None:
    """No answer is not the same as no segment: the brand's setting decides then."""
    await account.seed("VIP customers")
    for path in ("/api/profiles", "/segments"):
        fault = {"kind": "status", "status": 503, "path_contains": path}
        await account.line.control.post("faults", json=fault)
        with pytest.raises(ProviderUnavailable):
            await account.source.segments_of(PHONE)


async def test_segments_of_a_profile_that_has_gone_since_are_none(account: Account) -> None:
    """A merge between the two requests is no failure."""
    await account.seed("VIP customers")
    fault = {"kind": "status", "status": 404, "path_contains": "/segments"}
    await account.line.control.post("faults", json=fault)
    assert await account.source.segments_of(PHONE) == frozenset()


async def test_segments_asked_too_often_are_throttled(account: Account) -> None:
    """Klaviyo gives three a second; the fourth says when to come back."""
    await account.seed("VIP customers")

    async def ask_on() -> None:
        for _ in range(61):  # over the minute's limit too, should the second turn meanwhile
            await account.source.segments_of(PHONE)

    with pytest.raises(ProviderThrottled) as caught:
        await ask_on()
    assert 0 < caught.value.retry_after.total_seconds() <= 60


async def test_opt_out_withdraws_the_consent_once_and_again(account: Account) -> None:
    """A known number and an unknown one; repeating changes nothing."""
    await account.seed()
    for phone in (PHONE, PHONE, NOBODY):
        await account.opt_outs.unsubscribe(phone)
    consents = {row["phone_number"]: row["sms_consent"] for row in await account.profiles()}
    assert consents == {PHONE: "UNSUBSCRIBED", NOBODY: "UNSUBSCRIBED"}


async def test_event_of_somebody_unknown_makes_a_profile_without_consent(
    account: Account,
) -> None:
    """Writing to the agent is no consent to marketing."""
    await account.sink.deliver(a_start(phone=NOBODY))
    (profile,) = await account.profiles()
    assert (profile["phone_number"], profile["sms_consent"]) == (NOBODY, "NEVER_SUBSCRIBED")


async def test_event_under_the_brands_own_metric_name() -> None:
    """A brand that has metrics already keeps their names; the others stay as they are."""
    names = {EventName.STARTED: "Started Conversation with Customer Agent"}
    async with open_account(metric_names=names) as account:
        await account.sink.deliver(a_start())
        (event,) = (await account.line.control.get("events")).json()["events"]
    assert event["metric"] == "Started Conversation with Customer Agent"
    assert event["properties"]["Schema version"] == 1


async def test_refusal_names_the_field_and_not_the_number(account: Account) -> None:
    """Klaviyo's sentence repeats values; only its code and the place are kept."""
    event = a_start().model_copy(update={"phone": "+0123"})
    with pytest.raises(ProviderRejected) as caught:
        await account.sink.deliver(event)
    place = "/data/attributes/profile/data/attributes/phone_number"
    assert caught.value.code == f"invalid at {place}"
    assert "+0123" not in str(caught.value)


@pytest.mark.parametrize("scope", sorted(ALL_SCOPES - {"accounts:read"}))
async def test_key_without_a_scope_is_misconfigured(scope: str) -> None:
    """Each scope the documentation asks for is needed by something."""
    async with open_account({"scopes": ALL_SCOPES - {scope}}) as account:
        await account.seed("VIP customers")
        with pytest.raises(ProviderMisconfigured, match="permission_denied"):
            await account.use_everything()


async def test_check_with_a_key_that_may_not_read_the_account_still_answers() -> None:
    """The scope is needed for nothing else."""
    async with open_account({"scopes": ALL_SCOPES - {"accounts:read"}}) as account:
        assert "accounts:read" in await account.sink.check()


async def test_revision_that_klaviyo_has_retired_is_misconfigured() -> None:
    """The operator is told which revision; no event is thrown away for it."""
    async with open_account(revision="2020-01-15") as account:
        with pytest.raises(ProviderMisconfigured, match="2020-01-15"):
            await account.sink.deliver(a_start())


async def test_bot_check_before_klaviyo_is_an_outage_and_not_a_wrong_key() -> None:
    """A CDN's 403 passes; were it taken for the key's, the event would be given up."""
    answer = httpx.Response(403, headers={"cf-mitigated": "challenge"}, text="<html>")
    async with open_http(httpx.MockTransport(lambda _: answer)) as pool:
        sink = build_event_sink("klaviyo", klaviyo_options("pk_key"), pool)
        with pytest.raises(ProviderUnavailable):
            await sink.deliver(a_start())


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b'{"errors": []}'])
async def test_refusal_in_another_shape_is_told_by_its_status(body: bytes) -> None:
    """Whatever a proxy answers, the error has a code."""
    transport = httpx.MockTransport(lambda _: httpx.Response(422, content=body))
    async with open_http(transport) as pool:
        sink = build_event_sink("klaviyo", klaviyo_options("pk_key"), pool)
        with pytest.raises(ProviderRejected) as caught:
            await sink.deliver(a_start())
    assert caught.value.code == "422"


@pytest.mark.parametrize("key", ["", "AbC123", "pk_a b", "pk_a\n"])
async def test_key_that_is_no_private_key_is_refused_at_start_up(key: str) -> None:
    """The public key of six characters is the usual mistake; the key is never repeated."""
    async with open_http() as pool:
        with pytest.raises(ConfigurationError, match="api_key") as caught:
            build_event_sink("klaviyo", klaviyo_options(key), pool)
    assert "AbC123" not in str(caught.value)
