"""Twilio's signature, by the published vectors and by what may be altered."""

import base64
import hashlib
import hmac
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

import pytest

from domain.errors import BadSignature
from providers.http_client import open_http
from providers.sms.base import WebhookRequest
from providers.sms.twilio.adapter import TwilioSms
from providers.sms.twilio.options import TwilioOptions
from providers.sms.twilio.signature import is_signed, signed_urls

FORM = "application/x-www-form-urlencoded"
CALL = [
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675309"),
    ("Digits", "1234"),
    ("From", "+14158675309"),
    ("To", "+18005551212"),
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
DUPLICATES = [("Sid", "CA123"), ("SidAccount", "AC123")]
DUPLICATES += [("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")]
JSON_URL = (
    "https://sms.example.com/webhooks/twilio/json"
    "?bodySHA256=015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
)
# Source: Twilio's SDK and its unit test; the token is 12345.
VECTORS = {
    "plain": (
        "https://mycompany.com/myapp.php?foo=1&bar=2",
        urlencode(CALL).encode(),
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
    ),
    "with_port": (
        "https://mycompany.com/myapp.php?foo=1&bar=2",
        urlencode(CALL).encode(),
        "kvajT1Ptam85bY51eRf/AJRuM3w=",
    ),
    "duplicates": (
        "https://mycompany.com/myapp.php?foo=1&bar=2",
        urlencode(DUPLICATES).encode(),
        "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
    ),
    "text": (
        "https://sms.example.com/webhooks/twilio/inbound",
        urlencode(TEXT).encode(),
        "GgDuDLN8yzkhR8CFmZzOypmM1dA=",
    ),
    "json": (JSON_URL, b'{"a":1}', "u1/B5z/zjiSF42s5+k1i7800qUY="),
    "blanks": ("https://x.example/h", b"Body=&A=+b+", "DJM78eDC2rY6SsL8pcRHW99WCOA="),
}


def a_request(url: str, body: bytes, signature: str, content_type: str = FORM) -> WebhookRequest:
    """Return a request as it would arrive for a URL."""
    parts = urlsplit(url)
    return WebhookRequest(
        path=parts.path,
        query=parts.query,
        headers={"content-type": content_type, "x-twilio-signature": signature},
        body=body,
        received_at=datetime(2026, 11, 22, tzinfo=UTC),
    )


def base_of(url: str) -> str:
    """Return what is configured as the public base of a URL."""
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))


def signature_of(url: str, text: bytes) -> str:
    """Sign as Twilio does."""
    return base64.b64encode(hmac.digest(b"12345", url.encode() + text, "sha1")).decode()


@pytest.mark.parametrize("name", VECTORS)
def test_signature_of_each_vector_is_accepted(name: str) -> None:
    """The six published vectors verify."""
    url, body, signature = VECTORS[name]
    assert is_signed(a_request(url, body, signature), base_of(url), ["12345"])


@pytest.mark.parametrize("name", VECTORS)
def test_signature_of_a_vector_with_a_port_configured_is_accepted(name: str) -> None:
    """Whether the configured address has the default port makes no difference."""
    url, body, signature = VECTORS[name]
    assert is_signed(a_request(url, body, signature), f"{base_of(url)}:443/#rc=3&rp=all", ["12345"])


@pytest.mark.parametrize("name", VECTORS)
def test_signature_of_a_vector_under_another_token_is_refused(name: str) -> None:
    """The token is the secret."""
    url, body, signature = VECTORS[name]
    assert not is_signed(a_request(url, body, signature), base_of(url), ["12346", ""])


@pytest.mark.parametrize("name", VECTORS)
def test_signature_of_a_vector_after_a_rotation_is_accepted(name: str) -> None:
    """Either of two tokens will do while they are changed."""
    url, body, signature = VECTORS[name]
    assert is_signed(a_request(url, body, signature), base_of(url), ["new", "12345"])


@pytest.mark.parametrize("field", [name for name, _ in TEXT])
def test_signature_with_one_field_altered_is_refused(field: str) -> None:
    """Every field of a text is under the signature."""
    url, _, signature = VECTORS["text"]
    altered = [(name, value + "1" if name == field else value) for name, value in TEXT]
    request = a_request(url, urlencode(altered).encode(), signature)
    assert not is_signed(request, base_of(url), ["12345"])


@pytest.mark.parametrize("change", ["dropped", "added", "swapped"])
def test_signature_with_other_fields_is_refused(change: str) -> None:
    """No field can be taken away, slipped in or exchanged for another."""
    url, _, signature = VECTORS["text"]
    fields = {
        "dropped": TEXT[:-1],
        "added": [*TEXT, ("OptOutType", "STOP")],
        "swapped": [
            (name, {"From": TEXT[3][1], "To": TEXT[2][1]}.get(name, v)) for name, v in TEXT
        ],
    }[change]
    request = a_request(url, urlencode(fields).encode(), signature)
    assert not is_signed(request, base_of(url), ["12345"])


