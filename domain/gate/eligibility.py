"""Who may talk to the agent: segments, the word that starts, the word that goes to a human."""

from domain.gate.context import GateContext
from domain.gate.normalise import brand_form, keyword_form
from domain.gate.settings import AudienceMode, AudienceSettings


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
    for each text.

    Source: product.md R32 to R34.
    """
    if audience.mode is not AudienceMode.ALL:
        if context.segments is None:
            if audience.on_unknown_membership == "ineligible":
                return "audience.membership_unknown"
        else:
            inside = bool(context.segments.intersection(audience.segments))
            if inside is not (audience.mode is AudienceMode.ONLY_SEGMENTS):
                return f"audience.{audience.mode}"
    starts = not context.conversation_open
    if starts and audience.require_keyword and not holds_word(text, audience.require_keyword):
        return "audience.require_keyword"
    return None
