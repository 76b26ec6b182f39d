"""Every number in a text, as what it measures."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from agent.guardrails.finding import Rule

_NUM = r"\d+(?:[.,]\d+)*"
_CURRENCY = r"(?:us|ca|a|c|au)?\$|€|£|¥"
_UNITS = {
    "minute": 1, "minutes": 1, "min": 1, "mins": 1, "minuto": 1, "minutos": 1, "minuten": 1,
    "hour": 60, "hours": 60, "hr": 60, "hrs": 60, "hora": 60, "horas": 60, "heure": 60,
    "heures": 60, "stunde": 60, "stunden": 60,
    "day": 1440, "days": 1440, "dia": 1440, "dias": 1440, "jour": 1440, "jours": 1440,
    "tag": 1440, "tage": 1440, "tagen": 1440,
    "week": 10080, "weeks": 10080, "wk": 10080, "wks": 10080, "semana": 10080, "semanas": 10080,
    "semaine": 10080, "semaines": 10080, "woche": 10080, "wochen": 10080,
}  # fmt: skip
_MONTHS = {
    "month": 1, "months": 1, "mes": 1, "meses": 1, "mois": 1, "monat": 1, "monate": 1,
    "monaten": 1, "year": 12, "years": 12, "yr": 12, "yrs": 12, "ano": 12, "anos": 12, "an": 12,
    "ans": 12, "annee": 12, "annees": 12, "jahr": 12, "jahre": 12, "jahren": 12,
}  # fmt: skip
_UNIT = "|".join(sorted({*_UNITS, *_MONTHS}, key=len, reverse=True))
_WORDS_FOR_DOLLAR = r"usd|dollars?|bucks|dolares|dollar"

_PERCENT = re.compile(
    rf"({_NUM})\s?(?:%|percent\b|per cent\b|pct\b|por ciento\b|por cento\b|pour ?cent\b|prozent\b)"
)
_AMOUNT = re.compile(
    rf"(?P<before>{_CURRENCY}|\b(?:usd|eur|gbp|cad|aud|chf)\b)\s?(?P<low>{_NUM})"
    rf"(?:\s?-\s?(?:{_CURRENCY})?(?P<high>{_NUM}))?"
    rf"|(?P<value>{_NUM})\s?(?P<after>{_CURRENCY}|(?:{_WORDS_FOR_DOLLAR}|eur|euros?|gbp|pounds?|cad"
    rf"|aud|chf|cents?)\b)"
)
# A bare number that a price word makes a price.
_PRICED = re.compile(
    rf"\b(?:costs?|cost you|priced at|price is|price of|only pay|you pay|pay just|for only|for just"
    rf"|yours for|it for|have it at|discount of|cuesta|coute|kostet|custa)\s({_NUM})"
    rf"(?!\s?(?:{_UNIT})\b)|({_NUM})\s?off\b"
)
_TIME = re.compile(
    r"\b(?P<h12>\d{1,2})(?::(?P<m12>\d{2}))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<h24>[01]?\d|2[0-4]):(?P<m24>[0-5]\d)\b|\b(?P<h>[01]?\d|2[0-4])\s?(?:uhr|h)\b"
)
_DURATION = re.compile(
    rf"\b(?P<low>{_NUM})(?:\s?(?:-|to|or|and|a|bis|e|y|ou|und|oder)\s?(?P<high>{_NUM}))?"
    rf"(?:[\s-]|business|working|calendar|full|more|consecutive|school)*\b(?P<unit>{_UNIT})\b"
)
_NUMBER = re.compile(_NUM)


class Measure(NamedTuple):
    """One number: its rule, a comparable key, and the words it stands in."""

    rule: Rule
    key: tuple[str, ...]
    words: str


def parse_number(text: str) -> Decimal:
    """Return the value of "1,299.00", "89,00", "20,000" or "3.5".

    Args:
        text: Digits with commas and points; the last separator is decimal when two digits or one
            follow it, or when both kinds occur.
    """
    separators = [c for c in text if c in ".,"]
    if not separators:
        return Decimal(text)
    last = separators[-1]
    whole, _, rest = text.rpartition(last)
    both = len(set(separators)) == 2
    if len(separators) > 1 and not both:
        return Decimal(text.replace(last, ""))
    if both or len(rest) != 3:
        return Decimal(re.sub(r"[.,]", "", whole) + "." + rest)
    return Decimal(whole + rest)


def read_measures(text: str) -> list[Measure]:
    """Return the numbers of a folded text whose links and dates have been blanked."""
    found: list[Measure] = []
    for pattern, reader in (
        (_PERCENT, _percents),
        (_AMOUNT, _amounts),
        (_PRICED, _prices),
        (_TIME, _times),
        (_DURATION, _durations),
        (_NUMBER, _bare),
    ):
        for match in pattern.finditer(text):
            found.extend(reader(match))
        text = pattern.sub(lambda m: " " * len(m.group()), text)
    return found


def number_key(digits: str) -> tuple[str, ...]:
    """Return the key of a bare number, so that "1,042" and "1042" are the same."""
    return (str(parse_number(digits).normalize()),)


def _percents(match: re.Match[str]) -> Iterator[Measure]:
    yield Measure(Rule.PERCENT, number_key(match[1]), match.group())


def _amounts(match: re.Match[str]) -> Iterator[Measure]:
    sign = match["before"] or match["after"]
    for digits in (match["low"], match["high"], match["value"]):
        if digits:
            yield Measure(Rule.AMOUNT, amount_key(parse_number(digits), sign), match.group())


def amount_key(value: Decimal, sign: str) -> tuple[str, ...]:
    """Return the key of an amount: its value and one name for each currency."""
    sign = sign.strip()
    if sign.startswith("cent"):
        value, sign = value / 100, "$"
    if sign in {"us$"} or re.fullmatch(_WORDS_FOR_DOLLAR, sign):
        sign = "$"
    names = {"eur": "€", "euro": "€", "euros": "€", "gbp": "£", "pound": "£", "pounds": "£",
             "cad": "ca$", "c$": "ca$", "aud": "a$", "au$": "a$"}  # fmt: skip
    return (str(value.normalize()), names.get(sign, sign))


def _prices(match: re.Match[str]) -> Iterator[Measure]:
    yield Measure(Rule.AMOUNT, (*number_key(match[1] or match[2]), ""), match.group())


def _times(match: re.Match[str]) -> Iterator[Measure]:
    hours = int(match["h12"] or match["h24"] or match["h"])
    minutes = int(match["m12"] or match["m24"] or 0)
    if match["half"]:
        hours = hours % 12 + (12 if match["half"] == "p" else 0)
    yield Measure(Rule.TIME, (str(hours * 60 + minutes),), match.group())


def _durations(match: re.Match[str]) -> Iterator[Measure]:
    unit = match["unit"]
    base, factor = ("months", _MONTHS[unit]) if unit in _MONTHS else ("minutes", _UNITS[unit])
    ends = [str((parse_number(d) * factor).normalize()) for d in (match["low"], match["high"]) if d]
    yield Measure(Rule.DURATION, (base, *ends), match.group())


def _bare(match: re.Match[str]) -> Iterator[Measure]:
    yield Measure(Rule.NUMBER, number_key(match.group()), match.group())
