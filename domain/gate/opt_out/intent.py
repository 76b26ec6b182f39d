"""Whether a text asks for no more texts: the opt-out rules of every language, put together."""

from enum import Enum, auto
from functools import lru_cache
from typing import Self

from domain.gate.context import GateContext
from domain.gate.normalise import is_only_pictures, pictures
from domain.gate.opt_out import (
    english_complaint,
    english_consent,
    english_contact,
    english_general,
    english_list,
    english_stop,
    french,
    german,
    portuguese,
    spanish,
    wrong_number,
)
from domain.gate.opt_out.reading import Reading
from domain.gate.opt_out.rule import Finding, PhraseRule, Strength
from domain.gate.opt_out.spelling import is_stop_typo
from domain.gate.opt_out.stems import DOUBTFUL, EVERYTHING, MARKETING, PLAIN_GOODS
from domain.gate.question import agent_asks, asks_something
from domain.message import MessageOrigin

_ENGLISH = (
    *english_stop.RULES,
    *english_contact.RULES,
    *english_list.RULES,
    *english_complaint.RULES,
    *english_consent.RULES,
    *english_general.RULES,
)
_OTHERS = (*spanish.RULES, *french.RULES, *portuguese.RULES, *german.RULES)
_WRONG = wrong_number.RULES
_SHORT_WORDS = 25
_STOP_PICTURES = frozenset("🛑✋⛔🚫")


class _Setting(Enum):
    """What a bare word is said to."""

    UNKNOWN = auto()
    CAMPAIGN = auto()
    ANSWERS_AGENT = auto()

    @classmethod
    def of(cls, context: GateContext) -> Self:
        if agent_asks(context):
            return cls(cls.ANSWERS_AGENT)
        last = context.last_outbound
        if last is not None and last.origin is MessageOrigin.CAMPAIGN:
            return cls(cls.CAMPAIGN)
        return cls(cls.UNKNOWN)


def find_opt_out(text: str, context: GateContext) -> Finding | None:
    """Say whether a text asks for no more texts.

    Args:
        text: The raw body.
        context: What was sent before; a question of the agent changes what bare words mean.

    Returns:
        A settled finding, a doubt for the model, or None.

    Source: sms.md 7.2 and 7.3, design section 4.
    """
    return _found(text, _Setting.of(context))


@lru_cache(maxsize=8)
def _found(text: str, setting: _Setting) -> Finding | None:
    if is_only_pictures(text):
        return _pictured(text)
    reading = Reading.of(text)
    if reading is None:
        return None
    if is_stop_typo(reading.form):
        return Finding(strength=Strength.HIT, rule="en.stop_typo", language="en")
    wrong = _search(_WRONG, (*reading.plain_parts, *reading.raw_parts), reading, _Setting.UNKNOWN)
    if wrong is not None and wrong.strength is Strength.HIT:
        return wrong.model_copy(update={"wrong_number": True})
    found = _search(_ENGLISH, reading.plain_parts, reading, setting)
    if found is None or found.strength is Strength.DOUBT:
        other = _search(_OTHERS, reading.raw_parts, reading, setting)
        if other is not None and (found is None or other.strength is Strength.HIT):
            found = other
    if found is not None and found.strength is Strength.HIT:
        return _scoped(found, reading)
    return found or wrong or _doubtful(reading.whole)


def _pictured(text: str) -> Finding | None:
    shown = {char for picture in pictures(text) for char in picture}
    if shown & _STOP_PICTURES:
        return Finding(strength=Strength.HIT, rule="any.stop_sign", language="en")
    if "🖕" in shown:
        return Finding(strength=Strength.DOUBT, rule="any.middle_finger", language="en")
    return None


def _search(
    rules: tuple[PhraseRule, ...], parts: tuple[str, ...], reading: Reading, setting: _Setting
) -> Finding | None:
    doubt: Finding | None = None
    for rule in rules:
        if rule.bare and reading.delighted:
            continue
        if rule.short and reading.whole.count(" ") >= _SHORT_WORDS:
            continue
        if rule.only_after_campaign and setting is not _Setting.CAMPAIGN:
            continue
        weak = setting is _Setting.ANSWERS_AGENT and (rule.bare or rule.needs_campaign_or_silence)
        for part in (reading.whole,) if rule.whole else parts:
            strength = rule.test(part)
            if strength is None:
                continue
            strength = Strength.DOUBT if weak else strength
            finding = Finding(strength=strength, rule=rule.name, language=rule.language)
            if strength is Strength.HIT:
                return finding
            doubt = doubt or finding
    return doubt


def _doubtful(whole: str) -> Finding | None:
    if not DOUBTFUL.search(whole) or PLAIN_GOODS.search(whole):
        return None
    return Finding(strength=Strength.DOUBT, rule="any.stem", language="en")


def _scoped(found: Finding, reading: Reading) -> Finding:
    marketing = found.rule == "en.only_orders" or (
        bool(MARKETING.search(reading.whole)) and not EVERYTHING.search(reading.whole)
    )
    return found.model_copy(
        update={
            "scope": "marketing" if marketing else "all",
            "with_question": asks_something(reading.lowered, found.rule),
        }
    )
