"""Topics no brand may speak of by text."""

import re
from collections.abc import Iterator

from agent.guardrails.contacts import without_links
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.known import Known
from agent.guardrails.plain import Draft, fold
from domain.facts import FactKind
from domain.gate.activation import barred_category

# Words of the category table that mean something harmless in a shop's sentence.
_HARMLESS = re.compile(
    r"\b(?:hate|spirits|slots|hemp|suppressors?|silencers?|loans?|contests?|snuff|smoking|drugs"
    r"|political|politically|sex|edibles|weeds?)\b(?! (?:speech|toys?|shops?|days?|offers?))"
)
_DECLINES = re.compile(
    r"\b(?:cant|cannot|dont|do not|unable|not able|not something|wont|no puedo|ne peux pas"
    r"|kann nicht|nao posso)\b"
)
_ADVICE = re.compile(
    r"\b(?:legal advice|you (?:should|could|can) sue|your lawyer|diagnos\w+|dosage|take \d+ ?mg"
    r"|medical advice|cures?|treats? (?:your|the|any) \w+|invest in)\b"
)


def check_barred_topics(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield barred topics; declining one is allowed, and so are goods the shop sells."""
    for sentence in draft.sentences:
        folded = fold(without_links(sentence))
        if _DECLINES.search(folded):
            continue
        topic = barred_category(_HARMLESS.sub(" ", _without_goods(folded, known)))
        if topic:
            yield finding(Rule.BARRED_TOPIC, topic)
        advice = _ADVICE.search(folded)
        if advice:
            yield finding(Rule.BARRED_TOPIC, advice.group())


def _without_goods(folded: str, known: Known) -> str:
    """Return a sentence without the names and forms of goods: "Wine" may be a color."""
    goods = {
        word
        for kind in (FactKind.PRODUCT, FactKind.STOCK)
        for value in known.values(kind)
        for word in re.findall(r"\w+", fold(value))
    }
    return re.sub(r"\w+", lambda m: " " if m.group() in goods else m.group(), folded)