def test_signature_covers_unknown_fields_and_their_case() -> None:
    """Twilio adds fields without notice; they are signed in code-point order."""
    fields = sorted([*TEXT, ("body", "lower"), ("Zug", "é"), ("zug", "")])
    url = "https://sms.example.com/in"
    signed = "".join(name + value for name, value in fields).encode()
    request = a_request(url, urlencode(fields[::-1]).encode(), signature_of(url, signed))
    assert is_signed(request, base_of(url), ["12345"])


@pytest.mark.parametrize("query", ["foo=1&bar=3", "", "foo=1&bar=2&x=1", "foo=1&bar=%32"])
def test_signature_for_another_query_is_refused(query: str) -> None:
    """The query counts as it was sent, percent-encoding and all."""
    url, body, signature = VECTORS["plain"]
    request = a_request(url, body, signature).model_copy(update={"query": query})
    assert not is_signed(request, base_of(url), ["12345"])


@pytest.mark.parametrize("body", [b'{"a":2}', b"", b'{"a":1} '])
def test_signature_of_json_with_another_body_is_refused(body: bytes) -> None:
    """The signature covers a JSON body by its hash alone, so the hash must fit: empty ones too."""
    url, _, signature = VECTORS["json"]
    request = a_request(url, body, signature, "application/json")
    assert not is_signed(request, base_of(url), ["12345"])


def test_signature_of_json_without_its_hash_is_refused() -> None:
    """A signature over the bare URL says nothing about a body."""
    url = JSON_URL.partition("?")[0]
    request = a_request(url, b'{"a":1}', signature_of(url, b""), "application/json")
    assert not is_signed(request, base_of(url), ["12345"])


@pytest.mark.parametrize("header", ["", "é", "GgDuDLN8yzkhR8CFmZzOypmM1d==", "a" * 10_000])
def test_signature_that_is_none_is_refused(header: str) -> None:
    """Whatever stands in the header, the answer is no and not an error."""
    url, body, _ = VECTORS["text"]
    assert not is_signed(a_request(url, body, header), base_of(url), ["12345"])


@pytest.mark.parametrize("signed_as", ["bytes", "replaced"])
def test_signature_over_broken_characters_is_accepted(signed_as: str) -> None:
    """Half an emoji (%ED%A0%BD) comes as bytes; either reading of it may be what was signed."""
    url = "https://sms.example.com/in"
    half = b"\xed\xa0\xbd"
    signed = b"Body" + (half if signed_as == "bytes" else half.decode("utf-8", "replace").encode())
    request = a_request(url, b"Body=%ED%A0%BD", signature_of(url, signed))
    assert is_signed(request, base_of(url), ["12345"])


@pytest.mark.parametrize(
    ("base", "with_port", "without_port"),
    [
        ("https://X.example", "https://X.example:443/h", "https://X.example/h"),
        ("http://x.example/", "http://x.example:80/h", "http://x.example/h"),
        ("https://x.example:8443", "https://x.example:8443/h", "https://x.example/h"),
        ("https://x.example/pre", "https://x.example:443/pre/h", "https://x.example/pre/h"),
        ("https://u:p@x.example:8443", "https://u:p@x.example:8443/h", "https://u:p@x.example/h"),
        ("https://u:p@x.example", "https://u:p@x.example:443/h", "https://u:p@x.example/h"),
        ("https://[::1]:8443", "https://[::1]:8443/h", "https://[::1]/h"),
        ("https://[::1]", "https://[::1]:443/h", "https://[::1]/h"),
    ],
)
def test_signed_urls_keep_user_case_and_ipv6(base: str, with_port: str, without_port: str) -> None:
    """Only the port comes and goes; the vendor's SDK loses the user and unwraps IPv6 here."""
    assert signed_urls(base, "/h", "") == (with_port, without_port)


def test_body_hash_is_the_published_one() -> None:
    """The JSON vector's URL has the hash of its body."""
    assert hashlib.sha256(b'{"a":1}').hexdigest() in JSON_URL


@pytest.fixture
async def twilio() -> AsyncIterator[TwilioSms]:
    """The adapter of one account."""
    options = TwilioOptions.model_validate(
        {
            "account_sid": "AC00000000000000000000000000000001",
            "auth_tokens": ["12345"],
            "public_base_url": "https://sms.example.com",
        }
    )
    async with open_http() as pool:
        yield TwilioSms(options, pool)


def naming(account: str) -> WebhookRequest:
    """Return a well-signed form that names an account."""
    url = "https://sms.example.com/in"
    signature = signature_of(url, f"AccountSid{account}".encode())
    return a_request(url, f"AccountSid={account}".encode(), signature)


async def test_request_signed_for_our_account_is_accepted(twilio: TwilioSms) -> None:
    """Signature and account are ours."""
    twilio.verify(naming("AC00000000000000000000000000000001"))


@pytest.mark.parametrize("account", ["AC00000000000000000000000000000002", ""])
async def test_request_signed_for_another_account_is_refused(
    twilio: TwilioSms, account: str
) -> None:
    """A signed form that names another account is not ours, and is not told why."""
    request = naming(account)
    with pytest.raises(BadSignature) as by_account:
        twilio.verify(request)
    with pytest.raises(BadSignature) as by_signature:
        twilio.verify(request.model_copy(update={"body": b"x=1"}))
    assert str(by_account.value) == str(by_signature.value)
