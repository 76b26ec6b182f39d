"""The verdict on one draft: every guardrail, in one fixed order."""

from collections.abc import Iterator

from agent.context import TurnContext
from agent.guardrails.barred import check_barred_topics
from agent.guardrails.codes import check_codes
from agent.guardrails.finding import Finding, GuardrailReport, Rule, finding
from agent.guardrails.form import check_encoding, check_form, check_script
from agent.guardrails.grounding import check_grounding
from agent.guardrails.known import Known, read_known
from agent.guardrails.leak import check_leak
from agent.guardrails.links import check_links
from agent.guardrails.orders import check_orders
from agent.guardrails.parrot import check_parrot
from agent.guardrails.personal_data import check_personal_data
from agent.guardrails.plain import Draft, read_draft
from agent.guardrails.products import check_products
from agent.guardrails.promises import check_promises
from agent.guardrails.truthfulness import check_truthfulness
from agent.guardrails.unsupported import check_unsupported
from agent.guardrails.used import facts_used
from agent.guardrails.wording import check_wording
from agent.intent import Intent

MAX_DRAFT_CHARACTERS = 800
"""More than four segments, the most any brand allows: refused before anything reads it."""

_MAX_FINDINGS = 12


def check_draft(draft: str, context: TurnContext, intent: Intent | None = None) -> GuardrailReport:
    """Return whether a draft may go out, and all that speaks against it.

    Args:
        draft: The model's words, before fitting.
        context: The turn: brand, facts, what was said.
        intent: What the model says the customer wants; None leaves out the one rule that
            depends on it.
    """
    if len(draft) > MAX_DRAFT_CHARACTERS:
        return GuardrailReport(passed=False, findings=(finding(Rule.FORM, "too long to be sent"),))
    read, known = read_draft(draft), read_known(context)
    findings = tuple(dict.fromkeys(_findings(read, known, context, intent)))[:_MAX_FINDINGS]
    return GuardrailReport(
        passed=not findings, findings=findings, used=() if findings else facts_used(read, known)
    )


def _findings(
    draft: Draft, known: Known, context: TurnContext, intent: Intent | None
) -> Iterator[Finding]:
    yield from check_encoding(draft)
    yield from check_form(draft)
    yield from check_script(draft, context)
    yield from check_links(draft, known, context)
    yield from check_personal_data(draft, known, context)
    yield from check_truthfulness(draft, context)
    yield from check_leak(draft, context)
    yield from check_parrot(draft, known, context)
    yield from check_barred_topics(draft, known)
    yield from check_wording(draft, context)
    yield from check_grounding(draft, known)
    yield from check_codes(draft, known)
    yield from check_orders(draft, known)
    yield from check_products(draft, known)
    yield from check_promises(draft, known)
    yield from check_unsupported(draft, known, context, intent)
