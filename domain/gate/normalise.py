"""The forms a text is compared in: exact for keywords, folded for phrases."""

import unicodedata
from functools import lru_cache

import regex

_EMOJI = regex.compile(r"[0-9#*]\ufe0f?\u20e3|\p{Extended_Pictographic}|\p{Regional_Indicator}")
_PICTURE = regex.compile(
    r"(?:[0-9#*]\ufe0f?\u20e3|\p{Extended_Pictographic}|\p{Regional_Indicator}"
    r"|\p{Emoji_Modifier}|[\ufe0e\ufe0f\u200d\U000e0020-\U000e007f]|[\s\p{P}\p{Sk}])*"
)
_MARKS_AND_FORMAT = regex.compile(r"[\p{Mn}\p{Me}\p{Cf}]+")
_PILED_MARKS = regex.compile(r"\p{M}{10,}")
_NOT_WORD = regex.compile(r"[^\p{L}\p{N}]+")
_APOSTROPHES = regex.compile(r"(?<=\p{L})['’‘`´ʼ′＇](?=\p{L})")
_HOMOGLYPHS = str.maketrans(
    "АВЕКМНОРСТХаеорсухЅѕІіΑΒΕΗΙΚΜΝΟΡΤΧο", "ABEKMHOPCTXaeopcyxSsIiABEHIKMNOPTXo"
)

ANALYSED_HEAD = 1600
ANALYSED_TAIL = 400
"""1,600 characters are the longest body a provider delivers; the middle of a longer one is cut, so
that the time of a decision stays bounded."""


def bounded(text: str) -> str:
    """Return the text, its middle cut out when it is longer than any SMS can be."""
    if len(text) <= ANALYSED_HEAD + ANALYSED_TAIL:
        return text
    return text[:ANALYSED_HEAD] + "\n" + text[-ANALYSED_TAIL:]


def _replaced(pattern: regex.Pattern[str], by: str, text: str) -> str:
    replaced: str = pattern.sub(by, text)
    return replaced


def _unmarked(text: str) -> str:
    # Normalising sorts the marks on one letter; nobody writes ten, and a thousand take seconds.
    text = _replaced(_PILED_MARKS, "", text)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    return _replaced(_MARKS_AND_FORMAT, "", decomposed)


@lru_cache(maxsize=64)
def words_of(text: str) -> str:
    """Return folded text as words with single spaces between them."""
    return _replaced(_NOT_WORD, " ", text).strip()


@lru_cache(maxsize=64)
def keyword_form(text: str) -> str:
    """Return the form in which keywords are compared for equality.

    Pictures go first, because NFKC turns some of them into letters (U+2139 into "i").

    Source: sms.md 7.1.
    """
    if text.isascii():
        return words_of(text.casefold())
    bare = _unmarked(without_pictures(text))
    if any("Ͱ" <= char <= "ӿ" for char in bare) and any("a" <= c.casefold() <= "z" for c in bare):
        bare = bare.translate(_HOMOGLYPHS)
    return words_of(bare.casefold())


def brand_form(text: str) -> str:
    """Return the form in which a brand's own words are compared: an emoji may be one."""
    return keyword_form(text) or "".join(_EMOJI.findall(text))


@lru_cache(maxsize=64)
def folded(text: str) -> str:
    """Return the text lower-case, unaccented, without apostrophes and invisible characters.

    Punctuation and line breaks stay, since they divide clauses; pictures become spaces.
    """
    if not text.isascii():
        text = _unmarked(without_pictures(_replaced(_APOSTROPHES, "", text)))
    return _replaced(_APOSTROPHES, "", text).casefold()


def without_pictures(text: str) -> str:
    """Return the text with every emoji replaced by a space."""
    return text if text.isascii() else _replaced(_EMOJI, " ", text)


def pictures(text: str) -> list[str]:
    """Return the emoji of a text in order, without modifiers."""
    return [] if text.isascii() else _EMOJI.findall(text)


def is_only_pictures(text: str) -> bool:
    """Tell whether a text holds emoji and nothing else but punctuation and space."""
    return not text.isascii() and bool(pictures(text)) and bool(_PICTURE.fullmatch(text))


def is_blank(text: str) -> bool:
    """Tell whether nothing of a text can be seen."""
    return not text.strip() or all(
        char.isspace() or unicodedata.category(char) in {"Cf", "Cc", "Mn", "Zs"} for char in text
    )
