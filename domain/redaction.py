"""Take card numbers and secrets out of a text before anything stores, logs or reads it."""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import accumulate

from domain.card_numbers import find_cards, to_ascii_digits
from domain.secret_patterns import (
    mask_one_time_codes,
    mask_passwords,
    mask_pins,
    mask_security_codes,
    mask_social_security_numbers,
)
from domain.values import Value


class RedactionKind(StrEnum):
    """What was taken out of a text."""

    CARD = "card"
    SECURITY_CODE = "security_code"
    SSN = "ssn"
    PASSWORD = "password"  # noqa: S105 (a name, no password)
    PIN = "pin"
    ONE_TIME_CODE = "one_time_code"


class Redacted(Value):
    """A text that is safe to keep.

    Attributes:
        text: The text with a placeholder for each secret; a card keeps its last four digits.
        kinds: What was taken out, each once, in the order of `RedactionKind`; empty for a text
            that is unaltered.
    """

    text: str
    kinds: tuple[RedactionKind, ...] = ()


_CARD_PART = "[part of a card number]"
# Ten digits and three look like a phone number and a size: shorter cards are rare and old.
_SHORTEST_SPLIT_CARD = 15
_SECURITY_CODE = "[security code]"
_MASKS = (
    (RedactionKind.SECURITY_CODE, mask_security_codes, _SECURITY_CODE),
    (RedactionKind.SSN, mask_social_security_numbers, "[SSN]"),
    (RedactionKind.ONE_TIME_CODE, mask_one_time_codes, "[one-time code]"),
    (RedactionKind.PIN, mask_pins, "[PIN]"),
    (RedactionKind.PASSWORD, mask_passwords, "[password]"),
)
_DIGIT = re.compile(r"\d")
_PASSWORD_WORD = re.compile(r"pass|pw|contraseña|kennwort|senha", re.IGNORECASE)
_CARD_PLACEHOLDER = re.compile(r"\[card ending \d{4}\]")
_BARE_SECURITY_CODE = re.compile(r"\s*(?P<expiry>\d{1,2}\s?[/.-]\s?\d{2,4}\s+)?\d{3}\s*")


def redact(text: str) -> Redacted:
    """Replace card numbers, security codes, SSNs, passwords, PINs and one-time codes.

    Order, tracking and phone numbers, prices and ZIP codes are left as they are. Redacting
    twice changes nothing more.

    Args:
        text: Any Unicode. Never raises.

    Returns:
        The text without them, and what was found.

    Source: PCI DSS 3.3 and 4.2.2; ISO/IEC 7812 for card numbers.
    """
    found: set[RedactionKind] = set()
    while _DIGIT.search(text) or _PASSWORD_WORD.search(text):
        # One replacement can make the next visible (a security code behind a card), hence again.
        once = _redact_once(text, found)
        if once == text:
            break
        text = once
    return Redacted(text=text, kinds=_in_order(found))


def redact_across(previous: str, current: str) -> Redacted:
    """Redact a text, knowing the one that came before it.

    Args:
        previous: The text before, redacted or not. The caller decides how old it may be.
        current: The text to redact.

    Returns:
        The current text without secrets, also without its part of a card number that began in
        the previous text. `redact_sequence` gives the previous one without its part.
    """
    return redact_sequence((previous, current))[-1]


def redact_sequence(texts: Sequence[str]) -> tuple[Redacted, ...]:
    """Redact texts that one person sent shortly after each other.

    Args:
        texts: In the order of sending. The caller decides how far apart they may be.

    Returns:
        One result for each text. Of a card number spread over several, the last text keeps the
        mask with the last four digits; a text of three digits behind a card is a security code.
    """
    results = [redact(text) for text in texts]
    _redact_split_cards(results)
    for index in range(1, len(results)):
        before, current = results[index - 1].text, results[index]
        code = _BARE_SECURITY_CODE.fullmatch(current.text)
        if code and _CARD_PLACEHOLDER.search(before):
            text = (code["expiry"] or "") + _SECURITY_CODE
            results[index] = _add(current, RedactionKind.SECURITY_CODE, text)
    return tuple(results)


def _redact_once(text: str, found: set[RedactionKind]) -> str:
    for card in reversed(list(find_cards(text))):
        text = f"{text[: card.start]}[card ending {card.last_four}]{text[card.end :]}"
        found.add(RedactionKind.CARD)
    for kind, mask, placeholder in _MASKS:
        masked = mask(text, placeholder)
        if masked != text:
            found.add(kind)
        text = masked
    return text


def _redact_split_cards(results: list[Redacted]) -> None:
    """Mask, in place, the cards that only the texts together show."""
    joined = "\n".join(result.text for result in results)
    ends = [end - 1 for end in accumulate(len(result.text) + 1 for result in results)]
    places = [(end - len(result.text), end) for end, result in zip(ends, results, strict=True)]
    # From right to left, so that a replacement never moves what is still to be replaced.
    for card in reversed(list(find_cards(joined))):
        if len(to_ascii_digits(joined[card.start : card.end])) < _SHORTEST_SPLIT_CARD:
            continue
        placeholder = f"[card ending {card.last_four}]"
        for index in range(len(results) - 1, -1, -1):
            first, last = places[index]
            start, end = max(card.start, first) - first, min(card.end, last) - first
            if start < end:
                text = results[index].text
                text = text[:start] + placeholder + text[end:]
                results[index] = _add(results[index], RedactionKind.CARD, text)
                placeholder = _CARD_PART


def _add(result: Redacted, kind: RedactionKind, text: str) -> Redacted:
    return Redacted(text=text, kinds=_in_order({*result.kinds, kind}))


def _in_order(kinds: set[RedactionKind]) -> tuple[RedactionKind, ...]:
    return tuple(kind for kind in RedactionKind if kind in kinds)
