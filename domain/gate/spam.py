"""Unasked-for machines: other brands' blasts, phishing, prize and job bait, codes, bare links.

Only very sure signs ignore a text; the rest is a doubt. A public spam model that is excellent on
its own test set flags 4.3 % of ordinary support texts.
"""

from functools import lru_cache

from domain.gate.context import GateContext
from domain.gate.decision import Doubt, Label
from domain.gate.normalise import bounded, keyword_form, words_of
from domain.gate.spam_signs import SIGNS
from domain.gate.spam_words import (
    ANY_INSTRUCTION,
    ASKS_ABOUT_IT,
    BLAST_HEAD,
    CODE,
    CUSTOMER,
    INSTRUCTION_SENTENCE,
    LINK,
    OPT_OUT_LINE,
    OWN_CODE,
    QUESTION,
    SALE_WORDS,
)
from domain.values import Value


class SpamFinding(Value):
    """What a text is instead of a customer's words.

    Attributes:
        label: Which kind.
        rule: Id of the rule.
        score: Confidence.
        doubt: Set when the rules alone do not settle it.
    """

    label: Label
    rule: str
    score: float
    doubt: Doubt | None = None


def find_spam(text: str, context: GateContext) -> SpamFinding | None:
    """Say whether a text is a machine's or a stranger's pitch.

    Args:
        text: The raw body.
        context: What we sent, so that our own words are not taken for another brand's.

    Source: sms.md 6.4; product.md C.5 trap 2.
    """
    raw = bounded(text)
    if CODE.search(raw) and not OWN_CODE.search(raw):
        return SpamFinding(label=Label.VERIFICATION_CODE, rule="spam.code", score=0.97)
    rest = LINK.sub(" ", raw)
    if rest != raw and not words_of(rest.casefold()):
        return SpamFinding(label=Label.LINK_ONLY, rule="spam.link_only", score=0.95)
    if is_blast(raw, context):
        return SpamFinding(label=Label.OTHER_BRAND_BLAST, rule="spam.blast", score=0.97)
    points, names = _score(raw)
    if CUSTOMER.search(raw):
        points -= 3
    if points >= 5 and (len(names) >= 2 or names[0] in {"relative", "fake_order"}):
        return SpamFinding(
            label=Label.SPAM, rule="spam." + names[0], score=min(0.99, 0.6 + points / 20)
        )
    if points >= 4 or (points >= 3 and len(names) >= 2):
        return SpamFinding(
            label=Label.QUESTION, rule="spam." + names[0], score=0.5, doubt=Doubt.SPAM
        )
    return None


@lru_cache(maxsize=8)
def _score(raw: str) -> tuple[int, list[str]]:
    found = [(name, worth) for name, worth, pattern in SIGNS if pattern.search(raw)]
    return sum(worth for _, worth in found), [name for name, _ in found]


def is_blast(text: str, context: GateContext) -> bool:
    """Tell whether a text is a marketing message with an opt-out line, and not a quote of ours."""
    asks = ASKS_ABOUT_IT.search(text)
    long_enough = len(text.split()) >= 9
    if long_enough and not asks and ANY_INSTRUCTION.search(text) and _score(text)[0] >= 4:
        return True
    match = OPT_OUT_LINE.search(text)
    if match is None:
        return False
    rest = LINK.sub(" ", text[: match.start()] + " " + text[match.end() :])
    words = len(keyword_form(rest).split())
    if words < 5 or QUESTION.search(text):
        return False
    form = keyword_form(text)
    if any(form in keyword_form(sent.body) for sent in context.newest_outbound(20)):
        return False
    signs = bool(BLAST_HEAD.search(text)) + bool(SALE_WORDS.search(rest)) + bool(LINK.search(text))
    return signs >= 1


def without_instruction(text: str) -> str:
    """Return a text without the words that tell how to opt out; they are not its author's wish.

    A text that is little more than the instruction is returned whole: who repeats it means it.
    """
    rest = INSTRUCTION_SENTENCE.sub(" ", text)
    return rest if len(words_of(rest.casefold()).split()) >= 4 else text
