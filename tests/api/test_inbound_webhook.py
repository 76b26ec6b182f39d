"""What the carrier is told about the texts it delivers, and what is stored by then."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from api.sms_webhooks import MAX_BODY_BYTES
from tests.api.rig import TEXTS, Api, a_form, sign_body
from tests.builders import NUMBERS, PHONE


async def test_text_signed_by_the_carrier_is_stored_when_it_is_answered(api: Api) -> None:
    """200 means committed; the answer is a TwiML document that sends nothing."""
    answer = await api.text(Body="Where is my order?")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.content == b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
    assert api.bodies() == ["Where is my order?"]


@pytest.mark.parametrize(
    "signature",
    ["", "bm90IGEgc2lnbmF0dXJl", "ünsigned".encode().decode("latin-1"), "x" * 10_000],
    ids=["missing", "another", "not_ascii", "long"],
)
async def test_text_with_a_bad_signature_is_forbidden_without_a_word(
    api: Api, signature: str
) -> None:
    """403 says neither what was wrong nor who lives here, and nothing is stored."""
    body = f"From=%2B13125550142&To={NUMBERS['acme']}&Body=hi".encode()
    headers = {"content-type": "application/x-www-form-urlencoded"}
    raw = {name.encode(): value.encode() for name, value in headers.items()}
    if signature:
        raw[b"x-twilio-signature"] = signature.encode("latin-1")
    answer = await api.http.post(TEXTS, content=body, headers=list(raw.items()))
    assert answer.status_code == 403
    assert answer.json() == {"type": "forbidden", "title": "Not accepted.", "status": 403}
    assert api.bodies() == []


async def test_text_signed_for_another_account_or_with_another_token_is_forbidden(api: Api) -> None:
    """A signature counts for this account, this address and these tokens only."""
    other_account = await api.text(AccountSid="AC" + "9" * 32)
    body = b"From=%2B13125550142"
    other_token = await api.post_raw(TEXTS, body, signature=sign_body(TEXTS, body, "other"))
    other_address = await api.post_raw(TEXTS, body, signature=sign_body("/elsewhere", body))
    answers = (other_account, other_token, other_address)
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert len({answer.content for answer in answers}) == 1
    assert api.bodies() == []


@pytest.mark.parametrize("field", ["MessageSid", "AccountSid", "From", "To", "Body"])
async def test_text_without_a_field_is_refused_by_its_name(api: Api, field: str) -> None:
    """400 names the field, so that whoever configures the number can mend it."""
    answer = await api.text(**{field: "-"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["field"] == field
    assert api.bodies() == []


async def test_text_that_is_no_form_is_refused_by_its_content_type(api: Api) -> None:
    """A signed body of another type is the carrier's configuration, not an attack."""
    body = b"MessageSid=SM1"
    answer = await api.post_raw(TEXTS, body, content_type="application/json")
    assert (answer.status_code, answer.json()["field"]) == (400, "Content-Type")


async def test_text_that_is_not_utf_8_is_refused_by_its_body(api: Api) -> None:
    """Raw bytes that are no text are said to be none."""
    answer = await api.post_raw(TEXTS, b"Body=\xff\xfe")
    assert (answer.status_code, answer.json()["field"]) == (400, "body")


async def test_text_larger_than_any_is_refused_before_it_is_read(api: Api) -> None:
    """No carrier sends 64 kB; the rest of such a body is never taken in."""
    read: list[int] = []

    async def endless() -> AsyncIterator[bytes]:
        while True:
            read.append(1024)
            yield b"a" * 1024

    answer = await api.http.post(TEXTS, content=endless())
    assert (answer.status_code, answer.json()["field"]) == (400, "body")
    assert sum(read) <= MAX_BODY_BYTES + 2 * 1024


async def test_text_of_ten_kilobytes_is_stored_whole(api: Api) -> None:
    """Nothing of a long text is lost."""
    answer = await api.text(Body="why " * 2_500)
    assert answer.status_code == 200
    assert api.bodies() == ["why " * 2_500]


