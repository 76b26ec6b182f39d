"""Standard Webhooks: how events are signed, in both directions."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from domain.errors import BadSignature, ConfigurationError

TOLERANCE = timedelta(minutes=5)
_PREFIX = "whsec_"


def sign_webhook(secret: str, webhook_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the three headers that sign a body.

    Args:
        secret: Base64, with or without `whsec_` before it.
        webhook_id: The same for every attempt at one event; the receiver drops repeats by it.
        at: When this attempt is made.
        body: What is sent.

    Source: Standard Webhooks 1.0, symmetric signature v1.
    """
    seconds = str(int(at.timestamp()))
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{_mac(secret, webhook_id, seconds, body)}",
    }


def verify_webhook(
    secrets: Iterable[str], headers: Mapping[str, str], body: bytes, now: datetime
) -> str:
    """Check a signed webhook and return its id.

    Args:
        secrets: Secrets accepted, several during a rotation.
        headers: Names in lower case.
        body: Raw bytes.
        now: When it arrived; its own time may be 5 minutes off.

    Raises:
        BadSignature: It is not signed with one of the secrets, or too old, or from the future.
    """
    webhook_id = headers.get("webhook-id", "")
    seconds = headers.get("webhook-timestamp", "")
    given = headers.get("webhook-signature", "").encode("latin-1", "replace").split()
    if not webhook_id or not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12):
        raise BadSignature("webhook: it is not signed")
    if abs(now.timestamp() - int(seconds)) > TOLERANCE.total_seconds():
        raise BadSignature("webhook: its time is more than 5 minutes off")
    wanted = [f"v1,{_mac(secret, webhook_id, seconds, body)}".encode() for secret in secrets]
    if not any([hmac.compare_digest(one, other) for one in wanted for other in given]):
        raise BadSignature("webhook: the signature does not fit")
    return webhook_id


def signing_key(secret: str) -> bytes:
    """Return the key in a secret.

    Raises:
        ConfigurationError: It is empty or not base64.
    """
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        raise ConfigurationError('signing secret: must be "whsec_" and base64') from None
    return key


def _mac(secret: str, webhook_id: str, seconds: str, body: bytes) -> str:
    signed = f"{webhook_id}.{seconds}.".encode("utf-8", "replace") + body
    return base64.b64encode(hmac.new(signing_key(secret), signed, hashlib.sha256).digest()).decode()
