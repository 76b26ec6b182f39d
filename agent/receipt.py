"""Why a reply was allowed to go out; stored beside it."""

from agent.context import TurnContext
from agent.guardrails.finding import Finding, GuardrailReport
from agent.intent import Intent
from agent.templates import PROMPT_VERSION
from domain.facts import Fact
from domain.values import Recorded


class Receipt(Recorded):
    """The guardrails' verdict on one reply, and what it rests on.

    Attributes:
        intent: What the customer wanted, as the model read it.
        verdict: "passed" or "failed".
        findings: What spoke against it; empty for what was sent.
        facts: Facts the reply repeats: kind, value, source.
        model: The model that wrote it, by its own account where it gave one.
        prompt_version: Version of what it was told.
        segments: Segments of the body.
    """

    intent: Intent
    verdict: str
    findings: tuple[Finding, ...] = ()
    facts: tuple[Fact, ...] = ()
    model: str
    prompt_version: str
    segments: int


def write_receipt(
    report: GuardrailReport, context: TurnContext, intent: Intent, model: str, segments: int
) -> Receipt:
    """Return the receipt of one checked reply.

    Args:
        report: The guardrails' verdict.
        context: The turn.
        intent: As the model named it.
        model: The model by its own account, "" when it gave none.
        segments: Of the fitted body.
    """
    return Receipt(
        intent=intent,
        verdict="passed" if report.passed else "failed",
        findings=report.findings,
        facts=report.used,
        model=model or context.model,
        prompt_version=PROMPT_VERSION,
        segments=segments,
    )
