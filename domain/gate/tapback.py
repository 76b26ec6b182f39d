"""Reactions that phones send as text, in every platform's wording, told from the raw body."""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum

import regex

from domain.gate.context import OutboundText
from domain.gate.normalise import bounded, keyword_form
from domain.gate.tapback_forms import ANY_QUOTE, COMPILED_FORMS, GOOGLE, MOJIBAKE, TRIGGER
from domain.values import Value


class Reaction(StrEnum):
    """What a reaction says."""

    YES = "yes"
    NO = "no"
    OTHER = "other"
    REMOVED = "removed"


class Tapback(Value):
    """A reaction to one of our texts.

    Attributes:
        reaction: What it says.
        quote: The words it quotes, empty for a reaction to a picture.
        form: Which platform wording matched.
    """

    reaction: Reaction
    quote: str
    form: str


_OPEN, _CLOSE = '[“"„«‘‟「]', '[”"“»’」]'

_YES_VERBS = (
    *("loved", "liked", "gusto", "gusta", "encant", "gostou", "curtiu", "adorou", "amou", "adore"),
    *("aime", "cœur", "coeur", "gefallt", "liebt", "cuor", "piace", "喜", "понрав"),
)
_YES_EMOJI = frozenset("👍❤♥✅✔👌💯🙌🙏🔥💚💙💜🧡💛😍🥰🫶🎉👏")
_NO_VERBS = (
    "disliked",
    "no le",
    "no me",
    "nao gostou",
    "n'a pas",
    "n’a pas",
    "gefallt nicht",
    "gefallt mir nicht",
    "не ",
    "不",
)
_NO_EMOJI = frozenset("👎❌🚫")


def parse_tapback(body: str) -> Tapback | None:
    """Return the reaction a whole message is, or None when any human words are left over.

    Args:
        body: The raw body, invisible characters included.

    Source: sms.md 6.3.
    """
    raw = bounded(body).strip(" \t\r\n\ufeff")
    if not TRIGGER.search(raw):
        return None
    for broken, mended in MOJIBAKE:
        raw = raw.replace(broken, mended)
    found = GOOGLE.fullmatch(raw) if "\u200a" in raw else None
    if found:
        quote = max(found["rest"].split("\u200a"), key=len)
        removed = found["mark"] == "\u200c"
        return _tapback("google", None, found["emoji"], removed=removed, quote=quote.strip('“”" '))
    light = _light(raw)
    for name, pattern in COMPILED_FORMS:
        match = pattern.fullmatch(light)
        if match is None:
            continue
        groups = match.groupdict()
        quote = groups.get("quote") or ""
        if _leaves_the_quote(quote):
            continue
        removed = bool(groups.get("removed"))
        return _tapback(name, groups.get("verb"), groups.get("emoji"), removed=removed, quote=quote)
    return None


def quoted_whole(body: str, sent: Iterable[OutboundText]) -> OutboundText | None:
    """Return the outbound text that a message quotes whole, in a wording of any language."""
    raw = bounded(body).strip()
    match = ANY_QUOTE.fullmatch(raw) if TRIGGER.search(raw) else None
    if match is None or "?" in match["head"] + match["tail"]:
        return None
    quote = keyword_form(match["quote"])
    for outbound in sent:
        words = keyword_form(outbound.body)
        if outbound.verbatim and len(quote) >= 12 and quote == words:
            return outbound
    return None


def match_quote(tapback: Tapback, sent: Iterable[OutboundText]) -> OutboundText | None:
    """Return the outbound text a reaction belongs to, None when it quotes none of them.

    The phone cuts long quotes with an ellipsis, so that the beginning is compared. A text known
    only by description matches, since its words cannot be compared.
    """
    quote = keyword_form(tapback.quote.rstrip(".… "))
    for outbound in sent:
        if not outbound.verbatim:
            return outbound
        words = keyword_form(outbound.body)
        if quote and (words.startswith(quote) or (len(words) >= 12 and quote.startswith(words))):
            return outbound
    return None


def _light(raw: str) -> str:
    folded = unicodedata.normalize("NFD", raw)
    bare = "".join(char for char in folded if not "\u0300" <= char <= "\u036f")
    spaced: str = regex.sub(r"[\s\u200a\u200b\u200c\u00a0]+", " ", bare)
    return spaced.strip().casefold()


def _leaves_the_quote(quote: str) -> bool:
    """Tell whether the quote closes early, so that human words stand after it."""
    depth = 1
    for index, char in enumerate(quote):
        if char in "“„«「":
            depth += 1
        elif char in "”»」":
            depth -= 1
            if depth == 0 and quote[index + 1 :].strip(" .”»"):
                return True
    before = quote.partition('"')[0].strip()
    return '"' in quote.rstrip('"') and not before.endswith(
        ("loved", "liked", "at", "emphasized", "questioned", "to", "from", "disliked")
    )


def _tapback(
    form: str, verb: str | None, emoji: str | None, *, removed: bool, quote: str
) -> Tapback:
    reaction = Reaction.OTHER
    if removed:
        reaction = Reaction.REMOVED
    elif verb and verb.startswith(_NO_VERBS):
        reaction = Reaction.NO
    elif verb and any(word in verb for word in _YES_VERBS):
        reaction = Reaction.YES
    elif emoji and any(char in _NO_EMOJI for char in emoji):
        reaction = Reaction.NO
    elif emoji and any(char in _YES_EMOJI for char in emoji):
        reaction = Reaction.YES
    return Tapback(reaction=reaction, quote=quote, form=form)
