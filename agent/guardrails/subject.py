"""Which orders and products a sentence speaks of, so that one's facts do not vouch for another."""

import re

from agent.guardrails.known import Known
from agent.guardrails.plain import Draft, fold
from domain.facts import FactKind


def subjects(draft: Draft, known: Known) -> tuple[tuple[str, frozenset[str] | None], ...]:
    """Return each sentence, folded, with the sources it names.

    A sentence that names none speaks of what the draft names elsewhere; None means that the draft
    names nothing at all, so that every fact may support it.
    """
    everywhere = named_sources(draft.folded, known)
    return tuple(
        (fold(sentence), (named_sources(fold(sentence), known) or everywhere) or None)
        for sentence in draft.sentences
    )


def named_sources(folded: str, known: Known) -> frozenset[str]:
    """Return the sources of the orders and products named in a folded text."""
    orders = {
        f.source
        for f in known.facts
        if f.kind is FactKind.ORDER and _names_order(folded, fold(f.value))
    }
    titles = {
        fold(f.value) for f in known.facts if f.kind is FactKind.PRODUCT and fold(f.value) in folded
    }
    # "Alder Fleece Pullover Men's" is not also a mention of "Alder Fleece Pullover".
    longest = {t for t in titles if folded.count(t) > _inside(t, titles, folded)}
    products = {
        f.source for f in known.facts if f.kind is FactKind.PRODUCT and fold(f.value) in longest
    }
    return frozenset(orders | products)


def _names_order(folded: str, name: str) -> bool:
    bare = re.escape(name.lstrip("#"))
    return re.search(rf"(?<![\w.$-])#?{bare}(?![\w%])", folded) is not None


def _inside(title: str, titles: set[str], folded: str) -> int:
    return sum(folded.count(t) for t in titles if t != title and title in t)
