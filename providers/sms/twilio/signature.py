"""Whether a webhook was signed by Twilio for this installation."""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl

from providers.sms.base import WebhookRequest

_DEFAULT_PORTS = {"https": "443", "http": "80"}


def is_signed(request: WebhookRequest, public_base_url: str, tokens: Iterable[str]) -> bool:
    """Return whether one of the tokens signed this request for the configured address.

    The URL is built from the configuration and the raw path and query, never from a header: a
    proxy or an attacker may have written those. No time is signed, so a replay verifies; what
    has been seen before is dropped by message id.

    Args:
        request: The request as it arrived.
        public_base_url: Scheme and authority, and a path prefix if there is one, as configured
            at Twilio.
        tokens: Auth tokens, none empty.

    Source: Twilio's request validation (SDK source and test vectors); the body of a form counts
    by its distinct fields, any other body by the hash in the query.
    """
    given = request.headers.get("x-twilio-signature", "").encode("latin-1", "replace")
    payloads = tuple(_signed_payloads(request))
    urls = signed_urls(public_base_url, request.path, request.query)
    candidates = (
        _sign(token, url.encode("utf-8", "replace") + payload)
        for token in tokens
        for url in urls
        for payload in payloads
    )
    return any([hmac.compare_digest(candidate, given) for candidate in candidates])


def signed_urls(public_base_url: str, path: str, query: str) -> tuple[str, str]:
    """Return the URL with a port and without one: Twilio signs either, whichever is configured.

    Only the authority is taken apart, by hand: parsers lower its case, lose its user or unwrap
    an IPv6 address.
    """
    base = public_base_url.partition("#")[0].rstrip("/")
    scheme, _, rest = base.partition("://")
    authority, slash, prefix = rest.partition("/")
    user, at, place = authority.rpartition("@")
    host, port = _split_port(place)
    port = port or _DEFAULT_PORTS.get(scheme.lower(), "")
    tail = slash + prefix + path + (f"?{query}" if query else "")
    return (f"{scheme}://{user}{at}{host}:{port}{tail}", f"{scheme}://{user}{at}{host}{tail}")


def _split_port(place: str) -> tuple[str, str]:
    if place.startswith("["):
        address, _, rest = place.partition("]")
        return f"{address}]", rest.removeprefix(":")
    host, _, port = place.partition(":")
    return host, port


def _signed_payloads(request: WebhookRequest) -> Iterator[bytes]:
    """Give what may follow the URL in the signed text; nothing when the body is not covered."""
    body_hash = dict(parse_qsl(request.query)).get("bodySHA256")
    if body_hash is not None:
        actual = hashlib.sha256(request.body).hexdigest()
        if hmac.compare_digest(actual.encode(), body_hash.lower().encode("utf-8", "replace")):
            yield b""
        return
    fields = _distinct_fields(request.body)
    yield b"".join(name + value for name, value in fields)
    # A field that is not UTF-8 reaches the parser as replacement characters: either may be signed.
    readable = sorted({(_readable(name), _readable(value)) for name, value in fields})
    yield b"".join(name + value for name, value in readable)


def _distinct_fields(body: bytes) -> list[tuple[bytes, bytes]]:
    # Latin-1 carries every byte through the parser, and the order of UTF-8 bytes is that of code
    # points, so that nothing about the text has to be decided here.
    pairs = parse_qsl(body.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    return sorted({(name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs})


def _readable(raw: bytes) -> bytes:
    return raw.decode("utf-8", "replace").encode()


def _sign(token: str, text: bytes) -> bytes:
    # SHA-1 is what Twilio signs with; as a MAC it is not broken.
    return base64.b64encode(hmac.new(token.encode(), text, hashlib.sha1).digest())
