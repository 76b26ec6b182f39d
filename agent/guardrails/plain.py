"""A draft as its reader sees it: no invisible characters, no look-alike letters, one alphabet."""

import unicodedata
from functools import cached_property, lru_cache

import regex

from domain.segments import normalise
from domain.values import Value

_INVISIBLE = regex.compile(r"[\p{Cf}\p{Mn}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]+")
_SENTENCE = regex.compile(r"(?<=[.!?\u2026])[\"')]*\s+|[\n;]+|(?<=[\u3002\uff01\uff1f])")
_SPACES = regex.compile(r"\s+")
# Cyrillic, Greek and other letters that look like Latin ones (Unicode confusables, the common).
_LOOKS_LIKE = str.maketrans(
    "АВЕКМНОРСТУХаеорсухіїѕјԁһӏԛԝвΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορνικτυıɡɑƖǀ∕⁄⧸．。｡‐‑–—−",
    "ABEKMHOPCTYXaeopcyxiisjdhlqwbABEZHIKMNOPTYXaopviktuigall///...-----",
)


class Draft(Value):
    """One draft in the forms the guardrails read.

    Attributes:
        raw: As the model wrote it.
        sent: As it would be sent.
        text: The same in one form of each letter, without invisible characters.
    """

    raw: str
    sent: str
    text: str

    @cached_property
    def folded(self) -> str:
        """The text in lower case, without accents and apostrophes."""
        return fold(self.text)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The text's sentences, in order."""
        return tuple(s.strip() for s in _SENTENCE.split(self.text) if s and s.strip())


def read_draft(raw: str) -> Draft:
    """Return a draft as the guardrails read it.

    Args:
        raw: The model's words; normalising comes first, since it can turn a harmless-looking
            character into the "/" of a link.
    """
    sent = normalise(raw)
    return Draft(raw=raw, sent=sent, text=plain(sent))


def plain(text: str) -> str:
    """Return a text with compatibility forms, invisible characters and look-alikes resolved.

    Look-alikes are replaced only where most letters are Latin: a Russian text stays Russian.
    """
    composed = unicodedata.normalize("NFC", text)
    bare = _INVISIBLE.sub("", composed) if not composed.isascii() else composed
    whole = unicodedata.normalize("NFKC", bare)
    if not whole.isascii() and _is_mostly_latin(whole):
        whole = whole.translate(_LOOKS_LIKE)
    return "".join(_ascii_digit(c) for c in whole)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return a text in lower case, without accents and apostrophes, single-spaced.

    What was read lately is kept: each guardrail folds the same facts, draft after draft.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "'’‘`´")
    return _SPACES.sub(" ", bare)


def _ascii_digit(character: str) -> str:
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))


def _is_mostly_latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    latin = sum(unicodedata.name(c, "").startswith("LATIN") for c in letters)
    return latin * 2 > len(letters)
