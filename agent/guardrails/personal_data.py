"""Other people's data in a draft: addresses, numbers, secrets; the brand's own may stand."""

import re
from collections.abc import Iterator

from agent.context import TurnContext
from agent.guardrails.contacts import EMAIL, PHONE, without_links
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.known import Known
from agent.guardrails.plain import Draft, fold, plain
from domain.redaction import redact

_STREET = re.compile(
    r"\b\d{1,5}[a-z]? (?:(?:[nsew]|north|south|east|west)\.? )?"
    r"(?:(?!(?:is|are|was|on|in|its|the|your|a|of|by|to|and|for|with|has)\b)[a-z0-9'.-]+ ){1,3}"
    r"(?:st|street|ave|avenue|rd|road|blvd|boulevard|ln|lane|dr|drive|ct|court|way|pl|place|row"
    r"|terrace|ter|parkway|pkwy|highway|hwy|circle|cir|square|sq|calle|rue|strasse|rua)\b"
)
_APARTMENT = re.compile(r"\b(?:apt|apartment|unit|suite|p\.?o\.? box)\.? ?#?\d+\w?\b")


def check_personal_data(draft: Draft, known: Known, context: TurnContext) -> Iterator[Finding]:
    """Yield e-mail addresses, phone numbers, street addresses and secrets not of the brand.

    The evidence names the kind only, so that it can be stored.
    """
    text = without_links(draft.text)
    if redact(text).kinds:
        yield finding(Rule.PERSONAL_DATA, "card number or secret")
    brands = fold(" ".join(plain(t) for t in known.texts))
    if any(fold(m.group()).replace(" ", "") not in brands for m in EMAIL.finditer(text)):
        yield finding(Rule.PERSONAL_DATA, "e-mail address")
    numbers = {_digits(s.number) for s in context.brand.senders}
    own = numbers | {_digits(m.group()) for t in known.texts for m in PHONE.finditer(t)}
    if any(not _is_own(_digits(m.group()), own) for m in PHONE.finditer(text)):
        yield finding(Rule.PERSONAL_DATA, "phone number")
    folded = fold(text)
    for pattern in (_STREET, _APARTMENT):
        if any(m.group() not in brands for m in pattern.finditer(folded)):
            yield finding(Rule.PERSONAL_DATA, "street address")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_own(digits: str, own: set[str]) -> bool:
    return any(digits in (o, o[-10:]) or digits.endswith(o[-10:]) for o in own if len(o) >= 9)
