"""Reactions that phones send as text, in every platform's wording, told from the raw body."""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum

import regex

from domain.gate.context import OutboundText
from domain.gate.normalise import bounded, keyword_form
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


_E = r"(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\ufe0f\u200d])+"
_OPEN, _CLOSE = '[“"„«‘‟「]', '[”"“»’」]'
_QUOTE = rf"{_OPEN}\s*(?P<quote>.*?)\s*(?:{_CLOSE}|(?:…|\.\.\.))[\s.…\u200a\u200b]*"
_MEDIA = (
    r"(?:(?:an?|the|your|this|\d+) )?(?:image|photo|picture|video|movie|attachment|link|contact"
    r"|audio message|voice message|sticker|gif|animation|location|file|memoji|message)s?\.?"
)
_TARGET = rf"(?:{_QUOTE}|{_MEDIA})"

_FORMS: tuple[tuple[str, str], ...] = (
    ("ios_en", rf"(?P<verb>loved|liked|disliked|laughed at|emphasi[sz]ed|questioned) {_TARGET}"),
    (
        "ios_en_removed",
        r"(?P<removed>removed) an? (?:heart|like|dislike|laugh|exclamation(?: mark| point)?"
        rf"|emphasis|question mark|reaction) from {_TARGET}",
    ),
    ("ios_en_emoji", rf"reacted (?:with )?(?:(?P<emoji>{_E})|(?:with )?a sticker) to:? {_TARGET}"),
    ("ios_en_emoji_removed", rf"(?P<removed>removed) {_E} from {_TARGET}"),
    ("android_removed", rf"(?P<emoji>{_E})\s*(?P<removed>removed from)\s*{_QUOTE}"),
    ("android", rf"(?P<emoji>{_E})\s*(?:to|a|à|auf|zu|sur|para|на|в ответ на) {_QUOTE}"),
    (
        "es",
        r"(?:(?P<removed>ya no le (?:gusta|encanta|da risa)|elimino [^“\"«]{1,40} de"
        r"|quito [^“\"«]{1,40} de)|(?P<verb>(?:no )?(?:le|me) (?:gusto|gusta|encanto|encanta"
        r"|dio risa|da risa|ha gustado)|exclamo por|dudo sobre|se rio de|enfatizo|cuestiono)"
        rf"|reacciono con (?P<emoji>{_E}|un sticker) a) ?:? ?{_QUOTE}",
    ),
    (
        "pt",
        r"(?:(?P<removed>removeu [^“\"«]{1,40} de)|(?P<verb>(?:nao )?gostou de|curtiu|adorou|amou"
        r"|riu de|enfatizou|questionou|deu risada de)"
        rf"|reagiu com (?P<emoji>{_E}|um sticker|uma figurinha) (?:a|à)) ?:? ?{_QUOTE}",
    ),
    (
        "fr",
        r"(?:(?P<removed>a (?:retire|supprime) [^“\"«]{1,40} (?:de|a|du|sur))"
        r"|(?P<verb>(?:a |n.a pas )(?:aime|adore|ri (?:a|de)|souligne|mis en evidence)"
        r"|a ajoute [^“\"«]{1,40} (?:a|sur)|a pose une question sur)"
        rf"|a reagi (?:avec|par) (?P<emoji>{_E}|un sticker) (?:a|au|sur)) ?:? ?{_QUOTE}",
    ),
    (
        "de",
        rf"(?:(?P<verb>gefallt(?: mir| nicht)?|liebt|betont|lacht uber|hinterfragt):?) ?{_QUOTE}",
    ),
    ("de_emoji", rf"(?:hat )?mit (?P<emoji>{_E}) auf {_QUOTE} reagiert\.?"),
    (
        "de_added",
        rf"(?:zu )?{_QUOTE} (?:wurde )?(?:ein(?:en?)? )?(?:[^“\"„]{{1,30}} )?hinzugefugt\.?",
    ),
    ("de_removed", rf"[^“\"]{{0,4}}[^“\"]{{1,30}}[“”\"]? (?P<removed>von) {_QUOTE} entfernt\.?"),
    (
        "it",
        r"(?:(?P<removed>ha rimosso [^“\"«]{1,40} da)|(?P<verb>ha aggiunto [^“\"«]{1,40} a"
        r"|trova divertente|(?:ha messo )?mi piace(?: a)?|adora|piace|ha enfatizzato)"
        rf"|ha reagito con (?P<emoji>{_E}) a) ?:? ?{_QUOTE}",
    ),
    (
        "zh",
        rf"(?:(?P<verb>喜欢|喜歡|很喜欢|不喜欢|大笑|强调了?|质疑了?)|已用{_E}回[應应]) ?{_QUOTE}",
    ),
    ("zh_toward", rf"[对對]{_QUOTE}表示.{{1,8}}"),
    (
        "ru",
        r"(?:(?P<verb>(?:не )?понравилось|посмеялись над|выделено|вопрос к)"
        rf"|отреагировал(?:а|и|\(а\))? (?P<emoji>{_E}) на(?: сообщение)?) ?{_QUOTE}",
    ),
)
_COMPILED = tuple(
    (name, regex.compile(pattern, regex.DOTALL | regex.IGNORECASE)) for name, pattern in _FORMS
)
# Google Messages frames the emoji in zero-width spaces and the quote in hair spaces.
_GOOGLE = regex.compile(
    rf"\u200a?.{{0,12}}?(?P<mark>[\u200b\u200c])(?P<emoji>{_E})[\u200b\u200c](?P<rest>.*)",
    regex.DOTALL,
)
_ANY_QUOTE = regex.compile(
    rf"(?P<head>[^“„«\"]{{0,40}}){_OPEN}(?P<quote>.+){_CLOSE}(?P<tail>.{{0,25}})", regex.DOTALL
)
_MOJIBAKE = (("â€œ", "“"), ("â€\x9d", "”"), ("â€™", "’"), ("â€¦", "…"), ("â€", "”"))
_TRIGGER = regex.compile(
    rf"[“”\"„«「‘…]|\u200a|\.\.\.|^\s*{_E}"
    r"|^\s*(?:loved|liked|disliked|laughed at|emphasi[sz]ed|questioned|reacted|removed)\b",
    regex.IGNORECASE,
)
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
    if not _TRIGGER.search(raw):
        return None
    for broken, mended in _MOJIBAKE:
        raw = raw.replace(broken, mended)
    found = _GOOGLE.fullmatch(raw) if "\u200a" in raw else None
    if found:
        quote = max(found["rest"].split("\u200a"), key=len)
        removed = found["mark"] == "\u200c"
        return _tapback("google", None, found["emoji"], removed=removed, quote=quote.strip('“”" '))
    light = _light(raw)
    for name, pattern in _COMPILED:
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
    match = _ANY_QUOTE.fullmatch(raw) if _TRIGGER.search(raw) else None
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
