"""What one answer of the model comes to: tools, a draft, another try, or a human."""

import re

from agent.answer import AgentAnswer, parse_answer
from agent.attempts import SHORTER, is_last_attempt, was_asked_for_less
from agent.context import TurnContext
from agent.fitting import Fitted, TooLong, fit
from agent.guardrails.check import check_draft
from agent.guardrails.finding import Finding, GuardrailReport
from agent.intent import needs_shop
from agent.outcome import (
    CheckedCall,
    Draft,
    Escalate,
    Rejected,
    RejectionCode,
    SecondSegmentReason,
    Step,
    ToolCalls,
)
from agent.receipt import write_receipt
from agent.tool_step import decide_tool_step, intent_so_far
from domain.escalation import EscalationReason
from domain.facts import FactKind
from domain.gsm7 import is_gsm7
from domain.segments import normalise
from providers.llm.base import AgentSaid, Finish, Instruction, ModelItem, ModelReply

__all__ = [
    "CheckedCall", "Draft", "Escalate", "Rejected", "RejectionCode", "SecondSegmentReason", "Step",
    "ToolCalls", "decide_step",
]  # fmt: skip

_ECHO_CHARACTERS = 600

_ASK_AGAIN = {
    RejectionCode.UNREADABLE: (
        'Your answer was rejected: it was not one JSON object with "intent" and "reply". Try again.'
    ),
    RejectionCode.EMPTY: "Your answer was rejected: the reply was empty. Try again.",
    RejectionCode.CUT_OFF: "Your answer was rejected: it was cut off. Use one short sentence.",
    RejectionCode.REFUSED: (
        "Your answer was rejected: it was a refusal. Say in one sentence what you can help with, "
        "or call escalate."
    ),
}


def decide_step(reply: ModelReply, context: TurnContext) -> Step:
    """Return what becomes of one answer; no text of a model goes out but through here.

    Args:
        reply: The model's answer, unverified.
        context: The turn it was given for.

    Returns:
        Tools to run, a checked and fitted reply, one more try, or an escalation. Never raises,
        whatever the model wrote.
    """
    if reply.finish is Finish.LENGTH:
        return _send_back(RejectionCode.CUT_OFF, context)
    if reply.finish is Finish.REFUSED:
        return _send_back(RejectionCode.REFUSED, context)
    if reply.tool_calls:
        return decide_tool_step(reply, context)
    answer = parse_answer(reply.text)
    if not reply.text.strip() or (answer is not None and not answer.reply.strip()):
        return _send_back(RejectionCode.EMPTY, context)
    if answer is None:
        return _send_back(RejectionCode.UNREADABLE, context)
    return _judge(answer, reply, context)


def _judge(answer: AgentAnswer, reply: ModelReply, context: TurnContext) -> Step:
    if needs_shop(answer.intent) and not context.shop_configured:
        return _without_shop(answer)
    report = check_draft(answer.reply, context, answer.intent)
    if not report.passed:
        return _refuse_draft(answer, report, context)
    return _fit_draft(answer, report, reply.model, context)


def _without_shop(answer: AgentAnswer) -> Escalate:
    """Hand over what only a shop could answer: asking for an order number would be a pretence."""
    return Escalate(
        reason=EscalationReason.CANNOT_RESOLVE,
        summary="No shop is connected: orders and products cannot be looked up.",
        intent=answer.intent,
    )


def _fit_draft(
    answer: AgentAnswer, report: GuardrailReport, model: str, context: TurnContext
) -> Draft | Rejected | Escalate:
    brand, first = context.brand, context.first_reply
    reason: SecondSegmentReason | None = None
    fitted = fit(answer.reply, brand, first_reply=first)
    if isinstance(fitted, TooLong) and was_asked_for_less(context):
        reason = _second_segment_reason(answer.reply, context)
        if reason is not None:
            wider = fit(
                answer.reply, brand, first_reply=first, max_segments=brand.limits.max_segments
            )
            fitted = wider if isinstance(wider, Fitted) else fitted
    if isinstance(fitted, TooLong):
        return _ask_for_less(answer, fitted, context)
    return Draft(
        body=fitted.body,
        intent=answer.intent,
        segments=fitted.segments,
        reason_for_second_segment=reason if fitted.segments > 1 else None,
        receipt=write_receipt(report, context, answer.intent, model, fitted.segments),
    )


def _ask_for_less(
    answer: AgentAnswer, fitted: TooLong, context: TurnContext
) -> Rejected | Escalate:
    """Ask for fewer words: once as its own chance, again only if no other try was used."""
    if was_asked_for_less(context) and is_last_attempt(context):
        return _give_up(RejectionCode.TOO_LONG, context)
    asked = SHORTER.format(characters=fitted.characters_allowed)
    return Rejected(code=RejectionCode.TOO_LONG, items=(_echo(answer), Instruction(text=asked)))


def _refuse_draft(
    answer: AgentAnswer, report: GuardrailReport, context: TurnContext
) -> Rejected | Escalate:
    if is_last_attempt(context):
        return _give_up(RejectionCode.GUARDRAIL, context, report.findings)
    said = "; ".join(f"{f.rule} ({f.evidence})" for f in report.findings[:4])
    asked = (
        f"Your draft was rejected and not sent: {said}. Write it again with nothing that the tool "
        "results do not say, or call escalate."
    )
    return Rejected(
        code=RejectionCode.GUARDRAIL,
        items=(_echo(answer), Instruction(text=asked)),
        findings=report.findings,
    )


def _send_back(code: RejectionCode, context: TurnContext) -> Rejected | Escalate:
    if is_last_attempt(context):
        return _give_up(code, context)
    return Rejected(code=code, items=(Instruction(text=_ASK_AGAIN[code]),))


def _give_up(
    code: RejectionCode, context: TurnContext, findings: tuple[Finding, ...] = ()
) -> Escalate:
    return Escalate(
        reason=EscalationReason.GUARDRAIL,
        summary=f"No reply passed the checks ({code}).",
        intent=intent_so_far(context),
        findings=findings,
    )


def _second_segment_reason(text: str, context: TurnContext) -> SecondSegmentReason | None:
    if "https://" in text:
        return SecondSegmentReason.NEEDED_LINK
    asked = sum(t.count("?") + t.count("\uff1f") for t in context.batch)
    if asked >= 2 or len(context.batch) >= 2:
        return SecondSegmentReason.SEVERAL_QUESTIONS
    letters = [c for c in text if c.isalpha()]
    foreign = sum(not is_gsm7(c) for c in letters)
    if foreign * 4 > len(letters):
        return SecondSegmentReason.ALPHABET
    return SecondSegmentReason.BRANDS_WORDING if _is_quoted(text, context) else None


def _is_quoted(text: str, context: TurnContext) -> bool:
    """Return whether every sentence of a reply stands word for word in one passage."""
    passages = [normalise(f.value) for f in context.facts if f.kind is FactKind.PASSAGE]
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", normalise(text).strip()) if s]
    return any(all(s in passage for s in sentences) for passage in passages)


def _echo(answer: AgentAnswer) -> ModelItem:
    """Return the draft for the model to mend: cleaned, since it goes into a request again."""
    units = answer.reply.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    text = "".join(c for c in units if c.isprintable() or c == "\n")[:_ECHO_CHARACTERS]
    return AgentSaid(text=text or "...")
