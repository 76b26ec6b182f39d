"""Every number and date in a draft must stand in a fact or in the brand's own words."""

import re
from collections.abc import Iterator

from agent.guardrails.contacts import without_contacts
from agent.guardrails.dates import read_days
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.known import Known
from agent.guardrails.number_words import with_digits
from agent.guardrails.numbers import Measure, parse_number, read_measures
from agent.guardrails.plain import Draft, fold
from agent.guardrails.relative_days import check_relative_days, speaks_of_arrival
from agent.guardrails.subject import subjects
from domain.facts import FactKind

_DAY_MINUTES = 1440
_FEW_LEFT = re.compile(
    r"\bonly (?:a few|\d+|one|two|three|four|five)\b.{0,20}\b(?:left|remaining|in stock)\b"
    r"|\b\d+ (?:left|remaining|in stock)\b|\b(?:almost|nearly) (?:gone|sold out)\b"
    r"|\bselling fast\b|\blast (?:one|few|chance|\d+)\b"
)
_SMALL = 9
_HOLD_AMOUNTS = (FactKind.AMOUNT, FactKind.PRODUCT, FactKind.STOCK)


def check_grounding(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield every amount, percentage, duration, time, date and number nothing supports."""
    for sentence, sources in subjects(draft, known):
        bare = without_contacts(sentence)
        written, rest = read_days(with_digits(bare))
        dates = known.dates(sources)
        if not speaks_of_arrival(bare):
            dates |= known.text_dates
        yield from (finding(Rule.DATE, d.words) for d in written if not any(map(d.is_on, dates)))
        yield from check_relative_days(bare, known, sources)
        for measure in read_measures(rest):
            if not _is_supported(measure, known, sources, bare):
                yield finding(measure.rule, measure.words)
        for match in _FEW_LEFT.finditer(bare):
            if match.group() not in known.text:
                yield finding(Rule.STOCK, match.group())


def _is_supported(
    measure: Measure, known: Known, sources: frozenset[str] | None, sentence: str
) -> bool:
    if measure._replace(words="") in known.text_measures:
        return True
    match measure.rule:
        case Rule.AMOUNT:
            return measure.key in _amounts(known, sources) or (
                measure.key[1] == "" and _has_value(measure.key[0], known, sources)
            )
        case Rule.DURATION:
            return _is_part_of_range(measure, known) or (
                _is_distance(measure, sentence) and _leads_to_a_date(measure, known, sources)
            )
        case Rule.NUMBER:
            return _is_small(measure) or measure.key in known.numbers
        case _:
            return False


def _amounts(known: Known, sources: frozenset[str] | None) -> frozenset[tuple[str, ...]]:
    """Return the known amounts; a name may hold one ("Gift Card ($50)")."""
    values = (v for kind in _HOLD_AMOUNTS for v in known.values(kind, sources))
    return frozenset(m.key for v in values for m in read_measures(fold(v)) if m.rule is Rule.AMOUNT)


def _has_value(value: str, known: Known, sources: frozenset[str] | None) -> bool:
    """Say whether an amount named without a currency is one that is known with it."""
    texts = (m.key for m in known.text_measures if m.rule is Rule.AMOUNT)
    return any(key[0] == value for key in (*_amounts(known, sources), *texts))


def _is_part_of_range(measure: Measure, known: Known) -> bool:
    """Say whether "5 days" is an end of a known "3-5 days"."""
    base, *ends = measure.key
    return len(ends) == 1 and any(
        m.rule is Rule.DURATION and m.key[0] == base and ends[0] in m.key[1:]
        for m in known.text_measures
    )


def _is_distance(measure: Measure, sentence: str) -> bool:
    """Say whether "2 days" is a distance from today, not a deadline: "in 2 days", "2 days ago"."""
    words = re.escape(measure.words.strip())
    return (
        re.search(rf"\bin (?:about )?{words}|{words} (?:ago|from now|away)\b", sentence) is not None
    )


def _leads_to_a_date(measure: Measure, known: Known, sources: frozenset[str] | None) -> bool:
    """Say whether that distance leads to a day that is known."""
    base, *ends = measure.key
    days = [float(end) / _DAY_MINUTES for end in ends]
    near = {abs((d - known.today).days) for d in known.dates(sources)}
    return base == "minutes" and len(days) == 1 and days[0] in near


def _is_small(measure: Measure) -> bool:
    value = parse_number(measure.words)
    return value == value.to_integral_value() and value <= _SMALL
