"""What a reply may rest on: established facts, passages, and the brand's own words."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from agent.context import TurnContext
from agent.guardrails.dates import dates_of, read_days
from agent.guardrails.number_words import with_digits
from agent.guardrails.numbers import Measure, number_key, read_measures
from agent.guardrails.plain import fold, plain
from agent.tools.dates import local_date
from agent.tools.result import whole_links
from domain.facts import Fact, FactKind
from domain.message import MessageOrigin
from domain.values import Value

_BRANDS_WORD = frozenset({MessageOrigin.HUMAN, MessageOrigin.CAMPAIGN, MessageOrigin.AUTOMATION})
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LINK = re.compile(r"https?://\S+")
# Later news replaces earlier news of the same order or product.
_CHANGING = frozenset({FactKind.ORDER_STATE, FactKind.STOCK})


class Known(Value):
    """Everything that supports a statement in one turn.

    Attributes:
        facts: Established facts; of an order's state and a product's stock only the latest.
        texts: Passages, and what the brand itself wrote: campaigns, its people's texts, its hours.
        spoken: What the customer wrote; it supports numbers that identify, never claims.
        today: The day where the brand is.
    """

    facts: tuple[Fact, ...]
    texts: tuple[str, ...]
    spoken: tuple[str, ...]
    today: date

    @cached_property
    def text(self) -> str:
        """All supporting texts, folded, one to a line."""
        return "\n".join(with_digits(fold(plain(t))) for t in self.texts)

    @cached_property
    def text_measures(self) -> frozenset[Measure]:
        """The numbers in the supporting texts, without the words they stand in."""
        _, rest = read_days(_LINK.sub(" ", self.text))
        return frozenset(m._replace(words="") for m in read_measures(rest))

    @cached_property
    def text_dates(self) -> frozenset[date]:
        """The days written in the supporting texts."""
        return frozenset(dates_of(read_days(self.text)[0], self.today))

    @cached_property
    def numbers(self) -> frozenset[tuple[str, ...]]:
        """Every number that stands anywhere, for sizes, quantities and order numbers."""
        spoken = (fold(plain(t)) for t in self.spoken)
        values = (fold(plain(f.value)) for f in self.facts)
        everything = " ".join((self.text, *spoken, *values))
        return frozenset(number_key(n) for n in _NUMBER.findall(everything))

    def values(self, kind: FactKind, sources: frozenset[str] | None = None) -> Iterable[str]:
        """Return the values of one kind, of the sources in question."""
        return (f.value for f in self.facts if f.kind is kind and is_about(f, sources))

    def dates(self, sources: frozenset[str] | None) -> frozenset[date]:
        """Return the days that facts establish."""
        days = [d for v in self.values(FactKind.DATE, sources) for d in read_days(fold(v))[0]]
        return frozenset(dates_of(days, self.today))


def read_known(context: TurnContext) -> Known:
    """Return what supports a draft of this turn."""
    brand = context.brand
    lines = context.transcript
    passages = (f.value for f in context.facts if f.kind is FactKind.PASSAGE)
    written = (line.body for line in lines if line.origin in _BRANDS_WORD)
    return Known(
        facts=_latest(context.facts),
        texts=tuple(
            whole_links(text)
            for text in (
                *dict.fromkeys(passages),
                *context.brand_texts,
                *written,
                brand.handoff.human_hours,
                brand.identity.help_contact,
                *brand.voice.rules,
            )
        ),
        spoken=(*(line.body for line in lines if line.origin is None), *context.batch),
        today=local_date(context.now, brand.identity.time_zone),
    )


def is_about(fact: Fact, sources: frozenset[str] | None) -> bool:
    """Return whether a fact may support a statement about the sources named.

    A statement about order A is not supported by order B, nor one about a product by another;
    facts of another family (a passage beside an order) always may.
    """
    if sources is None:
        return True
    family = fact.source.partition(":")[0]
    named = {s for s in sources if s.partition(":")[0] == family}
    return not named or fact.source in named


def _latest(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    last = {(f.kind, f.source): i for i, f in enumerate(facts)}
    kept = (
        f for i, f in enumerate(facts) if f.kind not in _CHANGING or last[f.kind, f.source] == i
    )
    return tuple(dict.fromkeys(kept))
