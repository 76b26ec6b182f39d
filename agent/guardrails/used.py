"""Which facts a draft rests on, for its receipt."""

from agent.guardrails.dates import dates_of, read_days
from agent.guardrails.known import Known
from agent.guardrails.number_words import with_digits
from agent.guardrails.numbers import read_measures
from agent.guardrails.plain import Draft, fold
from agent.guardrails.subject import named_sources
from domain.facts import Fact, FactKind
from domain.ranking import words

_SHARED_WORDS = 3
_VALUE_CHARACTERS = 200


def facts_used(draft: Draft, known: Known) -> tuple[Fact, ...]:
    """Return the facts whose value the draft repeats; a passage when it shares its words."""
    named = named_sources(draft.folded, known)
    return tuple(_shortened(f) for f in known.facts if _is_used(f, draft, known, named))


def _is_used(fact: Fact, draft: Draft, known: Known, named: frozenset[str]) -> bool:
    value = fold(fact.value)
    match fact.kind:
        case FactKind.PASSAGE:
            said = set(words(draft.text))
            return len(said & set(words(fact.value))) >= min(_SHARED_WORDS, max(len(said), 1))
        case FactKind.ORDER_STATE | FactKind.STOCK | FactKind.ORDER:
            return fact.source in named
        case FactKind.DATE:
            days = set(dates_of(read_days(draft.folded)[0], known.today))
            mine = dates_of(read_days(value)[0], known.today)
            return (not named or fact.source in named) and any(d in days for d in mine)
        case FactKind.AMOUNT:
            said_keys = {m.key for m in read_measures(with_digits(draft.folded))}
            mine_keys = {m.key for m in read_measures(value)}
            return (not named or fact.source in named) and bool(said_keys & mine_keys)
        case FactKind.LINK:
            return fact.value in draft.sent
        case _:
            return value in draft.folded


def _shortened(fact: Fact) -> Fact:
    if len(fact.value) <= _VALUE_CHARACTERS:
        return fact
    return fact.model_copy(update={"value": fact.value[:_VALUE_CHARACTERS]})
