"""Calendar days in a text, however they are written."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_MONTH_TABLE = """
1 jan january enero ene janvier januar janeiro
2 feb february febrero fevrier februar fevereiro fev
3 mar march marzo mars marz marco
4 apr april abril abr avril avr
5 may mayo mai maio
6 jun june junio juin juni junho
7 jul july julio juillet juil juli julho
8 aug august agosto ago aout
9 sep sept september septiembre septembre setembro
10 oct october octubre octobre oktober okt outubro
11 nov november noviembre novembre novembro
12 dec december diciembre dic decembre dezember dez dezembro
"""
_MONTHS = {
    word: int(row.split()[0])
    for row in _MONTH_TABLE.strip().splitlines()
    for word in row.split()[1:]
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:,?\s*(?:de |del )?(?P<year>20\d\d))?"
_PATTERNS = (
    re.compile(r"\b(?P<year>20\d\d)[-/.](?P<month>0?[1-9]|1[0-2])[-/.](?P<day>\d{1,2})\b"),
    re.compile(
        rf"\b(?P<name>{_MONTH})\b\.?\s*(?:the )?{_DAY}(?:st|nd|rd|th)?\b"
        rf"(?:\s?(?:-|to|and|or)\s?(?P<until>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b)?{_YEAR}"
    ),
    re.compile(
        rf"\b{_DAY}(?:st|nd|rd|th|er|\.|o)?\s?(?:de |of |-)?\s?(?P<name>{_MONTH})\b\.?{_YEAR}"
    ),
    re.compile(r"\b(?P<first>\d{1,2})[/.](?P<second>\d{1,2})(?:[/.](?P<year>(?:20)?\d\d))\b"),
    re.compile(r"\b(?!24/7\b)(?P<first>\d{1,2})/(?P<second>\d{1,2})\b"),
    re.compile(r"\bthe (?P<ordinal>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)\b"),
)
WEEKDAYS = (
    ("monday", "lunes", "lundi", "montag", "segunda-feira"),
    ("tuesday", "martes", "mardi", "dienstag", "terca-feira"),
    ("wednesday", "miercoles", "mercredi", "mittwoch", "quarta-feira"),
    ("thursday", "jueves", "jeudi", "donnerstag", "quinta-feira"),
    ("friday", "viernes", "vendredi", "freitag", "sexta-feira"),
    ("saturday", "sabado", "samedi", "samstag"),
    ("sunday", "domingo", "dimanche", "sonntag"),
)
"""Monday first, as `date.weekday` counts."""


class Day(NamedTuple):
    """A day as written: unknown parts are None; `swapped` when day and month may be exchanged."""

    month: int | None
    day: int
    year: int | None
    words: str
    swapped: bool = False

    def is_on(self, other: date) -> bool:
        """Return whether a calendar day can be meant."""
        same = self._fits(self.month, self.day, other)
        crossed = self.swapped and self._fits(self.day, self.month or 0, other)
        return (same or crossed) and self.year in (None, other.year, other.year % 100)

    @staticmethod
    def _fits(month: int | None, day: int, other: date) -> bool:
        return day == other.day and month in (None, other.month)


def read_days(text: str) -> tuple[list[Day], str]:
    """Return the days written in a folded text, and the text with them blanked."""
    found: list[Day] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            found.extend(_days(match))
        text = pattern.sub(lambda m: " " * len(m.group()), text)
    return found, text


def dates_of(days: list[Day], today: date) -> Iterator[date]:
    """Yield the calendar days meant; without a year, the one nearest to today."""
    for written in days:
        years = (written.year,) if written.year else (today.year - 1, today.year, today.year + 1)
        if written.month is None:
            continue
        options = [d for y in years if (d := _calendar_day(y, written.month, written.day))]
        if options:
            yield min(options, key=lambda d: abs((d - today).days))


def _days(match: re.Match[str]) -> Iterator[Day]:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    if parts.get("ordinal"):
        yield Day(None, int(parts["ordinal"]), None, match.group())
        return
    if parts.get("first"):
        yield Day(int(parts["first"]), int(parts["second"]), year, match.group(), swapped=True)
        return
    month = _MONTHS[parts["name"]] if parts.get("name") else int(parts["month"])
    yield Day(month, int(parts["day"]), year, match.group())
    if parts.get("until"):
        yield Day(month, int(parts["until"]), year, match.group())


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None
