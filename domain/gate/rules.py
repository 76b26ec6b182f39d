"""The rule layer of the gate: one decision for any text, in a fixed order, without a model."""

from collections.abc import Callable

from domain.gate.consent_step import check_consent, opt_out_doubt
from domain.gate.context import GateContext
from domain.gate.decision import Decision, Disposition, Doubt, Label, Layer
from domain.gate.keyword_step import check_brand_words, check_keyword, check_sender
from domain.gate.membership import is_membership_open, left_open
from domain.gate.noise_step import check_machines, check_raw_noise, check_small_talk
from domain.gate.normalise import bounded
from domain.gate.question import agent_asks
from domain.gate.routing_step import (
    check_danger,
    check_fixed_answers,
    check_limits,
    check_owner,
    check_rate,
    check_suppressed,
)
from domain.gate.settings import GateSettings
from domain.gate.spam import find_spam
from domain.gate.verdicts import answered, ignored, to_human

Step = Callable[[str, GateContext, GateSettings], Decision | None]

STEPS: tuple[Step, ...] = (
    check_sender,
    check_keyword,
    check_raw_noise,
    check_consent,
    check_brand_words,
    check_suppressed,
    check_danger,
    check_owner,
    check_small_talk,
    check_machines,
    check_limits,
)
"""Source: sms.md 7.4. Keywords come before noise, so that noise never hides one; reactions come
before opt-out intent, because they quote our own "Reply STOP"; emoji, thanks and spam come after
the brand's words and waiting automations, because there they are answers, and before the audience,
because silence is right for everyone."""

MEMBER_STEPS: tuple[Step, ...] = (check_rate, check_fixed_answers)
"""What only members of the audience come to."""

_SETTLED_FOR_GOOD = frozenset({Label.SUPPRESSED, Label.LEGAL_THREAT, Label.LOOP})


def decide(text: str, context: GateContext, settings: GateSettings) -> Decision:
    """Decide what happens to one inbound text.

    Args:
        text: The body as received, redacted or not; any string.
        context: What is known beside the words.
        settings: The brand's gate settings.

    Returns:
        Exactly one decision. With a `doubt` the model is to be asked, and the disposition is what
        happens otherwise. With `membership_open` it is what a member of the audience gets.
    """
    text = bounded(text)
    for step in STEPS:
        decision = step(text, context, settings)
        if decision is not None:
            return _doubted(_owned(decision, context), text, context)
    decision = _owned(_for_members(text, context, settings), context)
    if is_membership_open(context, settings.audience):
        decision = left_open(decision)
    return _doubted(decision, text, context)


def _for_members(text: str, context: GateContext, settings: GateSettings) -> Decision:
    for step in MEMBER_STEPS:
        decision = step(text, context, settings)
        if decision is not None:
            return decision
    return _agent_answers(text, context)


def _owned(decision: Decision, context: GateContext) -> Decision:
    """Keep early answers (a reaction, a "cancel") from who opted out or talks to a human."""
    if decision.disposition is not Disposition.ANSWER:
        return decision
    if context.suppressed:
        return ignored(
            Label.SUPPRESSED, "suppressed.answer", "Opted out: nothing of ours is open to answer."
        )
    if context.handed_off:
        return to_human(
            Label.HANDED_OFF, "owner.human", "A human owns the conversation; the agent is silent."
        )
    return decision


def _agent_answers(text: str, context: GateContext) -> Decision:
    spam = find_spam(text, context)
    if agent_asks(context):
        return answered(
            Label.ANSWER_TO_AGENT, "answer.open_question", "An answer to the agent's open question."
        )
    return answered(
        Label.QUESTION,
        "answer.default",
        "No rule holds it back: the agent answers.",
        doubt=spam.doubt if spam is not None else None,
    )


def _doubted(decision: Decision, text: str, context: GateContext) -> Decision:
    """Carry a doubt about an opt-out into whatever later steps decided."""
    carries = {Disposition.ANSWER, Disposition.IGNORE, Disposition.HELPDESK}
    settled = decision.label in _SETTLED_FOR_GOOD or decision.layer is Layer.KEYWORD
    if decision.disposition not in carries or settled:
        return decision
    if not _could_hide_an_opt_out(decision):
        return decision
    doubt = opt_out_doubt(text, context)
    if doubt is None:
        return decision
    return decision.model_copy(update={"doubt": Doubt.OPT_OUT, "score": min(decision.score, 0.6)})


def _could_hide_an_opt_out(decision: Decision) -> bool:
    if decision.disposition is not Disposition.IGNORE:
        return True
    return decision.label in {Label.ABUSE, Label.EMOJI_ONLY, Label.INELIGIBLE}
