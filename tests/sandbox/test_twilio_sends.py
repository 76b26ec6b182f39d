"""What the emulated Twilio accepts, what it refuses, and with which code."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest

from tests.sandbox.receiver import OURS, PHONE, TwilioAccount

GOOD = {"To": PHONE, "From": OURS, "Body": "On its way."}
FIELDS = {
    "account_sid",
    "api_version",
    "body",
    "date_created",
    "date_sent",
    "date_updated",
    "direction",
    "error_code",
    "error_message",
    "from",
    "messaging_service_sid",
    "num_media",
    "num_segments",
    "price",
    "price_unit",
    "sid",
    "status",
    "subresource_uris",
    "to",
    "uri",
}


async def test_send_answers_the_whole_resource_as_queued(twilio: TwilioAccount) -> None:
    """A send is answered with every published field, before anything was carried."""
    message = await twilio.send()
    assert message.keys() == FIELDS
    assert message["sid"].startswith("SM")
    assert len(message["sid"]) == 34
    assert message["date_sent"] is None
    age = twilio.edge.now() - parsedate_to_datetime(message["date_created"])
    assert age < timedelta(seconds=5)
    assert (message["status"], message["num_segments"], message["price"]) == ("queued", "1", None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"To": None}, 21604),
        ({"To": "3125550142"}, 21211),
        ({"To": "+1312555014"}, 21211),
        ({"From": None}, 21603),
        ({"From": "+13125550198"}, 21606),
        ({"To": OURS}, 21266),
        ({"MessagingServiceSid": "MG" + "0" * 32}, 21701),
        ({"Body": None}, 21602),
        ({"Body": ""}, 21602),
        ({"Body": "x" * 1601}, 21617),
        ({"MediaUrl": "not a url"}, 21620),
        ({"MediaUrl": ["https://a.example/x.png"] * 11}, 21623),
        ({"StatusCallback": "/relative"}, 21609),
        ({"StatusCallback": "https://under_score.example/s"}, 21609),
        ({"ValidityPeriod": "0"}, 20001),
        ({"SmartEncoded": "yes"}, 20001),
        ({"SendAt": "2030-01-01T00:00:00Z"}, 20001),
        ({"Text": "hello"}, 20001),
        ({"Body": ["one", "two"]}, 20001),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_send_that_breaks_a_rule_is_refused_with_its_code(
    twilio: TwilioAccount, change: dict[str, str | list[str] | None], code: int
) -> None:
    """Each refusal has Twilio's code and shape, and leaves no message behind."""
    form = {name: value for name, value in (GOOD | change).items() if value is not None}
    response = await twilio.post(**form)
    error = response.json()
    assert response.status_code == 400
    assert error.keys() == {"code", "message", "more_info", "status"}
    assert (code, 400) == (error["code"], error["status"])
    assert await twilio.listed() == []


async def test_send_unknown_parameter_is_named(twilio: TwilioAccount) -> None:
    """A misspelt parameter is refused by name, not ignored."""
    assert "StatusCallbak" in (await twilio.post(**GOOD, StatusCallbak="x")).json()["message"]


async def test_send_as_json_reads_as_no_parameters(twilio: TwilioAccount) -> None:
    """Twilio takes forms only."""
    assert (await twilio.client.post(f"{twilio.url}.json", json=GOOD)).json()["code"] == 21604


@pytest.mark.parametrize(
    "auth",
    [None, ("AC00000000000000000000000000000001", "wrong"), ("SK", ""), ("", "")],
    ids=["none", "wrong token", "wrong key", "empty"],
)
async def test_send_wrong_credentials_are_refused_with_20003(
    twilio: TwilioAccount, auth: tuple[str, str] | None
) -> None:
    """Without the account's credentials nothing is accepted."""
    twilio.client.auth = httpx.BasicAuth(*auth) if auth else httpx.Auth()
    response = await twilio.post(**GOOD)
    assert (response.status_code, response.json()["code"]) == (401, 20003)


async def test_send_api_key_is_as_good_as_the_token(twilio: TwilioAccount) -> None:
    """An API key and its secret authenticate as well."""
    key = (twilio.config.api_key_sid, twilio.config.api_key_secret)
    twilio.client.auth = httpx.BasicAuth(*key)
    assert (await twilio.post(**GOOD)).status_code == 201


async def test_send_another_account_in_the_path_is_refused(twilio: TwilioAccount) -> None:
    """Credentials open their own account only."""
    path = f"/2010-04-01/Accounts/AC{'f' * 32}/Messages.json"
    assert (await twilio.client.post(path, data=GOOD)).status_code == 401


async def test_unknown_path_is_answered_in_twilios_error_shape(twilio: TwilioAccount) -> None:
    """What Twilio does not have is its 20404, not a page."""
    assert (await twilio.client.get("/2010-04-01/Nothing.json")).json()["code"] == 20404


async def test_send_smart_encoded_keeps_the_replaced_body(twilio: TwilioAccount) -> None:
    """With SmartEncoded the stored and shown body is the replaced one, in GSM-7."""
    message = await twilio.send("Here’s your “code” – thanks…", SmartEncoded="true")
    assert message["body"] == 'Here\'s your "code" - thanks...'
    assert (await twilio.shown())[0]["encoding"] == "GSM-7"


async def test_send_not_smart_encoded_keeps_the_body(twilio: TwilioAccount) -> None:
    """Without SmartEncoded a typographic quote costs UCS-2."""
    message = await twilio.send("’" * 71)
    assert (message["body"], message["num_segments"]) == ("’" * 71, "2")


async def test_send_to_an_opted_out_phone_is_refused_with_21610(twilio: TwilioAccount) -> None:
    """A blocked phone is refused until it is unblocked."""
    await twilio.control("blocks", number=PHONE)
    assert (await twilio.post(**GOOD)).json()["code"] == 21610
    await twilio.control("blocks", number=PHONE, blocked=False)
    assert (await twilio.post(**GOOD)).status_code == 201


async def test_send_sixteenth_quick_reply_is_stopped_as_a_loop(twilio: TwilioAccount) -> None:
    """More than 15 texts with less than 30 s between each are a loop; a pause ends it."""
    await twilio.control("settings", loop_protection=True)
    for _ in range(15):
        await twilio.send()
    assert (await twilio.post(**GOOD)).json()["code"] == 14107
    await twilio.control("clock", advance_seconds=31)
    assert (await twilio.post(**GOOD)).status_code == 201


async def test_send_through_a_service_is_accepted_before_a_sender_is_chosen() -> None:
    """With only a service the answer has no sender and no segments yet."""
    service = "MG" + "0" * 32
    twilio = TwilioAccount.open(messaging_service_sid=service)
    response = await twilio.post(To=PHONE, MessagingServiceSid=service, Body="hi")
    message = response.json()
    assert (
        message["status"],
        message["from"],
        message["num_segments"],
    ) == ("accepted", None, "0")


async def test_consents_opt_out_blocks_the_phone_and_reports_each_item(
    twilio: TwilioAccount,
) -> None:
    """A pushed opt-out blocks; a bad item fails alone."""
    good = (
        f'{{"contact_id": "{PHONE}", "correlation_id": "{"a" * 32}", "sender_id": "{OURS}", '
        '"status": "opt-out", "source": "opt-out-message"}'
    )
    bad = '{"contact_id": "nobody"}'
    response = await twilio.client.post("/v1/Consents/Bulk", data={"Items": [good, bad]})
    assert response.status_code == 201
    assert [item["error_code"] for item in response.json()["items"]] == [0, 30646]
    assert (await twilio.post(**GOOD)).json()["code"] == 21610
