"""Phone numbers and other senders, by their form alone."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

# ASCII digits only: \d would let in the digits of other scripts, which no carrier takes.
_E164_PATTERN = r"^\+[1-9][0-9]{6,14}$"

E164 = Annotated[str, StringConstraints(pattern=_E164_PATTERN)]
"""A phone number as `+`, country code and number, 7 to 15 digits (ITU-T E.164)."""

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_CHANNEL = re.compile(r"\s*(?:whatsapp|rcs|messenger|sms)\s*:\s*", re.IGNORECASE)
_SHORT_CODE = re.compile(r"[0-9]{3,8}")
# What people and address books put between the digits.
_PUNCTUATION = re.compile(r"[\s().\-\u2010-\u2015\u00a0]+")
# GSM 03.40 gives a name eleven characters; without a letter it is a broken number.
_NAME = re.compile(r"(?=.*[A-Za-z])[0-9A-Za-z &_.+!'/-]{1,11}")


class SenderKind(StrEnum):
    """What the sender of a text is; only the first kind can be answered."""

    MOBILE_OR_FIXED = "mobile_or_fixed"
    SHORT_CODE = "short_code"
    ALPHANUMERIC = "alphanumeric"
    INVALID = "invalid"


def parse_sender(raw: str) -> tuple[SenderKind, str]:
    """Say what kind of sender a provider names, and write it in one form.

    Short codes are recognised first: with a country given, phone parsers take `22395` for a
    number. Whether a number is assigned at all is not asked here.

    Args:
        raw: `From` or `To` as delivered: E.164, a short code, a name, or one of these behind a
            channel prefix (`whatsapp:`, `rcs:`, `messenger:`, `sms:`). Any text; never raises.

    Returns:
        The kind, and the sender without prefix and outer blanks; a phone number as E.164.
    """
    sender = _CHANNEL.sub("", raw, count=1) if _CHANNEL.match(raw) else raw
    sender = sender.strip()
    if _SHORT_CODE.fullmatch(sender):
        return SenderKind.SHORT_CODE, sender
    if sender.startswith("+"):
        number = _PUNCTUATION.sub("", sender)
        if _E164.fullmatch(number):
            return SenderKind.MOBILE_OR_FIXED, number
    if _NAME.fullmatch(sender):
        return SenderKind.ALPHANUMERIC, sender
    return SenderKind.INVALID, sender


def mask(phone: str) -> str:
    """Write a phone number so that a log reader can tell two apart but call neither.

    Args:
        phone: E.164. Anything else (a short code, a name, an already masked number) is taken
            too; never raises.

    Returns:
        First digits, `***` and the last four: `+13125550142` becomes `+1***0142`, `+447…`
        becomes `+44***…`. What is no E.164 number becomes `***`.
    """
    if not _E164.fullmatch(phone):
        return "***"
    # +1 and +7 are the only country codes of one digit; the rest have two or three.
    code_length = 2 if phone[1] in "17" else 3
    return f"{phone[:code_length]}***{phone[-4:]}"
