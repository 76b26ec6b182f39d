"""``POST /Messages.json``: the checks a send goes through, in Twilio's order and words."""

from urllib.parse import urlsplit

from sandbox.twilio.account import Account, SmsMessage
from sandbox.twilio.callbacks import Carrier
from sandbox.twilio.errors import RefusedError, invalid_parameter
from sandbox.twilio.forms import Form, is_phone_number
from sandbox.twilio.segments import smart_encode

_ENUMS = {
    "SmartEncoded": {"true", "false"},
    "ShortenUrls": {"true", "false"},
    "SendAsMms": {"true", "false"},
    "ProvideFeedback": {"true", "false"},
    "ForceDelivery": {"true", "false"},
    "RiskCheck": {"enable", "disable"},
    "ContentRetention": {"retain", "discard"},
    "AddressRetention": {"retain", "obfuscate"},
    "TrafficType": {"free"},
    "ScheduleType": {"fixed"},
}
# Source: CreateMessageRequest of Twilio's published OpenAPI document.
KNOWN = (
    *_ENUMS,
    "To",
    "From",
    "FallbackFrom",
    "MessagingServiceSid",
    "Body",
    "StatusCallback",
    "ApplicationSid",
    "MaxPrice",
    "Attempt",
    "ValidityPeriod",
    "SendAt",
    "ContentSid",
    "ContentVariables",
)
REPEATED = ("MediaUrl", "PersistentAction")


def accept_send(account: Account, carrier: Carrier, form: Form) -> SmsMessage:
    """Check a send, keep the message, and hand it to the carrier.

    Raises:
        RefusedError: With the code of the first rule that is broken; nothing is kept then.
    """
    single = {name: values[0] for name, values in form.items() if name not in REPEATED}
    media = form.get("MediaUrl", [])
    to = _check_to(single)
    sender, service = _check_sender(account, single, to)
    body = _check_body(single, media)
    _check_options(single)
    if (sender, to) in account.blocked:
        raise RefusedError(21610, "Attempt to send to unsubscribed recipient")
    if account.behaviour.loop_protection and account.loops(sender, to):
        raise RefusedError(14107, "Message loop protection: too many replies between two numbers")
    rule = account.rule_for(to)
    message = account.add(
        direction="outbound-api",
        sender=sender,
        to=to,
        body=smart_encode(body) if single.get("SmartEncoded") == "true" else body,
        media_count=len(media),
    )
    message.service_sid, message.status_callback = service, single.get("StatusCallback")
    if service and "From" not in single:
        message.status = "accepted"
    if rule.outcome in {"delivered", "sent"}:
        account.show(message, "api")
    account.run(carrier.carry(message, rule))
    return message


def _check_to(form: dict[str, str]) -> str:
    to = form.get("To", "")
    if not to:
        raise RefusedError(21604, "A 'To' phone number is required.")
    if not is_phone_number(to):
        raise RefusedError(21211, f"Invalid 'To' Phone Number: {to}")
    return to


def _check_sender(account: Account, form: dict[str, str], to: str) -> tuple[str, str | None]:
    service, sender = form.get("MessagingServiceSid"), form.get("From")
    if not sender and not service:
        raise RefusedError(21603, "A 'From' phone number is required.")
    if service and service != account.config.messaging_service_sid:
        raise RefusedError(21701, "The Messaging Service resource requested does not exist.")
    sender = sender or account.config.numbers[0]
    if sender not in account.config.numbers:
        raise RefusedError(
            21606,
            f"The 'From' phone number {sender} is not a valid, SMS-capable inbound phone number "
            "or short code for your account.",
        )
    if sender == to:
        raise RefusedError(21266, "'To' and 'From' number cannot be the same")
    return sender, service


def _check_body(form: dict[str, str], media: list[str]) -> str:
    body = form.get("Body", "")
    if not body and not media:
        raise RefusedError(21602, "Message body is required.")
    if len(body) > 1600:
        raise RefusedError(21617, "The concatenated message body exceeds the 1600 character limit.")
    if len(media) > 10:
        raise RefusedError(21623, "Number of media files exceeds allowed limit.")
    if not all(_is_web_address(url) for url in media):
        raise RefusedError(21620, "Invalid media URL(s)")
    return body


def _check_options(form: dict[str, str]) -> None:
    for name, allowed in _ENUMS.items():
        if name in form and form[name] not in allowed:
            raise invalid_parameter(name, f"must be one of {', '.join(sorted(allowed))}")
    validity = form.get("ValidityPeriod", "36000")
    if not validity.isascii() or not validity.isdigit() or not 1 <= int(validity) <= 36000:
        raise invalid_parameter("ValidityPeriod", "must be 1 to 36000 seconds")
    callback = form.get("StatusCallback")
    if callback is not None and (
        not _is_web_address(callback) or "_" in (urlsplit(callback).hostname or "")
    ):
        raise RefusedError(21609, f"Invalid StatusCallback URL: {callback}")
    if {"ScheduleType", "SendAt"} & form.keys():
        raise invalid_parameter("ScheduleType", "this account cannot schedule")


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
