"""The step that hears a wish for no more texts, and the words of the law."""

from domain.gate.context import GateContext
from domain.gate.decision import Decision, Disposition, Doubt, FixedText, Label, Layer
from domain.gate.opt_out.intent import find_opt_out
from domain.gate.opt_out.rule import Finding, Strength
from domain.gate.sensitive import find_danger, is_legal_threat
from domain.gate.settings import GateSettings
from domain.gate.verdicts import to_human


def check_consent(text: str, context: GateContext, settings: GateSettings) -> Decision | None:  # noqa: ARG001  (every step has one signature)
    """Opt out on a clear wish; hand over a legal threat without one."""
    finding = find_opt_out(text, context)
    legal = is_legal_threat(text)
    if finding is not None and finding.strength is Strength.HIT:
        return _opted_out(finding, text, context, legal=legal)
    if legal:
        return to_human(
            Label.LEGAL_THREAT,
            "legal.threat",
            "A lawyer, a court or a regulator is named: a human answers, no machine.",
            urgent=True,
        )
    return None


def opt_out_doubt(text: str, context: GateContext) -> Doubt | None:
    """Return the doubt that later steps carry on, None when opting out is not in question."""
    finding = find_opt_out(text, context)
    return Doubt.OPT_OUT if finding is not None and finding.strength is Strength.DOUBT else None


def _opted_out(finding: Finding, text: str, context: GateContext, *, legal: bool) -> Decision:
    danger = find_danger(text, context)
    label = Label.OPT_OUT_INTENT
    reason = "The text asks for no more texts."
    if finding.wrong_number:
        label = Label.WRONG_NUMBER
        reason = "The person says the brand has the wrong number."
    elif finding.with_question:
        label = Label.OPT_OUT_WITH_QUESTION
        reason = "The text asks for no more texts, and something else that a human answers."
    elif finding.scope == "marketing":
        label = Label.OPT_OUT_MARKETING
        reason = "The text asks for no more marketing texts."
    if legal:
        reason += " It also names a lawyer, a court or a regulator."
    fixed = danger.fixed_text if danger is not None else None
    return Decision(
        disposition=Disposition.OPT_OUT,
        label=label,
        reason=reason,
        layer=Layer.RULE,
        score=0.95,
        rule=finding.rule,
        scope=finding.scope,
        fixed_text=fixed or FixedText.STOP_CONFIRMATION,
        urgent=legal or danger is not None,
        language=finding.language,
    )
