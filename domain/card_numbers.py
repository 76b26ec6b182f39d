"""Where payment card numbers stand in a text.

A card is told from an order, tracking or phone number by four things together: its length, the
issuer's prefix for that length, the Luhn check digit, and how people group its digits. Any one
alone also fits one tracking number in ten.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# Digits of any script; one to three blanks, dashes or dots (or invisible characters) may stand
# between two groups.
_GAP = r"[\s\-\u2010-\u2015\u00ad\u200b-\u200d\u2060\ufeff.\u00b7_]{1,3}"
_RUN = re.compile(rf"\d+(?:{_GAP}\d+)*")
_GROUP = re.compile(r"\d+")
_NOT_DIGIT = re.compile(r"\D+")
# A letter in front makes it a code, a plus sign a phone number, a currency sign a price.
_CODE_BEFORE = re.compile(r"[^\W\d_]$|[+$€£¥]\s?$")
_CARD_WORD_TOUCHES = re.compile(r"(?:card|visa|amex|cc|number|is)$", re.IGNORECASE)
_CODE_AFTER = re.compile(r"(?!exp|cv|csc|sec|and|valid)[^\W\d_]", re.IGNORECASE)

_NUMBER_IS = r"[\s:#.-]*(?:number|num|no|id|code)?[\s:#.-]*(?:is|was|it'?s|=)?[\s:#.-]*$"
_PARCEL_BEFORE = re.compile(
    r"(?:\b(?:track(?:ing)?|parcel|shipment|usps|ups|fedex|dhl|ontrac|lasership|imei|serial|upc"
    rf"|ean|isbn|barcode)\b{_NUMBER_IS}|\b1Z[\s-]*$)",
    re.IGNORECASE,
)
_ORDER_BEFORE = re.compile(
    r"\b(?:order|confirmation|reference|ref|invoice|case|ticket|rma)\b"
    rf"(?=[\s:]*(?:number|num|no|id|code|#)){_NUMBER_IS}",
    re.IGNORECASE,
)
_CARD_WORD = re.compile(
    r"(?<!\[)(?<!gift )\b(?:(?:credit|debit|bank|pay(?:ment)?) ?cards?|cards?(?: n(?:umber|o|um))?"
    r"|visa|master ?card|amex|american express|discover|cc|tarjeta|carte|karte|cart[aã]o)\b",
    re.IGNORECASE,
)
_CARD_NUMBER_BEFORE = re.compile(
    r"(?<!gift )\b(?:(?:credit|debit|visa|master|amex) ?card|card|visa|master ?card|amex)"
    rf"(?=[\s:]+(?:number|num|no|is|#|:)|:|\s*$){_NUMBER_IS}",
    re.IGNORECASE,
)
# USPS: 20 digits for certified mail, 22 and more for packages, an optional 420 + ZIP in front.
_POSTAL_RUN = re.compile(r"(?:420\d{5}(?:\d{4})?)?9[1-5]\d{20}(?:\d{4})?|(?:0[1-9]|7\d|14)\d{18}")

# Lowest and highest six-digit prefix, and the lengths issued under it (ISO/IEC 7812, issuers'
# public tables).
_ISSUERS: tuple[tuple[int, int, frozenset[int]], ...] = (
    (220000, 220499, frozenset({16, 17, 18, 19})),  # Mir
    (222100, 272099, frozenset({16})),  # Mastercard
    (300000, 305999, frozenset({14, 16, 17, 18, 19})),  # Diners Club
    (309500, 309599, frozenset({14, 16, 17, 18, 19})),
    (340000, 349999, frozenset({15})),  # American Express
    (352800, 358999, frozenset({16, 17, 18, 19})),  # JCB
    (360000, 369999, frozenset({14, 16, 17, 18, 19})),  # Diners Club
    (370000, 379999, frozenset({15})),  # American Express
    (380000, 399999, frozenset({14, 16, 17, 18, 19})),  # Diners Club
    (400000, 499999, frozenset({13, 16, 18, 19})),  # Visa
    (500000, 509999, frozenset(range(13, 20))),  # Maestro, Elo, Verve, RuPay
    (510000, 559999, frozenset({16})),  # Mastercard
    (560000, 699999, frozenset(range(13, 20))),  # Maestro, Discover, UnionPay, RuPay
    (810000, 829999, frozenset({16, 17, 18, 19})),  # UnionPay, RuPay
    (979200, 979299, frozenset({16})),  # Troy
)
_DOUBLED = {digit: sum(divmod(2 * int(digit), 10)) for digit in "0123456789"}
# Cards of these lengths first: a security code typed behind one must not lengthen it.
_LENGTHS = (16, 15, 14, 19, 18, 17, 13)


@dataclass(frozen=True)
class CardSpan:
    """Where one card number stands: character offsets, and its last four digits in ASCII."""

    start: int
    end: int
    last_four: str


def find_cards(text: str) -> Iterator[CardSpan]:
    """Find the payment card numbers of a text, from left to right, never overlapping.

    Args:
        text: Any Unicode.

    Yields:
        Each run of 13 to 19 digits, grouped as people group them, that passes as a card.
    """
    for run in _RUN.finditer(text):
        before = text[max(0, run.start() - 40) : run.start()]
        digits = to_ascii_digits(run.group())
        if len(digits) < 13 or _POSTAL_RUN.fullmatch(digits) or _PARCEL_BEFORE.search(before):
            continue
        groups = [match.span() for match in _GROUP.finditer(text, run.start(), run.end())]
        if _CODE_AFTER.match(text, run.end()):
            groups.pop()
        first = 1 if _names_something_else(before, digits) else 0
        cards = list(_find_in_groups(text, groups, first))
        if not cards and len(digits) in (15, 16) and _CARD_NUMBER_BEFORE.search(before):
            # Called a card number and one digit wrong: the others are still worth hiding.
            cards = [CardSpan(run.start(), run.end(), digits[-4:])]
        yield from cards


def passes_luhn(digits: str) -> bool:
    """Say whether the last of some ASCII digits checks the others (ISO/IEC 7812-1, annex B)."""
    odd = sum(map(int, digits[-1::-2]))
    even = sum(_DOUBLED[digit] for digit in digits[-2::-2])
    return (odd + even) % 10 == 0


def to_ascii_digits(text: str) -> str:
    """Keep only the decimal digits of a text, those of any script written in ASCII."""
    digits = _NOT_DIGIT.sub("", text)
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)


def _names_something_else(before: str, digits: str) -> bool:
    """Say whether what stands before a run makes its first group part of something else."""
    if before.endswith("+"):
        return len(digits) <= 15
    if _CODE_BEFORE.search(before) and not _CARD_WORD_TOUCHES.search(before):
        return True
    return _ORDER_BEFORE.search(before) is not None


def _find_in_groups(text: str, groups: list[tuple[int, int]], first: int) -> Iterator[CardSpan]:
    trusting = _CARD_WORD.search(text) is not None
    while first < len(groups):
        end = _end_of_card(text, groups, first, trusting=trusting)
        if end is None:
            first += 1
            continue
        start, stop = groups[first][0], groups[end - 1][1]
        yield CardSpan(start, stop, to_ascii_digits(text[start:stop])[-4:])
        first = end


def _end_of_card(
    text: str, groups: list[tuple[int, int]], first: int, *, trusting: bool
) -> int | None:
    """Give the index behind the last group of a card that starts at `first`, if one does."""
    ends: dict[int, int] = {}
    total = 0
    for index in range(first, len(groups)):
        total += groups[index][1] - groups[index][0]
        if total > max(_LENGTHS):
            break
        ends[total] = index + 1
    for length in _LENGTHS:
        end = ends.get(length)
        if end is not None and _is_card(text, groups[first:end], trusting=trusting):
            return end
    return None


def _is_card(text: str, span: list[tuple[int, int]], *, trusting: bool) -> bool:
    digits = to_ascii_digits(text[span[0][0] : span[-1][1]])
    sizes = [stop - start for start, stop in span]
    if not passes_luhn(digits) or len(set(digits)) == 1:
        return False
    # "19.99 29.99 ..." is a list of prices; "4242.4242.4242.4242" is a card.
    dotted = any("." in text[left[1] : right[0]] for left, right in pairwise(span))
    if dotted and set(sizes) != {4}:
        return False
    # A word such as "visa" near it vouches for an unknown issuer or an odd grouping, not both.
    grouped = _is_card_grouping(sizes) or _is_card_grouping(_across_lines(text, span))
    return _is_issued(digits) + grouped + trusting >= 2


def _across_lines(text: str, span: list[tuple[int, int]]) -> list[int]:
    """Give the group sizes as they were before a line, or a message, ended within a group."""
    joined = [span[0][1] - span[0][0]]
    for left, right in pairwise(span):
        size = right[1] - right[0]
        if "\n" in text[left[1] : right[0]]:
            joined[-1] += size
        else:
            joined.append(size)
    return joined


def _is_card_grouping(sizes: list[int]) -> bool:
    # 4-4-4-4, 4-6-5, 8-8, one block; or digit by digit. Phones (3-3-4) and sizes (2-2-2) differ.
    return all(size >= 4 for size in sizes[:-1]) or all(size == 1 for size in sizes)


def _is_issued(digits: str) -> bool:
    prefix = int(digits[:6])
    return any(low <= prefix <= high and len(digits) in sizes for low, high, sizes in _ISSUERS)
