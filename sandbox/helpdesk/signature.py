"""Standard Webhooks: how a webhook is signed, and how a signature is checked."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

TOLERANCE_SECONDS = 300


def sign(secret: str, webhook_id: str, timestamp: int, body: bytes) -> str:
    """Return ``v1,`` and base64 of HMAC-SHA256 over id, timestamp (Unix seconds) and body.

    Source: Standard Webhooks; the key is the base64 after ``whsec_``.
    """
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{webhook_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(mac.digest()).decode()}"


def find_fault(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> str | None:
    """Return what is wrong with a signed webhook in words, None when it is right.

    Several signatures may be given, divided by blanks; one must fit.
    """
    webhook_id, given = headers.get("webhook-id", ""), headers.get("webhook-signature", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not webhook_id or not given:
        return "webhook-id, webhook-timestamp and webhook-signature are required"
    if not timestamp.isascii() or not timestamp.isdigit():
        return "webhook-timestamp must be Unix seconds"
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
        return "webhook-timestamp is more than 5 minutes off"
    wanted = sign(secret, webhook_id, int(timestamp), body)
    fits = [hmac.compare_digest(wanted.encode(), one.encode()) for one in given.split(" ")]
    return None if any(fits) else "webhook-signature does not fit"
