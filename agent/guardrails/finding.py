"""What a guardrail reports."""

from enum import StrEnum

from domain.facts import Fact
from domain.values import Recorded

_EVIDENCE_CHARACTERS = 60


class Rule(StrEnum):
    """Which guardrail spoke."""

    AMOUNT = "amount"
    PERCENT = "percent"
    DURATION = "duration"
    TIME = "time"
    DATE = "date"
    NUMBER = "number"
    CODE = "code"
    ORDER = "order"
    ORDER_STATE = "order_state"
    PRODUCT = "product"
    STOCK = "stock"
    UNSUPPORTED = "unsupported"
    LINK = "link"
    PROMISE = "promise"
    OFFER = "offer"
    BARRED_TOPIC = "barred_topic"
    PERSONAL_DATA = "personal_data"
    TRUTHFULNESS = "truthfulness"
    BANNED_WORD = "banned_word"
    PROFANITY = "profanity"
    PARROT = "parrot"
    PROMPT_LEAK = "prompt_leak"
    ENCODING = "encoding"
    FORM = "form"
    SCRIPT = "script"


class Finding(Recorded):
    """One thing a draft may not say.

    Attributes:
        rule: The guardrail.
        evidence: The words at fault, at most 60 characters; masked for personal data.
    """

    rule: Rule
    evidence: str


class GuardrailReport(Recorded):
    """The verdict on one draft.

    Attributes:
        passed: Nothing was found.
        findings: All that was found, each once.
        used: The facts the draft rests on.
    """

    passed: bool
    findings: tuple[Finding, ...] = ()
    used: tuple[Fact, ...] = ()


def finding(rule: Rule, evidence: str) -> Finding:
    """Return a finding with its evidence cut to what can be shown in a line."""
    shown = "".join(c if c.isprintable() else "?" for c in evidence.strip())
    return Finding(rule=rule, evidence=shown[:_EVIDENCE_CHARACTERS])
