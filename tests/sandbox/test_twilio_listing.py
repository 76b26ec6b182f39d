"""The emulated Twilio's list and single messages agree with what happened."""

from datetime import timedelta

import httpx
import pytest

from tests.sandbox.receiver import OTHER_PHONE, OURS, PHONE, TwilioAccount


async def test_list_shows_newest_first_with_both_directions(twilio: TwilioAccount) -> None:
    """Texts from phones and ours are in one list."""
    inbound = await twilio.text("Where is my order?")
    outbound = await twilio.send()
    rows = [(row["sid"], row["direction"]) for row in await twilio.listed()]
    assert [(outbound["sid"], "outbound-api"), (inbound["sid"], "inbound")] == rows


async def test_list_filters_by_both_ends(twilio: TwilioAccount) -> None:
    """``To`` and ``From`` narrow the list."""
    await twilio.send()
    other = await twilio.send(To=OTHER_PHONE)
    await twilio.text("hello", **{"from": OTHER_PHONE})
    found = await twilio.listed(To=OTHER_PHONE, From=OURS)
    assert [other["sid"]] == [row["sid"] for row in found]


async def test_list_sent_date_filter_leaves_out_what_is_still_queued(
    twilio: TwilioAccount,
) -> None:
    """A queued message has no sent date, so no date filter finds it."""
    await twilio.control("settings", callback_delay_seconds=60)
    inbound = await twilio.text("hello")
    await twilio.send()
    today = twilio.edge.now().date()
    for query in ({"DateSent>": str(today - timedelta(1))}, {"DateSent": str(today)}):
        assert [inbound["sid"]] == [row["sid"] for row in await twilio.listed(**query)]
    assert await twilio.listed(**{"DateSent<": str(today - timedelta(1))}) == []
    assert await twilio.listed(**{"DateSent>": str(today + timedelta(1))}) == []


async def test_list_pages_stay_put_while_texts_arrive(twilio: TwilioAccount) -> None:
    """Following next_page_uri shows each message once, whatever arrives meanwhile."""
    sids = [(await twilio.text(str(n)))["sid"] for n in range(5)]
    seen, uri = [], f"{twilio.url}.json?PageSize=2"
    while uri:
        page = (await twilio.client.get(uri)).json()
        seen += [row["sid"] for row in page["messages"]]
        uri = page["next_page_uri"]
        await twilio.text("one more")
    assert list(reversed(sids)) == seen


@pytest.mark.parametrize(
    "query",
    [{"PageSize": "0"}, {"PageSize": "1001"}, {"Page": "x"}, {"DateSent": "today"}, {"to": PHONE}],
    ids=str,
)
async def test_list_filter_that_cannot_be_read_is_refused(
    twilio: TwilioAccount, query: dict[str, str]
) -> None:
    """A filter is applied or refused, never ignored."""
    response = await twilio.client.get(f"{twilio.url}.json", params=query)
    assert (response.status_code, response.json()["code"]) == (400, 20001)


async def test_list_after_a_lost_answer_shows_the_message_once(twilio: TwilioAccount) -> None:
    """An answer lost after commit leaves the message at Twilio and on the phone."""
    await twilio.control("faults", kind="lost_answer", method="POST", path_contains="/Messages")
    with pytest.raises(ConnectionResetError):
        await twilio.send("Only once.")
    rows = await twilio.listed(To=PHONE, From=OURS)
    assert [row["body"] for row in rows] == ["Only once."]
    assert [entry["body"] for entry in await twilio.shown()] == ["Only once."]


async def test_list_after_a_cut_request_shows_nothing(twilio: TwilioAccount) -> None:
    """A request cut before Twilio saw it leaves nothing."""
    await twilio.control("faults", kind="cut", method="POST")
    with pytest.raises(ConnectionResetError):
        await twilio.send()
    assert await twilio.listed() == []


async def test_message_redacted_loses_its_body_at_twilio_not_on_the_phone(
    twilio: TwilioAccount,
) -> None:
    """Redaction empties the record; the customer's phone keeps its copy."""
    sid = (await twilio.text("4111 1111 1111 1111"))["sid"]
    redacted = await twilio.client.post(f"{twilio.url}/{sid}.json", data={"Body": ""})
    assert (redacted.status_code, redacted.json()["body"]) == (200, "")
    assert (await twilio.client.get(f"{twilio.url}/{sid}.json")).json()["body"] == ""
    assert (await twilio.shown())[0]["body"] == "4111 1111 1111 1111"


async def test_message_not_finished_cannot_be_redacted(twilio: TwilioAccount) -> None:
    """A message on its way cannot be changed."""
    await twilio.control("settings", callback_delay_seconds=60)
    sid = (await twilio.send())["sid"]
    response = await twilio.client.post(f"{twilio.url}/{sid}.json", data={"Body": ""})
    assert (response.status_code, response.json()["code"]) == (409, 20009)


async def test_message_rewritten_or_cancelled_is_refused(twilio: TwilioAccount) -> None:
    """A body can only be emptied, and there is nothing scheduled to cancel."""
    path = f"{twilio.url}/{(await twilio.text('hello'))['sid']}.json"
    assert (await twilio.client.post(path, data={"Body": "new"})).json()["code"] == 20001
    assert (await twilio.client.post(path, data={"Status": "canceled"})).json()["code"] == 30409


async def test_message_deleted_is_gone(twilio: TwilioAccount) -> None:
    """A deleted record is not found and not listed."""
    path = f"{twilio.url}/{(await twilio.text('hello'))['sid']}.json"
    assert (await twilio.client.delete(path)).status_code == 204
    assert (await twilio.client.get(path)).json()["code"] == 20404
    assert await twilio.listed() == []


async def test_media_is_fetched_with_credentials_only(twilio: TwilioAccount) -> None:
    """The media address of the webhook gives the bytes, but not to strangers."""
    await twilio.text("look", media=[{"content_type": "image/jpeg", "content": "aGVsbG8="}])
    form = twilio.receiver.forms[0]
    assert (
        form["NumMedia"],
        form["MediaContentType0"],
        form["MessageSid"][:2],
    ) == ("1", "image/jpeg", "MM")
    assert (await twilio.client.get(form["MediaUrl0"])).content == b"hello"
    twilio.client.auth = httpx.BasicAuth("nobody", "")
    assert (await twilio.client.get(form["MediaUrl0"])).status_code == 401


async def test_media_are_listed_below_their_message_until_deleted(twilio: TwilioAccount) -> None:
    """The list leads to each file's description, and without its ending to its bytes."""
    text = await twilio.text("look", media=[{"content_type": "image/jpeg", "content": "aGVsbG8="}])
    path = f"{twilio.url}/{text['sid']}/Media.json"
    uri = (await twilio.client.get(path)).json()["media_list"][0]["uri"]
    assert (await twilio.client.get(uri)).json()["content_type"] == "image/jpeg"
    assert (await twilio.client.get(uri.removesuffix(".json"))).content == b"hello"
    assert (await twilio.client.delete(uri)).status_code == 204
    assert (await twilio.client.get(path)).json()["media_list"] == []
    assert (await twilio.client.get(uri)).json()["code"] == 20404
