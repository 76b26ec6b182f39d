"""Every number and date in a draft must stand in a fact or in the brand's own words."""

import re
from collections.abc import Iterator
from itertools import combinations

from agent.guardrails.contacts import without_contacts
from agent.guardrails.dates import Day, read_days
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.known import Known
from agent.guardrails.number_words import with_digits
from agent.guardrails.numbers import Measure, parse_number, read_measures
from agent.guardrails.plain import Draft, fold
from agent.guardrails.relative_days import check_relative_days
from agent.guardrails.subject import subjects
from domain.facts import FactKind

_DAY_MINUTES = 1440
_FEW_LEFT = re.compile(
    r"\bonly (?:a few|\d+|one|two|three|four|five)\b.{0,20}\b(?:left|remaining|in stock)\b"
    r"|\b\d+ (?:left|remaining|in stock)\b|\b(?:almost|nearly) (?:gone|sold out)\b"
    r"|\bselling fast\b|\blast (?:one|few|chance|\d+)\b"
)
_SMALL = 9


def check_grounding(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield every amount, percentage, duration, time, date and number nothing supports."""
    for sentence, sources in subjects(draft, known):
        bare = without_contacts(sentence)
        written, rest = read_days(with_digits(bare))
        yield from _days_not_known(written, known, sources)
        yield from check_relative_days(bare, known, sources)
        for measure in read_measures(rest):
            if not _is_supported(measure, known, sources):
                yield finding(measure.rule, measure.words)
        for match in _FEW_LEFT.finditer(bare):
            if match.group() not in known.text:
                yield finding(Rule.STOCK, match.group())


def _is_supported(measure: Measure, known: Known, sources: frozenset[str] | None) -> bool:
    if measure._replace(words="") in known.text_measures:
        return True
    match measure.rule:
        case Rule.AMOUNT:
            return measure.key in _amounts(known, sources) or (
                measure.key[1] == "" and _has_value(measure.key[0], known, sources)
            )
        case Rule.DURATION:
            return _is_part_of_range(measure, known) or _leads_to_a_date(measure, known, sources)
        case Rule.NUMBER:
            return _is_small(measure) or measure.key in known.numbers
        case _:
            return False


def _amounts(known: Known, sources: frozenset[str] | None) -> frozenset[tuple[str, ...]]:
    values = known.values(FactKind.AMOUNT, sources)
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


def _leads_to_a_date(measure: Measure, known: Known, sources: frozenset[str] | None) -> bool:
    """Say whether "in 2 days" or "2 days ago" is a day, or the time between two, that is known."""
    base, *ends = measure.key
    days = [float(end) / _DAY_MINUTES for end in ends]
    if base != "minutes" or any(d != int(d) or d > 400 for d in days):
        return False
    dates = known.dates(sources)
    gaps = {abs((b - a).days) for a, b in combinations(dates, 2)}
    near = {abs((d - known.today).days) for d in dates}
    return all(d in gaps | near for d in days)


def _is_small(measure: Measure) -> bool:
    value = parse_number(measure.words)
    return value == value.to_integral_value() and value <= _SMALL


def _days_not_known(
    written: list[Day], known: Known, sources: frozenset[str] | None
) -> Iterator[Finding]:
    dates = known.dates(sources) | known.text_dates
    for day in written:
        if not any(day.is_on(d) for d in dates):
            yield finding(Rule.DATE, day.words)
