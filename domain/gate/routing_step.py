"""Steps that choose who answers: a human, an automation, a fixed text, or the agent."""

from domain.gate.acknowledgement import is_assent, is_light, is_thanks
from domain.gate.context import GateContext
from domain.gate.decision import Decision, Disposition, FixedText, Label
from domain.gate.eligibility import holds_word, ineligible, why_ineligible
from domain.gate.loop import find_loop, over_rate
from domain.gate.normalise import is_blank, is_only_pictures
from domain.gate.sensitive import asks_for_human, find_danger
from domain.gate.settings import GateSettings
from domain.gate.topics import asks_if_bot, asks_only_if_bot, asks_who, barred_topic
from domain.gate.verdicts import answered, by_keyword, ignored, to_human


def check_suppressed(text: str, context: GateContext, settings: GateSettings) -> Decision | None:  # noqa: ARG001  (every step has one signature)
    """Send nothing to a contact that opted out; a human sees what needs one."""
    if not context.suppressed:
        return None
    if is_only_pictures(text) or is_thanks(text) or is_light(text) or is_assent(text):
        return ignored(
            Label.SUPPRESSED, "suppressed.small_talk", "Opted out, and nothing to answer.", 1.0
        )
    return to_human(
        Label.SUPPRESSED,
        "suppressed.text",
        "The contact has opted out: nothing is sent, a human may look.",
        urgent=find_danger(text, context) is not None,
    )


def check_danger(text: str, context: GateContext, settings: GateSettings) -> Decision | None:  # noqa: ARG001  (every step has one signature)
    """Hand over danger to life and children at once."""
    danger = find_danger(text, context)
    if danger is None:
        return None
    reason = {
        Label.SELF_HARM: "The text speaks of self-harm: safe answer, and a human at once.",
        Label.EMERGENCY: "The text speaks of danger to health or life: a human at once.",
    }.get(danger.label, "The person says they are under 13: a human takes over.")
    return to_human(
        danger.label, danger.rule, reason, urgent=danger.urgent, fixed_text=danger.fixed_text
    )


def check_owner(text: str, context: GateContext, settings: GateSettings) -> Decision | None:
    """Leave the text to an automation that waits, or to the human who owns the conversation."""
    if context.automation_waiting:
        return by_keyword(
            Disposition.AUTOMATION,
            Label.KEYWORD_AUTOMATION,
            "brand.automation_waiting",
            "A keyword automation waits for this answer.",
        )
    if context.handed_off:
        return to_human(
            Label.HANDED_OFF, "owner.human", "A human owns the conversation; the agent is silent."
        )
    if holds_word(text, settings.audience.exclude_keyword):
        return to_human(
            Label.EXCLUDED_KEYWORD,
            "audience.exclude_keyword",
            "The text holds a word that the brand sends straight to the helpdesk.",
        )
    return None


def check_limits(text: str, context: GateContext, settings: GateSettings) -> Decision | None:
    """Mute a loop, keep out who is not in the audience."""
    loop = find_loop(text, context, settings.limits)
    if loop is not None:
        decision = ignored(
            Label.LOOP, loop, "A machine seems to answer our machine: muted, with an alert.", 0.95
        )
        return decision.model_copy(update={"urgent": True})
    barrier = why_ineligible(text, context, settings.audience)
    return ineligible(barrier, settings) if barrier is not None else None


def check_rate(text: str, context: GateContext, settings: GateSettings) -> Decision | None:  # noqa: ARG001  (every step has one signature)
    """Hand over above the reply rate."""
    rate = over_rate(context, settings.limits)
    if rate is not None:
        return to_human(
            Label.RATE_LIMITED, rate, "The agent has answered too often: a human takes over."
        )
    return None


def check_fixed_answers(text: str, context: GateContext, settings: GateSettings) -> Decision | None:  # noqa: ARG001  (every step has one signature)
    """Give the answers that must not depend on a model."""
    if is_blank(text):
        fixed = None if context.conversation_open else FixedText.MEDIA_ONLY
        return answered(
            Label.MEDIA_ONLY, "media.only", "A picture without words.", fixed_text=fixed
        )
    if asks_for_human(text):
        return to_human(Label.HUMAN_REQUEST, "human.request", "The customer asks for a person.")
    if asks_if_bot(text):
        fixed = FixedText.BOT_DISCLOSURE if asks_only_if_bot(text) else None
        return answered(
            Label.BOT_QUESTION,
            "topic.bot_question",
            "The customer asks whether this is a machine; the truthful answer is fixed.",
            fixed_text=fixed,
        )
    if asks_who(text):
        return answered(
            Label.WHO_IS_THIS,
            "topic.who_is_this",
            "The customer asks who writes; the answer is fixed.",
            fixed_text=FixedText.WHO_IS_THIS,
        )
    topic = barred_topic(text)
    if topic is None:
        return None
    name, doubt = topic
    return answered(
        Label.QUESTION if doubt else Label.BARRED_TOPIC,
        f"topic.{name}",
        f"The text is about a topic barred on SMS: {name}."
        if doubt is None
        else f"The text may be about a topic barred on SMS: {name}.",
        doubt=doubt,
        fixed_text=None if doubt else FixedText.BARRED_TOPIC,
    )
