"""How many SMS segments a body is billed as, and how to make it cost fewer."""

import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum

import regex
from pydantic import BaseModel, ConfigDict, Field

from domain.emoji import drop_emoji, strip_stray_joiners
from domain.gsm7 import EXTENSION, count_septets, is_gsm7
from domain.smart_encoding import smart_encode_single_spaced

# 140 octets hold one message; a part of several gives 6 of them to the header that rejoins them.
GSM7_UNITS_ALONE = 160
GSM7_UNITS_IN_PART = 153
UCS2_UNITS_ALONE = 70
UCS2_UNITS_IN_PART = 67

_CLUSTER = regex.compile(r"\r|\n|\X")
_SURROGATE = regex.compile(r"[\uD800-\uDFFF]")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u2060\ufeff"))
# Common in what models write, and missing in the carrier's map.
_EXTRA = str.maketrans("\u2011\u2212\u00b7\u00d7\u2032\u2033", "---x'\"") | {0x2192: "->"}


class Encoding(StrEnum):
    """How the characters of a whole message are written on the air."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


class SegmentCount(BaseModel):
    """What a body costs: units are septets in GSM-7 and UTF-16 code units in UCS-2."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    encoding: Encoding
    units: int = Field(ge=0)
    segments: int = Field(ge=0)


def count_segments(body: str) -> SegmentCount:
    """Count the SMS segments a body will be billed as.

    Args:
        body: Text as the customer will read it; any Unicode. Never raises: a lone surrogate
            counts as one unit, although it has to be removed before sending (`normalise`).

    Returns:
        The encoding chosen, its units (septets for GSM-7, UTF-16 code units for UCS-2), and
        segments, 0 for an empty body (nothing is sent; the reference calculator says 1).

    Source: 3GPP TS 23.038 section 6.2.1 (alphabet, an extension character costs 2), TS 23.040
    (6-octet header, hence 153 and 67), Twilio's calculator (grapheme clusters stay whole).
    """
    if is_gsm7(body):
        units = count_septets(body)
        segments = _count_gsm7_parts(body, units)
        return SegmentCount(encoding=Encoding.GSM_7, units=units, segments=segments)
    body = _join_surrogate_pairs(body)
    units = _count_utf16_units(body)
    segments = 1 if units <= UCS2_UNITS_ALONE else _pack(_ucs2_costs(body), UCS2_UNITS_IN_PART)
    return SegmentCount(encoding=Encoding.UCS_2, units=units, segments=segments)


def fits_one_segment(body: str) -> bool:
    """Say whether a body is billed as at most one segment; true for an empty body."""
    return count_segments(body).segments <= 1


def normalise(body: str, *, keep_accents: bool = True) -> str:
    """Rewrite a body so that GSM-7 can carry it, where that takes no meaning from it.

    In order: compose (NFC), strip what cannot be seen or sent, replace typographic characters,
    and, if the text still needs UCS-2, drop emoji when the rest then fits one GSM-7 segment.
    A text that stays UCS-2 keeps the characters whose replacement would only make it longer.
    Normalising twice changes nothing more.

    Args:
        body: Any Unicode; lone surrogates are removed. Never raises.
        keep_accents: False lets `á` become `a` when that makes the text GSM-7. It changes words
            in Spanish, French and Portuguese, so a brand has to ask for it.

    Returns:
        The text to send: in NFC, without lone surrogates.
    """
    sendable: str = _SURROGATE.sub("", _join_surrogate_pairs(body))
    composed = _compose(unicodedata.normalize("NFC", sendable).translate(_INVISIBLE))
    mapped = _compose(smart_encode_single_spaced(composed.translate(_EXTRA)))
    plain = mapped if keep_accents else _strip_accents(mapped)
    if is_gsm7(plain):
        return plain
    without_emoji = drop_emoji(plain)
    if is_gsm7(without_emoji) and count_segments(without_emoji).segments == 1:
        return without_emoji
    # In UCS-2 an ellipsis is one unit and three dots are three.
    return min(mapped, composed, key=lambda text: count_segments(text).segments)


def _compose(text: str) -> str:
    # What was taken out may have stood between a letter and its mark.
    return unicodedata.normalize("NFC", strip_stray_joiners(text))


def _join_surrogate_pairs(text: str) -> str:
    # A string may hold a pair as two characters when escaped JSON was cut and pasted together.
    if _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _strip_accents(text: str) -> str:
    return "".join(_base_letter(letter) if not is_gsm7(letter) else letter for letter in text)


def _base_letter(letter: str) -> str:
    decomposed = unicodedata.normalize("NFD", letter)
    return decomposed[0] if len(decomposed) > 1 and decomposed[0].isascii() else letter


def _count_gsm7_parts(body: str, units: int) -> int:
    if not body:
        return 0
    if units <= GSM7_UNITS_ALONE:
        return 1
    return _pack((2 if character in EXTENSION else 1 for character in body), GSM7_UNITS_IN_PART)


def _count_utf16_units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _ucs2_costs(body: str) -> Iterator[int]:
    """Give the indivisible costs of a body, in order.

    A cluster too large for any part (stacked combining marks) is divided between code points.
    """
    for cluster in _CLUSTER.findall(body):
        units = _count_utf16_units(cluster)
        if units <= UCS2_UNITS_IN_PART:
            yield units
        else:
            yield from map(_count_utf16_units, cluster)


def _pack(costs: Iterable[int], room: int) -> int:
    """Fill parts of `room` units in order, never dividing a cost; give the number of parts."""
    parts, used = 1, 0
    for cost in costs:
        if used + cost > room:
            parts, used = parts + 1, 0
        used += cost
    return parts
