"""Twilio's answers to a send, code by code, and what the request carries."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import httpx
import pytest
from pydantic import ValidationError

from domain.errors import ProviderRejected
from domain.outbox import CarrierAction
from providers.http_client import open_http
from providers.sms.base import Accepted, Ambiguous, NotTried, Refused, SendOutcome
from providers.sms.twilio.adapter import TwilioSms
from providers.sms.twilio.errors import carrier_action
from providers.sms.twilio.options import TwilioOptions
from tests.contract.sms_rig import a_text

Answer = Callable[[httpx.Request], httpx.Response]


def options(**changes: object) -> TwilioOptions:
    """Return a working account."""
    plain = {
        "account_sid": "AC00000000000000000000000000000001",
        "auth_tokens": ("current", "older"),
        "public_base_url": "https://sms.example.com",
    }
    return TwilioOptions.model_validate(plain | changes)


def a_moment() -> datetime:
    """Return some instant."""
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


async def sent(answer: Answer, **changes: object) -> tuple[SendOutcome, list[httpx.Request]]:
    """Send one text to a vendor that answers so; return the outcome and what it saw."""
    seen: list[httpx.Request] = []

    def note(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer(request)

    async with open_http(httpx.MockTransport(note)) as pool:
        return await TwilioSms(options(**changes), pool).send(a_text()), seen


def refusing(status: int, code: int | None) -> Answer:
    """Return a vendor that refuses in its own error shape, or in none."""
    body = {"code": code, "message": "no", "more_info": "", "status": status}
    return lambda _: httpx.Response(status, json=body if code else "no")


@pytest.mark.parametrize(
    ("status", "code", "action"),
    [
        (400, 21610, CarrierAction.SUPPRESS),
        (400, 21211, CarrierAction.UNREACHABLE),
        (400, 21612, CarrierAction.UNREACHABLE),
        (400, 21614, CarrierAction.UNREACHABLE),
        (400, 14107, CarrierAction.LOOP),
        (429, 14107, CarrierAction.LOOP),
        (401, 20003, CarrierAction.CONFIGURE),
        (400, 21606, CarrierAction.CONFIGURE),
        (400, 21408, CarrierAction.CONFIGURE),
        (400, 21703, CarrierAction.CONFIGURE),
        (404, 20404, CarrierAction.CONFIGURE),
        (429, 63038, CarrierAction.CONFIGURE),
        (400, 21611, CarrierAction.RETRY),
        (400, 21617, CarrierAction.GIVE_UP),
        (400, 99999, CarrierAction.GIVE_UP),
        (403, None, CarrierAction.CONFIGURE),
        (307, None, CarrierAction.CONFIGURE),
        (413, None, CarrierAction.GIVE_UP),
    ],
)
async def test_send_refused_says_what_the_code_demands(
    status: int, code: int | None, action: CarrierAction
) -> None:
    """A refusal is certain, and its code says who has to act."""
    outcome, seen = await sent(refusing(status, code))
    assert outcome == Refused(code=str(code or status), action=action)
    assert len(seen) == 1


@pytest.mark.parametrize(
    "answer",
    [
        refusing(429, 20429),
        refusing(429, None),
        refusing(429, 63017),
        refusing(429, 12345),
        refusing(400, 20429),
    ],
)
async def test_send_throttled_was_not_tried(answer: Answer) -> None:
    """Twilio never processes what it throttles, whichever code it gives."""
    outcome, seen = await sent(answer)
    assert isinstance(outcome, NotTried)
    assert len(seen) == 1


def _raising(error: type[httpx.TransportError]) -> Answer:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error("network")

    return fail


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (_raising(httpx.ConnectError), NotTried),
        (_raising(httpx.ConnectTimeout), NotTried),
        (_raising(httpx.ReadTimeout), Ambiguous),
        (_raising(httpx.ReadError), Ambiguous),
        (_raising(httpx.WriteTimeout), Ambiguous),
        (_raising(httpx.RemoteProtocolError), Ambiguous),
        (refusing(500, None), Ambiguous),
        (refusing(503, 20503), Ambiguous),
        (refusing(408, None), Ambiguous),
        (lambda _: httpx.Response(201, text="<html>"), Ambiguous),
        (lambda _: httpx.Response(201, json={"sid": None}), Ambiguous),
        (lambda _: httpx.Response(201, json={"sid": "SM1", "num_segments": "0"}), Accepted),
    ],
)
async def test_send_outcome_says_what_is_certain(
    answer: Answer, expected: type[SendOutcome]
) -> None:
    """Not tried, or nobody knows: the difference between a repeat and a doubled text."""
    outcome, seen = await sent(answer)
    assert type(outcome) is expected
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("given", "expected"), [("2", 2), ("0", None), (None, None), ("many", None)]
)
async def test_send_accepted_without_a_sender_has_no_segments_yet(
    given: str | None, expected: int | None
) -> None:
    """A service answers "0" until it has chosen a number."""
    answer = {"sid": "SM1", "num_segments": given}
    outcome, _ = await sent(lambda _: httpx.Response(201, json=answer))
    assert outcome == Accepted(provider_message_id="SM1", segments=expected)


async def test_send_carries_number_validity_and_callback() -> None:
    """The customer is answered from the number they wrote to, through the service it is in."""
    service = "MG00000000000000000000000000000001"
    _, (request,) = await sent(refusing(500, None), messaging_service_sid=service)
    assert dict(parse_qsl(request.content.decode())) == {
        "To": "+13125550142",
        "From": "+13125550199",
        "MessagingServiceSid": service,
        "Body": "Your order is on its way.",
        "StatusCallback": "https://sms.example.com/webhooks/sms/twilio/status?o=row-1#rc=5&rp=all",
        "ValidityPeriod": "900",
        "SmartEncoded": "true",
    }
    assert str(request.url) == (
        "https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json"
    )


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ({}, ("AC00000000000000000000000000000001", "current")),
        ({"api_key": "SK1", "api_secret": "s"}, ("SK1", "s")),
    ],
)
async def test_send_authenticates_with_the_key_or_the_current_token(
    key: dict[str, object], expected: tuple[str, str]
) -> None:
    """A key is preferred; else the first token, the current one."""
    _, (request,) = await sent(refusing(500, None), **key)
    wanted = httpx.BasicAuth(*expected)
    signed = next(wanted.auth_flow(httpx.Request("GET", "https://x.example")))
    assert request.headers["authorization"] == signed.headers["authorization"]


@pytest.mark.parametrize(
    ("code", "times", "action"),
    [
        ("30003", 1, CarrierAction.RETRY),
        ("30003", 2, CarrierAction.GIVE_UP),
        ("30004", 1, CarrierAction.GIVE_UP),
        ("30004", 2, CarrierAction.SUPPRESS),
        ("30005", 1, CarrierAction.UNREACHABLE),
        ("30006", 1, CarrierAction.UNREACHABLE),
        ("30007", 1, CarrierAction.FILTERED),
        ("30007", 2, CarrierAction.FILTERED),
        ("30008", 1, CarrierAction.RETRY),
        ("30022", 3, CarrierAction.RETRY),
        ("30034", 1, CarrierAction.CONFIGURE),
        ("30410", 1, CarrierAction.UNKNOWN_OUTCOME),
        ("39999", 1, CarrierAction.GIVE_UP),
        ("", 1, CarrierAction.GIVE_UP),
    ],
)
def test_carrier_action_follows_code_and_count(
    code: str, times: int, action: CarrierAction
) -> None:
    """What the carrier says once may be bad luck; twice it is an answer."""
    assert carrier_action(code, times) is action


def _late_picture(request: httpx.Request) -> httpx.Response:
    uri = f"/2010-04-01/Accounts/{options().account_sid}/Messages/MM1"
    if request.url.path.endswith("/Media.json"):
        media = {"content_type": "image/png", "uri": f"{uri}/Media/ME1.json"}
        return httpx.Response(200, json={"media_list": [media]})
    message = {
        "sid": "MM1",
        "direction": "inbound",
        "status": "received",
        "from": "+13125550142",
        "to": "+13125550199",
        "body": None,
        "num_media": "1",
        "num_segments": "1",
        "date_created": "Sun, 22 Nov 2026 12:00:00 +0000",
    }
    return httpx.Response(200, json={"messages": [message], "next_page_uri": None})


async def test_late_picture_is_listed_with_its_files() -> None:
    """A picture whose webhook was lost comes with its media, in the shape Twilio publishes."""
    async with open_http(httpx.MockTransport(_late_picture)) as pool:
        adapter = TwilioSms(options(), pool)
        (message,) = await adapter.list_inbound("+13125550199", a_moment())
    assert (message.body, message.received_at) == ("", a_moment())
    assert message.media[0].url.endswith("/Messages/MM1/Media/ME1")


async def test_opt_out_that_twilio_does_not_take_is_an_error() -> None:
    """The request succeeds as a whole even when its item does not."""
    taken = {"items": [{"error_code": 30646, "error_messages": ["no"]}]}
    async with open_http(httpx.MockTransport(lambda _: httpx.Response(201, json=taken))) as pool:
        with pytest.raises(ProviderRejected) as caught:
            await TwilioSms(options(), pool).push_opt_out(
                "+13125550142", "+13125550199", a_moment()
            )
    assert caught.value.code == "30646"


async def test_list_that_points_elsewhere_keeps_the_credentials_at_home() -> None:
    """A next page on another host is still asked of ours."""
    hosts: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        elsewhere = "https://evil.example/next" if len(hosts) == 1 else None
        return httpx.Response(200, json={"messages": [], "next_page_uri": elsewhere})

    async with open_http(httpx.MockTransport(answer)) as pool:
        await TwilioSms(options(), pool).list_inbound("+13125550199", a_moment())
    assert hosts == ["api.twilio.com", "api.twilio.com"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"auth_tokens": ()},
        {"auth_tokens": ("",)},
        {"api_key": "SK1"},
        {"public_base_url": "sms.example.com"},
        {"public_base_url": "https://sms.example.com/?a=1"},
        {"account_sid": ""},
        {"colour": "red"},
    ],
    ids=json.dumps,
)
def test_options_that_cannot_work_are_refused(wrong: dict[str, object]) -> None:
    """What would fail later, or verify anything, fails at start-up."""
    with pytest.raises(ValidationError):
        options(**wrong)
