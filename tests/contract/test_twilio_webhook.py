"""Twilio's webhooks: what is read, what is forgiven and what is refused by name."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from domain.errors import MalformedWebhook
from domain.message import InboundMessage
from domain.outbox import DeliveryStatus
from providers.sms.base import WebhookRequest
from providers.sms.twilio.webhook import parse_inbound, parse_status

RECEIVED_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = {
    "MessageSid": "SM00000000000000000000000000000001",
    "AccountSid": "AC00000000000000000000000000000001",
    "From": "+13125550142",
    "To": "+13125550199",
    "Body": "hello",
    "NumMedia": "0",
    "NumSegments": "1",
}
STATUS = {
    "MessageSid": "SM00000000000000000000000000000002",
    "AccountSid": TEXT["AccountSid"],
    "MessageStatus": "delivered",
}


def a_webhook(
    body: bytes | dict[str, str],
    content_type: str = "application/x-www-form-urlencoded; charset=UTF-8",
    query: str = "",
) -> WebhookRequest:
    """Return a webhook as it arrives after verification."""
    raw = body if isinstance(body, bytes) else urlencode(body).encode()
    headers = {"content-type": content_type}
    return WebhookRequest(
        path="/in", query=query, headers=headers, body=raw, received_at=RECEIVED_AT
    )


def inbound(**changes: str) -> InboundMessage:
    """Return what a text with changed fields is read as."""
    return parse_inbound(a_webhook(TEXT | changes))


def without(fields: dict[str, str], name: str) -> dict[str, str]:
    """Return the fields but one."""
    return {key: value for key, value in fields.items() if key != name}


@pytest.mark.parametrize("name", ["MessageSid", "AccountSid", "From", "To", "Body"])
def test_inbound_without_a_field_is_refused_by_its_name(name: str) -> None:
    """The operator reads in the log which field was missing."""
    with pytest.raises(MalformedWebhook) as caught:
        parse_inbound(a_webhook(without(TEXT, name)))
    assert caught.value.field == name


@pytest.mark.parametrize("name", ["MessageSid", "From", "To"])
def test_inbound_with_a_blank_field_is_refused_by_its_name(name: str) -> None:
    """Blank is as good as missing where something is identified by it."""
    with pytest.raises(MalformedWebhook) as caught:
        inbound(**{name: " "})
    assert caught.value.field == name


@pytest.mark.parametrize("count", ["x", "-1", "1.5", "٣", "9" * 5000])
def test_inbound_with_a_media_count_that_is_none_is_refused_by_its_name(count: str) -> None:
    """A count that cannot be read is said, and costs no memory."""
    with pytest.raises(MalformedWebhook) as caught:
        inbound(NumMedia=count)
    assert caught.value.field == "NumMedia"


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "", "multipart/form-data"]
)
def test_inbound_of_another_content_type_is_refused_by_its_name(content_type: str) -> None:
    """Texts come as forms."""
    with pytest.raises(MalformedWebhook) as caught:
        parse_inbound(a_webhook(TEXT, content_type))
    assert caught.value.field == "Content-Type"


def test_inbound_that_is_not_utf8_is_refused_by_its_name() -> None:
    """Raw bytes that are no UTF-8 cannot be a form of Twilio's."""
    with pytest.raises(MalformedWebhook) as caught:
        parse_inbound(a_webhook(urlencode(TEXT).encode() + b"&x=\xff\xfe"))
    assert caught.value.field == "body"


@pytest.mark.parametrize("name", ["MessageSid", "From", "Body"])
def test_inbound_with_two_values_of_a_field_is_refused_by_its_name(name: str) -> None:
    """The signature does not say which of two values came first, so neither is believed."""
    with pytest.raises(MalformedWebhook) as caught:
        parse_inbound(a_webhook(urlencode([*TEXT.items(), (name, "another")]).encode()))
    assert caught.value.field == name


def test_inbound_with_fields_nobody_knows_is_read() -> None:
    """Twilio adds fields without notice."""
    assert inbound(ProfileName="A", Latitude="1", Nonsense="") == inbound()


