"""Twilio's webhooks as form fields, and as what the product sees."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, parse_qsl

import structlog

from domain.errors import MalformedWebhook
from domain.message import DeliveryReport, InboundMessage, Media
from domain.outbox import DeliveryStatus
from providers.sms.base import WebhookRequest

PROVIDER = "twilio"
OUTBOX_PARAMETER = "o"
_FORM = "application/x-www-form-urlencoded"
_CHANNEL = re.compile(r"^[a-z]+:")
_MAX_MEDIA = 10
_OPT_OUT_TYPES = frozenset({"STOP", "START", "HELP"})

_log = structlog.get_logger(__name__)

_STATUSES = {
    "accepted": DeliveryStatus.QUEUED,
    "scheduled": DeliveryStatus.QUEUED,
    "queued": DeliveryStatus.QUEUED,
    "sending": DeliveryStatus.SENDING,
    "sent": DeliveryStatus.SENT,
    # Some of its parts or recipients: more than sent, but nobody may rely on it.
    "partially_delivered": DeliveryStatus.SENT,
    "delivered": DeliveryStatus.DELIVERED,
    "read": DeliveryStatus.DELIVERED,
    "undelivered": DeliveryStatus.UNDELIVERED,
    "failed": DeliveryStatus.FAILED,
    "canceled": DeliveryStatus.FAILED,
}


class Form:
    """The fields of one form post.

    Args:
        request: The request; its signature is verified elsewhere.

    Raises:
        MalformedWebhook: It is not a form in UTF-8.
    """

    def __init__(self, request: WebhookRequest) -> None:
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type != _FORM:
            raise MalformedWebhook("Content-Type", f"must be {_FORM}")
        try:
            text = request.body.decode()
        except UnicodeDecodeError as error:
            raise MalformedWebhook("body", "is not UTF-8") from error
        self._values: dict[str, set[str]] = {}
        for name, value in parse_qsl(text, keep_blank_values=True):
            # PostgreSQL cannot store NUL, and a text must not be lost for one.
            self._values.setdefault(name, set()).add(value.replace("\0", "\ufffd"))

    def optional(self, name: str) -> str | None:
        """Return a field, None when it is absent.

        Raises:
            MalformedWebhook: It has two values: the signature does not say which comes first.
        """
        values = self._values.get(name, set())
        if len(values) > 1:
            raise MalformedWebhook(name, "is given more than once")
        return next(iter(values), None)

    def required(self, name: str) -> str:
        """Return a field that must be there and not be blank.

        Raises:
            MalformedWebhook: It is not, or has two values.
        """
        value = self.optional(name)
        if value is None or not value.strip():
            raise MalformedWebhook(name, "is missing")
        return value


def parse_inbound(request: WebhookRequest) -> InboundMessage:
    """Read the text out of a webhook; fields we do not know are no fault.

    Raises:
        MalformedWebhook: A field is missing or cannot be read.
    """
    form = Form(request)
    form.required("AccountSid")
    media = _media(form)
    body = form.optional("Body")
    if body is None and not media:
        raise MalformedWebhook("Body", "is missing, and there is no media")
    opt_out_type = (form.optional("OptOutType") or "").upper()
    segments = form.optional("NumSegments") or ""
    return InboundMessage(
        provider=PROVIDER,
        provider_message_id=form.required("MessageSid"),
        sender=without_channel(form.required("From")),
        recipient=without_channel(form.required("To")),
        body=body or "",
        media=media,
        segments=max(1, int(segments)) if _is_count(segments) else 1,
        opt_out_type=opt_out_type if opt_out_type in _OPT_OUT_TYPES else None,
        received_at=request.received_at,
    )


def parse_status(request: WebhookRequest) -> tuple[DeliveryReport, ...]:
    """Read a status callback; empty for a status that is no news about an outbound text.

    Raises:
        MalformedWebhook: A field is missing or cannot be read.
    """
    form = Form(request)
    sid, word = form.required("MessageSid"), form.required("MessageStatus")
    status = delivery_status(word)
    if status is None:
        _log.warning("twilio_status_ignored", sid=sid, status=word[:40])
        return ()
    report = DeliveryReport(
        provider=PROVIDER,
        provider_message_id=sid,
        outbox_id=_outbox_id(parse_qs(request.query)),
        status=status,
        error_code=form.optional("ErrorCode") or None,
    )
    return (report,)


def delivery_status(word: str) -> DeliveryStatus | None:
    """Return Twilio's status in neutral terms, None when it has none."""
    return _STATUSES.get(word)


def without_channel(address: str) -> str:
    """Return an address without its channel ("whatsapp:+1312…" → "+1312…")."""
    return _CHANNEL.sub("", address, count=1)


def _outbox_id(query: Mapping[str, list[str]]) -> str | None:
    values = query.get(OUTBOX_PARAMETER, [])
    return values[0] if len(values) == 1 else None


def _media(form: Form) -> tuple[Media, ...]:
    count = form.optional("NumMedia") or "0"
    if not _is_count(count):
        raise MalformedWebhook("NumMedia", "is not a number")
    urls = ((n, form.optional(f"MediaUrl{n}")) for n in range(min(int(count), _MAX_MEDIA)))
    return tuple(
        Media(
            url=url,
            content_type=form.optional(f"MediaContentType{n}") or "application/octet-stream",
        )
        for n, url in urls
        if url
    )


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4
