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
# When one parcel arrives is known from its order alone, never from a policy or opening hours.
_ARRIVAL = re.compile(
    r"(?:\b(?:it|they|its|theyre|this|your \w+(?: \w+){0,3}|orders? \w*|parcel|package)\b|#\w+)"
    r".{0,40}"
    r"\b(?:arriv\w*|delivered|delivery|expected|get there|be there|with you|come|coming|land\w*"
    r"|ships?\b|shipped|reach\w*|due)\b|\b(?:expected|arriving|arrives|due) (?:by|on|in|around)\b"
)
_POLICY = re.compile(
    r"\b(?:orders (?:placed|delivered|over|before|after)|all orders|if|once|when)\b"
)
_WEEK = re.compile(r"\b(this|next) (week|weekend)\b")


def speaks_of_arrival(sentence: str) -> bool:
    """Return whether a folded sentence says when something of the customer's arrives."""
    return _ARRIVAL.search(sentence) is not None and not _POLICY.search(sentence)


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
    dates, texts = _support(sentence, known, sources)
    for days, word in _near_days(sentence):
        if known.today + timedelta(days=days) not in dates and not _is_written(word, texts):
            yield finding(Rule.DATE, word)
    for match in _WEEK.finditer(sentence):
        if match.group() not in texts and not _is_in_week(match[1], known.today, dates):
            yield finding(Rule.DATE, match.group())
    for index, name in _weekdays(sentence):
        if not _is_weekday_known(index, name, known.today, dates, texts):
            yield finding(Rule.DATE, name)


def _support(
    sentence: str, known: Known, sources: frozenset[str] | None
) -> tuple[frozenset[date], str]:
    """Return the days and the texts that may vouch for a sentence."""
    dates = known.dates(sources)
    if OrderState.OUT_FOR_DELIVERY in known.values(FactKind.ORDER_STATE, sources):
        dates |= {known.today}
    if speaks_of_arrival(sentence):
        return dates, ""
    return dates | known.text_dates, known.text


def _is_written(word: str, texts: str) -> bool:
    return re.search(rf"\b{word}\b", texts) is not None


def _near_days(sentence: str) -> Iterator[tuple[int, str]]:
    for days, pattern in _RELATIVE:
        match = pattern.match(sentence)
        if match:
            yield days, match[1]


def _weekdays(sentence: str) -> Iterator[tuple[int, str]]:
    for index, names in enumerate(WEEKDAYS):
        yield from ((index, n) for n in names if re.search(rf"\b{n}s?\b", sentence))


def _is_weekday_known(
    index: int, name: str, today: date, dates: frozenset[date], texts: str
) -> bool:
    near = (d for d in dates if abs((d - today).days) <= 8)
    if any(d.weekday() == index for d in near):
        return True
    # "Mon-Fri 9am-5pm" speaks of Monday and Friday.
    return re.search(rf"\b(?:{name}s?|{WEEKDAYS[index][0][:3]})\b", texts) is not None


def _is_in_week(which: str, today: date, dates: frozenset[date]) -> bool:
    start = today - timedelta(days=today.weekday()) + timedelta(days=7 if which == "next" else 0)
    return any(start <= d <= start + timedelta(days=6) for d in dates)
