"""Discount codes in a draft: only those the brand gave out."""

import re
from collections.abc import Iterator

from agent.guardrails.contacts import without_contacts
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.known import Known
from agent.guardrails.plain import Draft

_MIXED = re.compile(
    r"(?<![\w#/.-])(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{2,}[A-Z0-9](?![\w])"
)
_LOWER = re.compile(r"(?<![\w#/.-])[A-Za-z]{3,}\d{2,}\w*(?!\w)")
_NAMED = re.compile(
    r"(?i:\b(?:codes?|coupon|promo|voucher|c[oó]digo|gutschein)(?: code)?(?: is)?\s*[:=]?\s*)"
    r"[\"'(]?(?P<code>[A-Z][A-Z0-9-]{2,}|[\w-]*\d[\w-]*)"
)
_QUOTED = re.compile(r"(?i:\b(?:use|enter|apply|type)\s)[\"'](?P<code>[\w-]{3,})[\"']")
_SHOUTED = re.compile(r"(?i:\b(?:use|enter|apply|type|with)\s)(?P<code>[A-Z]{4,})\b")
_ORDINARY = frozenset("STOP HELP START AGENT ASAP USPS FEDEX ZIP".split())


def check_codes(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield whatever looks like a code and stands in no fact and no text of the brand.

    A code the customer mentions supports nothing: they would like it to work.
    """
    text = without_contacts(draft.text)
    given = {w for f in known.facts for w in _words(f.value)}
    given.update(w for t in known.texts for w in _words(t))
    found = [m.group() for p in (_MIXED, _LOWER) for m in p.finditer(text)]
    found += [m["code"] for p in (_NAMED, _QUOTED, _SHOUTED) for m in p.finditer(text)]
    for code in dict.fromkeys(found):
        if code.casefold() not in given and code not in _ORDINARY:
            yield finding(Rule.CODE, code)


def _words(text: str) -> list[str]:
    words = re.findall(r"[\w-]+", text.casefold())
    return [*words, *(part for w in words for part in w.split("-"))]
