"""Who may talk to the agent: segments, the word that starts, the word that goes to a human."""

from collections.abc import Set as AbstractSet

from domain.gate.context import GateContext
from domain.gate.decision import Decision, Disposition, FixedText, Label
from domain.gate.normalise import brand_form, keyword_form
from domain.gate.settings import (
    AudienceMode,
    AudienceSettings,
    GateSettings,
    IneligibleAction,
)
from domain.gate.verdicts import ignored, to_human


def holds_word(text: str, words: tuple[str, ...]) -> bool:
    """Tell whether a text holds one of a brand's words or phrases, as whole words."""
    form = f" {keyword_form(text)} "
    for word in words:
        wanted = keyword_form(word)
        if wanted and f" {wanted} " in form:
            return True
        if not wanted and brand_form(word) in text:
            return True
    return False


def equals_word(text: str, words: tuple[str, ...]) -> bool:
    """Tell whether a whole message is one of a brand's words."""
    form = brand_form(text)
    return bool(form) and any(form == brand_form(word) for word in words)


def why_ineligible(text: str, context: GateContext, audience: AudienceSettings) -> str | None:
    """Return the rule that keeps a person from the agent, None for an eligible one.

    The required word counts to start a conversation, not to continue one; segments are looked at
    for each text. Segments that can still be read keep nobody out here.

    Source: product.md R32 to R34.
    """
    if audience.mode is not AudienceMode.ALL:
        if context.segments is None:
            default = audience.on_unknown_membership
            if default == "ineligible" and not context.segments_readable:
                return "audience.membership_unknown"
        elif not is_inside(context.segments, audience):
            return f"audience.{audience.mode}"
    starts = not context.conversation_open
    if starts and audience.require_keyword and not holds_word(text, audience.require_keyword):
        return "audience.require_keyword"
    return None


def is_inside(segments: AbstractSet[str], audience: AudienceSettings) -> bool:
    """Return whether somebody in these segments belongs to the audience."""
    if audience.mode is AudienceMode.ALL:
        return True
    named = bool(segments & set(audience.segments))
    return named is (audience.mode is AudienceMode.ONLY_SEGMENTS)


def ineligible(rule: str, settings: GateSettings) -> Decision:
    """Return what a person outside the audience gets, as the brand has chosen.

    Source: product.md R36.
    """
    action = settings.audience.ineligible
    reason = "The contact is outside the brand's audience for the agent."
    if action is IneligibleAction.HELPDESK:
        return to_human(Label.INELIGIBLE, rule, reason)
    decision = ignored(Label.INELIGIBLE, rule, reason, 1.0)
    if action is IneligibleAction.FIXED_TEXT:
        return decision.model_copy(
            update={"disposition": Disposition.ANSWER, "fixed_text": FixedText.INELIGIBLE}
        )
    return decision
