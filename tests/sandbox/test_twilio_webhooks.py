"""The emulated Twilio's webhooks: signed, retried, repeated and reordered as told."""

from typing import Any

import pytest

from sandbox.twilio.segments import count_segments, smart_encoding
from sandbox.twilio.signature import sign
from tests.sandbox.receiver import OURS, PHONE, PUBLIC_URL, STATUS_URL, TwilioAccount

CALL = [
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675309"),
    ("Digits", "1234"),
    ("From", "+14158675309"),
    ("To", "+18005551212"),
]
VALUES = [
    ("Sid", "CA123"),
    ("SidAccount", "AC123"),
    ("Digits", "5678"),
    ("Digits", "1234"),
    ("Digits", "1234"),
]
TEXT = [
    ("MessageSid", "SM00000000000000000000000000000001"),
    ("AccountSid", "AC00000000000000000000000000000001"),
    ("From", "+14155550100"),
    ("To", "+18335550199"),
    ("Body", "Where’s my order? 📦"),
    ("NumMedia", "0"),
    ("NumSegments", "1"),
]
JSON_URL = (
    "https://sms.example.com/webhooks/twilio/json?bodySHA256="
    "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
)


@pytest.mark.parametrize(
    ("url", "params", "signature"),
    [
        (
            "https://mycompany.com/myapp.php?foo=1&bar=2",
            CALL,
            "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        ),
        (
            "https://mycompany.com:443/myapp.php?foo=1&bar=2",
            CALL,
            "kvajT1Ptam85bY51eRf/AJRuM3w=",
        ),
        (
            "https://mycompany.com/myapp.php?foo=1&bar=2",
            VALUES,
            "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
        ),
        (
            "https://sms.example.com/webhooks/twilio/inbound",
            TEXT,
            "GgDuDLN8yzkhR8CFmZzOypmM1dA=",
        ),
        (JSON_URL, [], "u1/B5z/zjiSF42s5+k1i7800qUY="),
        (
            "https://x.example/h",
            [("Body", ""), ("A", " b ")],
            "DJM78eDC2rY6SsL8pcRHW99WCOA=",
        ),
    ],
    ids=["form", "port", "duplicate values", "emoji", "json", "blank and blanks"],
)
def test_signature_of_a_known_vector_is_twilios(
    url: str, params: list[tuple[str, str]], signature: str
) -> None:
    """The six vectors measured with Twilio's own SDK hold (auth token 12345)."""
    assert signature == sign("12345", url, params)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", ("GSM-7", 0, 1)),
        ("a" * 160, ("GSM-7", 160, 1)),
        ("a" * 161, ("GSM-7", 161, 2)),
        ("€" * 81, ("GSM-7", 162, 2)),
        ("я" * 70, ("UCS-2", 70, 1)),
        ("я" * 66 + "😀яяя", ("UCS-2", 71, 2)),
        ("e" + "\u0301" * 139, ("UCS-2", 140, 3)),
    ],
    ids=["empty", "160", "161", "escaped", "70", "surrogates", "giant cluster"],
)
def test_segments_are_counted_as_the_carrier_does(
    body: str, expected: tuple[str, int, int]
) -> None:
    """Encoding, units and segments follow the published alphabet and limits."""
    assert expected == count_segments(body)


def test_smart_encoding_has_the_calculators_271_entries() -> None:
    """The table is the whole published one."""
    assert len(smart_encoding()) == 271


async def test_inbound_webhook_has_twilios_fields_and_a_signature_that_fits(
    twilio: TwilioAccount,
) -> None:
    """The signed form carries the text; its sid is the one that is listed."""
    answer = await twilio.text("Where’s my order? 📦", extra={"ProfileName": "Ada"})
    url, headers, _ = twilio.receiver.requests[0]
    form = twilio.receiver.forms[0]
    expected = {
        "MessageSid": answer["sid"],
        "SmsSid": answer["sid"],
        "AccountSid": twilio.config.account_sid,
        "From": PHONE,
        "To": OURS,
        "Body": "Where’s my order? 📦",
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        "FromCountry": "US",
        "ProfileName": "Ada",
    }
    assert f"{PUBLIC_URL}/webhooks/sms/twilio" == url
    assert expected == {name: form[name] for name in expected}
    assert sign(twilio.config.auth_token, url, form.items()) == headers["x-twilio-signature"]
    assert (answer["webhook_status"], answer["webhook_body"]) == (200, "<Response/>")


