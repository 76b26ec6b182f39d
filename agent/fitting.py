"""One reply into one segment: the disclosure in front, the cheapest encoding, never a cut."""

import re

from domain.brand import BrandSettings
from domain.segments import (
    GSM7_UNITS_ALONE,
    UCS2_UNITS_ALONE,
    Encoding,
    count_segments,
    normalise,
)
from domain.values import Recorded

MAX_REPLY_CHARACTERS = 150
"""What the model is told when the whole segment is free; ten are spare for what it miscounts."""

_SAYS_AI = re.compile(
    r"(?<!\w)(?:A\.?I\.?|IA|KI)(?!\w)|\b(?:artificial intelligence|virtual assistant|chat ?bot)\b"
)


class Fitted(Recorded):
    """A body ready to send, and the segments it is billed as."""

    body: str
    segments: int


class TooLong(Recorded):
    """A body that needs more segments than allowed; how long the model's own words may be."""

    characters_allowed: int


def fit(
    text: str, brand: BrandSettings, *, first_reply: bool, max_segments: int = 1
) -> Fitted | TooLong:
    """Return a reply as it goes out, if it fits.

    Args:
        text: The model's words.
        brand: Whose voice and disclosure.
        first_reply: Whether the agent speaks for the first time in this conversation.
        max_segments: How many segments it may take.

    Returns:
        The normalised body, or how many characters the words may have to fit one segment.
    """
    words = normalise(text).strip()
    prefix = disclosure(brand, first_reply=first_reply)
    told = prefix if not says_ai(words) else ""
    body = normalise(told + words).strip()
    count = count_segments(body)
    if count.segments <= max_segments:
        return Fitted(body=body, segments=count.segments)
    units = GSM7_UNITS_ALONE if count.encoding is Encoding.GSM_7 else UCS2_UNITS_ALONE
    return TooLong(characters_allowed=max(units - len(told), 20))


def disclosure(brand: BrandSettings, *, first_reply: bool) -> str:
    """Return what is put before a reply, "" when nothing has to be."""
    if not (first_reply and brand.gate.disclosure.first_reply):
        return ""
    return normalise(brand.voice.disclosure.replace("{brand}", brand.identity.name))


def characters_for_words(brand: BrandSettings, *, first_reply: bool) -> int:
    """Return how many characters the model is told it has."""
    prefix = disclosure(brand, first_reply=first_reply)
    return min(MAX_REPLY_CHARACTERS, GSM7_UNITS_ALONE - len(prefix))


def says_ai(text: str) -> bool:
    """Return whether a text says that an AI speaks."""
    return _SAYS_AI.search(text) is not None