@pytest.mark.parametrize(
    ("encoded", "stored"),
    [
        (b"%ED%A0%BD", "\ufffd\ufffd\ufffd"),
        (b"a%00b", "a\ufffdb"),
        (b"%E2%80%AE%D7%A9%D7%9C%D7%95%D7%9D", "\u202e\u05e9\u05dc\u05d5\u05dd"),
        (b"%F0%9F%93%A6" * 300, "\U0001f4e6" * 300),
        (b"%FF%FE", "\ufffd\ufffd"),
        (b"", ""),
        (b"+%0A%09+", " \n\t "),
    ],
    ids=["lone_surrogate", "nul", "right_to_left", "emoji", "not_utf_8", "empty", "blank"],
)
async def test_text_of_odd_characters_is_stored_once_and_answered(
    api: Api, encoded: bytes, stored: str
) -> None:
    """Whatever a phone can send is taken; what cannot be stored is replaced visibly."""
    plain = "&".join(f"{k}={v.replace('+', '%2B')}" for k, v in a_form(Body="-").items())
    answer = await api.post_raw(TEXTS, plain.encode() + b"&Body=" + encoded)
    assert (answer.status_code, api.bodies()) == (200, [stored])


async def test_picture_without_words_is_stored_with_its_count(api: Api) -> None:
    """An MMS has no body, and it is a message all the same."""
    media = {"MediaUrl0": "https://api.twilio.com/m/1", "MediaContentType0": "image/png"}
    answer = await api.text(Body="-", NumMedia="1", **media)
    assert answer.status_code == 200
    assert api.rows("SELECT body, media_count FROM inbound_message") == [("", 1)]


async def test_text_with_fields_we_do_not_know_is_stored(api: Api) -> None:
    """Twilio adds parameters without notice."""
    answer = await api.text(FromCity="CHICAGO", ChannelToAddress="x", NewThing="1")
    assert (answer.status_code, len(api.bodies())) == (200, 1)


async def test_text_to_a_number_of_nobody_is_not_found_and_reveals_nothing(api: Api) -> None:
    """The answer is the same as for a path that does not exist, but for the words."""
    answer = await api.text(To="+13125550177")
    assert answer.status_code == 404
    assert answer.json() == {"type": "not-found", "title": "Not found.", "status": 404}
    assert (api.bodies(), api.rows("SELECT id FROM contact")) == ([], [])


async def test_webhook_of_a_carrier_we_do_not_have_is_not_found(api: Api) -> None:
    """Nobody learns which carriers there could be."""
    answer = await api.post_form("/webhooks/sms/pigeon", a_form())
    status = await api.post_form("/webhooks/sms/pigeon/status", a_form())
    assert (answer.status_code, status.status_code) == (404, 404)


async def test_text_delivered_twenty_times_at_once_is_stored_once(api: Api) -> None:
    """Twilio repeats itself; each copy is told 200 and one row stands (F-20)."""
    answers = await asyncio.gather(*(api.text() for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(api.bodies()) == 1
    assert len(api.rows("SELECT message_id FROM decision")) == 1
    assert len(api.rows("SELECT id FROM contact")) == 1


async def test_texts_of_twenty_customers_at_once_are_all_stored(api: Api) -> None:
    """Writers wait for each other; none is turned away."""
    texts = [
        api.text(MessageSid=f"SM{n:032x}", From=f"+131255501{n:02d}", Body=f"text {n}")
        for n in range(20)
    ]
    answers = await asyncio.gather(*texts)
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(map(str, api.bodies())) == sorted(f"text {n}" for n in range(20))


async def test_text_is_answered_with_no_secret_of_the_customer_in_it(api: Api) -> None:
    """Neither number nor words come back in an error, where others may log them."""
    answer = await api.text(NumMedia="many", Body="my card is 4111 1111 1111 1111")
    assert answer.status_code == 400
    assert PHONE not in answer.text
    assert "4111" not in answer.text