async def test_inbound_behind_a_proxy_is_signed_for_the_public_address() -> None:
    """The signature covers the configured address, wherever the request really goes."""
    twilio = TwilioAccount.open(deliver_base_url="http://127.0.0.1:8000")
    await twilio.text("hello")
    url, headers, _ = twilio.receiver.requests[0]
    wanted = sign(
        twilio.config.auth_token,
        f"{PUBLIC_URL}/webhooks/sms/twilio",
        twilio.receiver.forms[0].items(),
    )
    assert url == "http://127.0.0.1:8000/webhooks/sms/twilio"
    assert wanted == headers["x-twilio-signature"]


async def test_inbound_short_code_sender_has_no_place(twilio: TwilioAccount) -> None:
    """A short code is passed on as it is, with empty place fields."""
    await twilio.text("Your code is 1", **{"from": "24273"})
    form = twilio.receiver.forms[0]
    assert (form["From"], form["FromCountry"]) == ("24273", "")


@pytest.mark.parametrize(
    ("override", "statuses", "attempts", "final"),
    [
        ("", [0, 200], 2, 200),
        ("", [0, 0, 200], 2, None),
        ("", [500, 200], 1, 500),
        ("rc=3&rp=5xx", [500, 502, 503, 200], 4, 200),
        ("rc=2&rp=4xx,5xx", [404, 500, 404], 3, 404),
        ("rc=3&rp=4xx", [0], 1, None),
        ("rc=3&rp=all", [0, 404, 500], 4, 200),
        ("rc=0&rp=all", [500], 1, 500),
    ],
    ids=["ct once", "ct twice", "5xx default", "5xx", "list", "only 4xx", "all", "none"],
)
async def test_inbound_webhook_that_fails_is_retried_as_the_override_says(
    override: str, statuses: list[int], attempts: int, final: int | None
) -> None:
    """By default only a failed connection is tried again, once; ``rc`` and ``rp`` change that."""
    twilio = TwilioAccount.open(connection_override=override)
    twilio.receiver.statuses = statuses
    answer = await twilio.text("hello")
    seen = twilio.receiver.requests
    assert (attempts, final) == (len(seen), answer["webhook_status"])
    assert len({headers["i-twilio-idempotency-token"] for _, headers, _ in seen}) == 1
    assert all("#" not in url for url, _, _ in seen)
    assert len(await twilio.listed()) == 1


async def test_inbound_answer_without_xml_is_error_12300(twilio: TwilioAccount) -> None:
    """Twilio logs an answer that it cannot read as TwiML."""
    twilio.receiver.content_type = "text/plain"
    assert (await twilio.text("hello"))["webhook_error"] == 12300


async def test_inbound_duplicated_webhook_has_one_sid(twilio: TwilioAccount) -> None:
    """Copies of a webhook are copies of one message."""
    answer = await twilio.text("hello", duplicate=2)
    assert answer["webhook_statuses"] == [200, 200, 200]
    assert {answer["sid"]} == {form["MessageSid"] for form in twilio.receiver.forms}
    assert len(await twilio.shown()) == 1


async def test_inbound_dropped_webhook_is_still_listed(twilio: TwilioAccount) -> None:
    """A lost webhook does not lose the message."""
    answer = await twilio.text("hello", drop_webhook=True)
    assert (answer["webhook_status"], twilio.receiver.requests) == (None, [])
    assert [answer["sid"]] == [row["sid"] for row in await twilio.listed(To=OURS)]