@pytest.mark.parametrize("body", ["", " \n", "x" * 10_000, "a&b=c%d+e", "📦" * 800, "é"])
def test_inbound_body_is_kept_as_it_is(body: str) -> None:
    """Empty, blank or ten thousand characters: the body is the customer's."""
    assert inbound(Body=body).body == body


@pytest.mark.parametrize(
    ("encoded", "expected"),
    [
        (b"%ED%A0%BD", "\ufffd\ufffd\ufffd"),
        (b"a%FFb", "a\ufffdb"),
        (b"a%00b", "a\ufffdb"),
        (b"%ZZ", "%ZZ"),
    ],
)
def test_inbound_body_that_cannot_be_stored_is_mended(encoded: bytes, expected: str) -> None:
    """Half an emoji or a NUL loses a character, never the text."""
    raw = urlencode(without(TEXT, "Body")).encode() + b"&Body=" + encoded
    body = parse_inbound(a_webhook(raw)).body
    assert body == expected
    assert body.encode()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("+13125550142", "+13125550142"),
        ("whatsapp:+13125550142", "+13125550142"),
        ("rcs:+13125550142", "+13125550142"),
        ("22395", "22395"),
        ("ACME", "ACME"),
    ],
)
def test_inbound_sender_loses_only_its_channel(given: str, expected: str) -> None:
    """Short codes and names are left for the gate to judge."""
    assert inbound(From=given).sender == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [("STOP", "STOP"), ("start", "START"), ("HELP", "HELP"), ("", None), ("PAUSE", None)],
)
def test_inbound_opt_out_type_is_one_of_three(given: str, expected: str | None) -> None:
    """Only what the provider has already answered is passed on."""
    assert inbound(OptOutType=given).opt_out_type == expected


@pytest.mark.parametrize(("given", "expected"), [("3", 3), ("0", 1), ("", 1), ("many", 1)])
def test_inbound_segments_are_one_when_unknown(given: str, expected: int) -> None:
    """A statistic is no reason to lose a text."""
    assert inbound(NumSegments=given).segments == expected


def test_inbound_picture_without_body_is_read() -> None:
    """A picture may come without any body at all."""
    fields = without(TEXT, "Body") | {"NumMedia": "2", "MediaUrl0": "https://m.example/0"}
    message = parse_inbound(a_webhook(fields | {"MediaContentType0": "image/png"}))
    assert (message.body, [media.url for media in message.media]) == ("", ["https://m.example/0"])


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("queued", DeliveryStatus.QUEUED),
        ("sending", DeliveryStatus.SENDING),
        ("sent", DeliveryStatus.SENT),
        ("delivered", DeliveryStatus.DELIVERED),
        ("read", DeliveryStatus.DELIVERED),
        ("undelivered", DeliveryStatus.UNDELIVERED),
        ("failed", DeliveryStatus.FAILED),
        ("canceled", DeliveryStatus.FAILED),
    ],
)
def test_status_is_neutral(word: str, expected: DeliveryStatus) -> None:
    """Each word of Twilio's has one of ours."""
    (report,) = parse_status(a_webhook(STATUS | {"MessageStatus": word}, query="o=row-7"))
    assert (report.status, report.outbox_id) == (expected, "row-7")


@pytest.mark.parametrize("word", ["received", "receiving", "vanished"])
def test_status_that_is_no_news_is_ignored(word: str) -> None:
    """A word added next year is logged, not refused: Twilio would repeat it."""
    assert parse_status(a_webhook(STATUS | {"MessageStatus": word})) == ()


@pytest.mark.parametrize("query", ["", "x=1", "o=a&o=b"])
def test_status_without_our_row_is_still_a_report(query: str) -> None:
    """The vendor's id finds the row when the URL does not."""
    (report,) = parse_status(a_webhook(STATUS, query=query))
    assert report.outbox_id is None


@pytest.mark.parametrize("name", ["MessageSid", "MessageStatus"])
def test_status_without_a_field_is_refused_by_its_name(name: str) -> None:
    """A report about nothing is malformed."""
    with pytest.raises(MalformedWebhook) as caught:
        parse_status(a_webhook(without(STATUS, name)))
    assert caught.value.field == name
