"""The X-Twilio-Signature of a form webhook, computed as Twilio documents it."""

import base64
import hashlib
import hmac
from collections.abc import Iterable


def sign(auth_token: str, url: str, params: Iterable[tuple[str, str]]) -> str:
    """Return the signature of a form post.

    Args:
        auth_token: The account's primary token.
        url: Scheme, host, path and query as configured, without the ``#`` fragment.
        params: Every form parameter; a name may occur several times.

    Returns:
        base64 of HMAC-SHA1 over the URL and, by name and then by value, each distinct name and
        value without separators.
    """
    text = url + "".join(name + value for name, value in sorted(set(params)))
    mac = hmac.new(auth_token.encode(), text.encode(), hashlib.sha1)
    return base64.b64encode(mac.digest()).decode()
