"""Draft text that is no text message: broken encoding, markup, placeholders, babble."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import regex

from agent.context import TurnContext
from agent.guardrails.contacts import without_links
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.plain import Draft, fold

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_STACKED = regex.compile(r"\p{M}{4,}")
_MIXED_WORD = regex.compile(
    r"(?=\w*\p{Latin})\w*[\p{Cyrillic}\p{Greek}\p{Cherokee}\p{Armenian}]\w*"
)
_MARKUP = re.compile(
    r"```|\*\*|__\w|^\s*#{1,6}\s|^\s*(?:[-*\u2022]|\d+[.)])\s.*\n\s*(?:[-*\u2022]|\d+[.)])\s"
    r"|\[[^\]]+\]\([^)]*\)|</?[a-zA-Z!][^>]*>?|&(?:lt|gt|amp|quot|#\d+);|<\|",
    re.MULTILINE,
)
_PLACEHOLDER = re.compile(
    r"\{\{?[^{}]*\}?\}|\$\{?[a-z_]+|\[(?:insert|your|name|link|order|customer|date|brand)[^\]]*\]"
    r"|<(?:insert|your|name)|\bX{3,}\b|%[sd]\b|\bundefined\b|\bnull\b|\bTODO\b"
    r"|\blorem ipsum\b",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"^\s*[\[{(<]|[\[{]\s*\"|\"\s*:\s*[\"{\[]|\"(?:intent|reply)\"|^\s*(?:assistant|agent|user|customer"
    r"|system|human|ai|reply|intent|final|analysis|tool)\s*[:=]|\btraceback\b|\berror:\s|\bexception\b"
    r"|</s>|\bas an ai language model\b|\bas a language model\b|\\[nux][0-9a-f]{0,4}",
    re.IGNORECASE,
)
_RUN = re.compile(r"([^\s.\-_])\1{5,}|([.\-_=*~])\2{6,}")
_BASE64 = re.compile(r"\b(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])[A-Za-z0-9+/]{32,}")


def check_encoding(draft: Draft) -> Iterator[Finding]:
    """Yield characters that no honest text holds: control, direction, private, mixed alphabets."""
    for character in dict.fromkeys(draft.raw):
        if character in "\n\r\t":
            continue
        if character in _BIDI or unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn"):
            yield finding(Rule.ENCODING, f"U+{ord(character):04X}")
    if "\ufffd" in draft.raw:
        yield finding(Rule.ENCODING, "U+FFFD")
    if _STACKED.search(draft.raw):
        yield finding(Rule.ENCODING, "stacked marks")
    mixed = _MIXED_WORD.search(draft.sent)
    if mixed:
        yield finding(Rule.ENCODING, f"two alphabets in one word: {mixed.group()}")


def check_form(draft: Draft) -> Iterator[Finding]:
    """Yield markup, placeholders, machine talk and repetition."""
    text = without_links(draft.text)
    # Normalising turns backticks into quotes, so that the raw words are looked at too.
    raw = without_links(draft.raw)
    for pattern in (_MARKUP, _PLACEHOLDER, _MACHINE, _RUN, _BASE64):
        match = pattern.search(text) or pattern.search(raw)
        if match:
            yield finding(Rule.FORM, match.group())
    if not any(c.isalnum() for c in draft.text):
        yield finding(Rule.FORM, "no words")
    yield from _repetition(text)


def _repetition(text: str) -> Iterator[Finding]:
    words = re.findall(r"\w+", fold(text))
    counts = Counter(zip(words, words[1:], words[2:], strict=False))
    if counts and counts.most_common(1)[0][1] >= 3:
        yield finding(Rule.FORM, f"repeats itself: {' '.join(counts.most_common(1)[0][0])}")
    elif any(a == b == c for a, b, c in zip(words, words[1:], words[2:], strict=False)):
        yield finding(Rule.FORM, "repeats a word")


_SCRIPTS = {
    name: regex.compile(rf"\p{{Script={name}}}")
    for name in ("Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Han", "Hangul", "Thai",
                 "Devanagari", "Hiragana", "Katakana")
}  # fmt: skip


def check_script(draft: Draft, context: TurnContext) -> Iterator[Finding]:
    """Yield an alphabet that neither the customer nor the brand has used in this conversation."""
    spoken = " ".join((*context.batch, *context.brand_texts, *(t.body for t in context.transcript)))
    used = _scripts(spoken) | {"Latin"}
    if used & {"Han", "Hiragana", "Katakana"}:
        used |= {"Han", "Hiragana", "Katakana"}
    if not _scripts(" ".join(context.batch)):
        return
    for name in sorted(_scripts(draft.sent) - used):
        yield finding(Rule.SCRIPT, name)


def _scripts(text: str) -> set[str]:
    return {name for name, pattern in _SCRIPTS.items() if pattern.search(text)}