async def test_inbound_to_a_number_not_ours_is_refused(twilio: TwilioAccount) -> None:
    """A phone can only text numbers of this account."""
    body = {"from": PHONE, "to": "+13125550111", "body": "hello"}
    assert (await twilio.client.post("/_control/inbound", json=body)).status_code == 404


async def statuses(twilio: TwilioAccount) -> list[str]:
    """Wait for every callback and return the statuses in the order received."""
    await twilio.control("settle")
    return [form["MessageStatus"] for form in twilio.receiver.forms]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("normal", ["sending", "sent", "delivered"]),
        ("none", []),
        ("duplicate", ["sending", "sending", "sent", "sent", "delivered", "delivered"]),
        ("reversed", ["delivered", "sent", "sending"]),
    ],
)
async def test_callbacks_come_as_the_mode_says(
    twilio: TwilioAccount, mode: str, expected: list[str]
) -> None:
    """Callbacks come in order, not at all, twice, or backwards; the status is the same."""
    await twilio.control("settings", callbacks=mode)
    sid = (await twilio.send(StatusCallback=STATUS_URL))["sid"]
    assert expected == await statuses(twilio)
    resource = (await twilio.client.get(f"{twilio.url}/{sid}.json")).json()
    assert (resource["status"], resource["date_sent"] is not None) == ("delivered", True)


async def test_callbacks_held_wait_for_their_release(twilio: TwilioAccount) -> None:
    """Held callbacks are posted when released, in the order asked for."""
    await twilio.control("settings", callbacks="held")
    await twilio.send(StatusCallback=STATUS_URL)
    assert await statuses(twilio) == []
    assert await twilio.control("release", order="reversed") == {"statuses": [200, 200, 200]}
    assert await statuses(twilio) == ["delivered", "sent", "sending"]


async def test_callback_is_signed_with_its_query(twilio: TwilioAccount) -> None:
    """The signature covers the callback address as given, query included."""
    await twilio.send(StatusCallback=STATUS_URL)
    await twilio.control("settle")
    url, headers, _ = twilio.receiver.requests[-1]
    form = twilio.receiver.forms[-1]
    assert (url, form["SmsStatus"]) == (STATUS_URL, "delivered")
    assert len(form["RawDlrDoneDate"]) == 10
    assert sign(twilio.config.auth_token, url, form.items()) == headers["x-twilio-signature"]


@pytest.mark.parametrize(
    ("rule", "expected", "code", "arrived"),
    [
        ({"outcome": "undelivered", "error_code": 30007}, "undelivered", 30007, 0),
        ({"outcome": "failed"}, "failed", 30008, 0),
        ({"outcome": "sent"}, "sent", None, 1),
    ],
    ids=["filtered", "failed", "no receipt"],
)
async def test_carrier_rule_decides_what_becomes_of_a_text(
    twilio: TwilioAccount, rule: dict[str, Any], expected: str, code: int | None, arrived: int
) -> None:
    """A refused text never shows on the phone and carries its error code; others do not."""
    await twilio.control("carrier", number=PHONE, **rule)
    sid = (await twilio.send(StatusCallback=STATUS_URL))["sid"]
    assert expected == (await statuses(twilio))[-1]
    assert twilio.receiver.forms[-1].get("ErrorCode") == (str(code) if code else None)
    resource = (await twilio.client.get(f"{twilio.url}/{sid}.json")).json()
    assert (expected, code) == (resource["status"], resource["error_code"])
    assert arrived == len(await twilio.shown())


async def test_callback_outside_the_public_address_is_never_posted(twilio: TwilioAccount) -> None:
    """The sandbox calls nobody but the product."""
    await twilio.send(StatusCallback="https://sms.example.com.elsewhere.example/status")
    assert await statuses(twilio) == []
    rows = (await twilio.client.get("/_control/webhooks")).json()["webhooks"]
    assert [row["error_code"] for row in rows] == [21609, 21609, 21609]
