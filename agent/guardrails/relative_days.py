"""Days named by their distance: "today", "on Friday", "next week"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from agent.guardrails.dates import WEEKDAYS
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.known import Known
from domain.facts import FactKind
from domain.orders import OrderState

# "How can I help today" states nothing; "arrives today" does.
_EVENT = (
    r"arriv|deliver|ship|com(?:e|ing)\b|\bget\b|be here|expect|refund|ready|leav|sent\b|\bends?\b"
    r"|expir|\bsale\b|\boff\b|\bonly\b|llega|entrega|livr|ankomm|geliefert|chega"
)
_RELATIVE = (
    (0, re.compile(rf"(?=.*(?:{_EVENT})).*(\b(?:today|tonight|hoy|aujourdhui|heute|hoje)\b)")),
    (1, re.compile(r".*(\b(?:tomorrow|manana|demain|morgen|amanha)\b)")),
    (-1, re.compile(r".*(\b(?:yesterday|ayer|hier|gestern|ontem)\b)")),
)
_WEEK = re.compile(r"\b(this|next) (week|weekend)\b")


def check_relative_days(
    sentence: str, known: Known, sources: frozenset[str] | None
) -> Iterator[Finding]:
    """Yield every day of a statement that no known date falls on; questions state nothing.

    Args:
        sentence: Folded, links blanked.
        known: What supports it.
        sources: Orders and products it speaks of.
    """
    if sentence.rstrip().endswith("?"):
        return
    dates = known.dates(sources) | known.text_dates
    for days, pattern in _RELATIVE:
        match = pattern.match(sentence)
        if match and not _is_day_known(days, match[1], known, dates, sources):
            yield finding(Rule.DATE, match[1])
    for match in _WEEK.finditer(sentence):
        if match.group() not in known.text and not _is_in_week(match[1], known.today, dates):
            yield finding(Rule.DATE, match.group())
    for index, name in _weekdays(sentence):
        if not _is_weekday_known(index, name, known, dates):
            yield finding(Rule.DATE, name)


def _weekdays(sentence: str) -> Iterator[tuple[int, str]]:
    for index, names in enumerate(WEEKDAYS):
        yield from ((index, n) for n in names if re.search(rf"\b{n}s?\b", sentence))


def _is_day_known(
    days: int, word: str, known: Known, dates: frozenset[date], sources: frozenset[str] | None
) -> bool:
    out = OrderState.OUT_FOR_DELIVERY in known.values(FactKind.ORDER_STATE, sources)
    on_that_day = known.today + timedelta(days=days) in dates
    return on_that_day or (days == 0 and out) or re.search(rf"\b{word}\b", known.text) is not None


def _is_weekday_known(index: int, name: str, known: Known, dates: frozenset[date]) -> bool:
    near = (d for d in dates if abs((d - known.today).days) <= 8)
    if any(d.weekday() == index for d in near):
        return True
    # "Mon-Fri 9am-5pm" speaks of Monday and Friday.
    return re.search(rf"\b(?:{name}s?|{WEEKDAYS[index][0][:3]})\b", known.text) is not None


def _is_in_week(which: str, today: date, dates: frozenset[date]) -> bool:
    start = today - timedelta(days=today.weekday()) + timedelta(days=7 if which == "next" else 0)
    return any(start <= d <= start + timedelta(days=6) for d in dates)
