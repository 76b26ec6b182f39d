"""Webhooks with one byte altered."""

from collections.abc import Iterator

from providers.sms.base import WebhookRequest


def altered_bodies(request: WebhookRequest) -> Iterator[WebhookRequest]:
    """Yield the webhook once for each byte of its body, with that byte altered."""
    for index in range(len(request.body)):
        altered = bytearray(request.body)
        altered[index] ^= 1
        yield request.model_copy(update={"body": bytes(altered)})


def altered_header(request: WebhookRequest, name: str) -> Iterator[WebhookRequest]:
    """Yield it for each character of a header, and without the header."""
    value = request.headers[name]
    for index, character in enumerate(value):
        forged = value[:index] + chr(ord(character) ^ 1) + value[index + 1 :]
        yield request.model_copy(update={"headers": {**request.headers, name: forged}})
    rest = {key: one for key, one in request.headers.items() if key != name}
    yield request.model_copy(update={"headers": rest})
