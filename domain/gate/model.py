"""How the model's word on a doubtful text is merged into the rules' decision."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from domain.gate.decision import Decision, Disposition, Doubt, FixedText, Label, Layer
from domain.gate.settings import GateSettings
from domain.values import Recorded

OPT_OUT_FROM = 0.5
UNCERTAIN_FROM = 0.2
NOISE_FROM = 0.8
SPAM_FROM = 0.9
BARRED_FROM = 0.5
"""A false opt-out costs one START, a missed one may cost a lawsuit; a real question that is ignored
costs a customer. The thresholds lean accordingly (sms.md 7.3)."""


class ModelKind(StrEnum):
    """What the model says a text is."""

    OPT_OUT = "opt_out"
    WRONG_NUMBER = "wrong_number"
    NOISE = "noise"
    SPAM = "spam"
    BARRED_TOPIC = "barred_topic"
    QUESTION = "question"


class ModelVerdict(Recorded):
    """The model's classification of one text, in a strict schema.

    Attributes:
        kind: What the text is.
        scope: How far an opt-out reaches; `email` is none of texts.
        confidence: 0 to 1, in `kind`.
    """

    kind: ModelKind
    scope: Literal["all", "marketing", "email", "unknown"] = "unknown"
    confidence: float = Field(ge=0, le=1)


def decide_after_model(
    decision: Decision, verdict: ModelVerdict, settings: GateSettings
) -> Decision:
    """Merge the model's classification into a doubtful decision.

    Args:
        decision: What the rules decided, with its doubt.
        verdict: What the model says.
        settings: The brand's gate settings.

    Returns:
        A decision of layer `model` without a doubt. Without a doubt the rules' decision stands.
    """
    if decision.doubt is None:
        return decision
    asks_out = verdict.kind in {ModelKind.OPT_OUT, ModelKind.WRONG_NUMBER}
    if asks_out and verdict.scope != "email" and verdict.confidence >= UNCERTAIN_FROM:
        return _opt_out(decision, verdict)
    update: dict[str, object] = {
        "layer": Layer.MODEL,
        "doubt": None,
        "score": verdict.confidence,
        "rule": f"model.{verdict.kind}",
        "reason": f"The model reads it as {verdict.kind.replace('_', ' ')}; the rules' answer "
        "stands.",
    }
    if decision.disposition is Disposition.ANSWER:
        update |= _other_than_answer(decision, verdict)
    del settings
    return decision.model_copy(update=update)


def decide_without_model(decision: Decision, why: str = "The model cannot be reached") -> Decision:
    """Return what happens to a doubtful text when the model is not asked.

    A text that may be an opt-out is parked with a human, and marketing pauses; every other doubt
    falls back to the rules.

    Args:
        decision: The rules' verdict.
        why: Beginning of the sentence that says why the model is not asked.
    """
    if decision.doubt is None:
        return decision
    if decision.doubt is Doubt.OPT_OUT:
        return _uncertain(decision, f"{why}, and the text may be an opt-out.")
    return decision.model_copy(
        update={
            "doubt": None,
            "reason": f"{decision.reason} {why}; rules alone decided.",
        }
    )


def _opt_out(decision: Decision, verdict: ModelVerdict) -> Decision:
    if verdict.confidence < OPT_OUT_FROM:
        uncertain = _uncertain(decision, "The model is not sure whether this is an opt-out.")
        return uncertain.model_copy(
            update={"layer": Layer.MODEL, "score": verdict.confidence, "rule": "model.uncertain"}
        )
    marketing = verdict.scope == "marketing"
    label = Label.OPT_OUT_MARKETING if marketing else Label.OPT_OUT_INTENT
    if verdict.kind is ModelKind.WRONG_NUMBER:
        label = Label.WRONG_NUMBER
    return decision.model_copy(
        update={
            "disposition": Disposition.OPT_OUT,
            "label": label,
            "reason": "The model reads the text as a wish for no more texts.",
            "layer": Layer.MODEL,
            "score": verdict.confidence,
            "rule": f"model.{verdict.kind}",
            "doubt": None,
            "scope": "marketing" if marketing else "all",
            "fixed_text": FixedText.STOP_CONFIRMATION,
        }
    )


def _uncertain(decision: Decision, reason: str) -> Decision:
    return decision.model_copy(
        update={
            "disposition": Disposition.HELPDESK,
            "label": Label.OPT_OUT_UNCERTAIN,
            "reason": f"{reason} A human looks; marketing pauses meanwhile.",
            "doubt": None,
            "scope": "marketing",
            "fixed_text": None,
        }
    )


def _other_than_answer(decision: Decision, verdict: ModelVerdict) -> dict[str, object]:
    if verdict.kind is ModelKind.NOISE and verdict.confidence >= NOISE_FROM:
        label = decision.label if decision.label is not Label.QUESTION else Label.GIBBERISH
        return _silent(label, "The model reads it as noise.")
    if verdict.kind is ModelKind.SPAM and verdict.confidence >= SPAM_FROM:
        return _silent(Label.SPAM, "The model reads it as spam.")
    if verdict.kind is ModelKind.BARRED_TOPIC and verdict.confidence >= BARRED_FROM:
        return {
            "label": Label.BARRED_TOPIC,
            "fixed_text": FixedText.BARRED_TOPIC,
            "reason": "The model reads it as about a topic barred on SMS.",
        }
    return {}


def _silent(label: Label, reason: str) -> dict[str, object]:
    return {
        "disposition": Disposition.IGNORE,
        "label": label,
        "reason": reason,
        "fixed_text": None,
    }
