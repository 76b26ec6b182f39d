"""Segment membership that is not known when a text comes in, and is read before it is answered."""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from domain.gate.context import GateContext
from domain.gate.decision import Decision, Disposition, Doubt
from domain.gate.eligibility import ineligible, is_inside
from domain.gate.settings import AudienceMode, AudienceSettings, GateSettings

FRESH_FOR = timedelta(minutes=5)
"""How long a membership read elsewhere counts. Source: product.md R33."""

_GOES_ON = frozenset({Disposition.ANSWER, Disposition.HELPDESK})


def is_fresh(refreshed_at: datetime, now: datetime) -> bool:
    """Return whether a membership read then still counts."""
    return now - refreshed_at <= FRESH_FOR


def known_segments(
    own: AbstractSet[str], outside: AbstractSet[str] | None, audience: AudienceSettings
) -> frozenset[str] | None:
    """Return a contact's segments as far as the audience depends on them.

    Args:
        own: Segments that the brand keeps here.
        outside: Segments of the marketing platform; None when they are not known freshly.
        audience: The brand's audience.

    Returns:
        None when what is not known could change who is eligible.
    """
    if outside is not None:
        return frozenset(own | outside)
    return frozenset(own) if own & set(audience.segments) else None


def is_membership_open(context: GateContext, audience: AudienceSettings) -> bool:
    """Return whether membership decides, is not known, and can be read before the answer."""
    matters = audience.mode is not AudienceMode.ALL
    return matters and context.segments is None and context.segments_readable


def left_open(decision: Decision) -> Decision:
    """Return a decision that holds for a member of the audience, membership still to be read."""
    update: dict[str, object] = {"membership_open": True}
    if decision.doubt is None:
        update["doubt"] = Doubt.MEMBERSHIP
    return decision.model_copy(update=update)


def decide_with_membership(
    decision: Decision, segments: AbstractSet[str] | None, settings: GateSettings
) -> Decision:
    """Settle a decision whose membership was open; no model is asked for this.

    Args:
        decision: What holds for a member of the audience; every other doubt is settled.
        segments: The contact's segments; None when they cannot be read.
        settings: The brand's gate settings.

    Returns:
        A decision without a doubt about membership. An opt-out, silence, or a text parked as a
        possible opt-out is the same for everyone.
    """
    if not decision.membership_open:
        return decision
    doubt = None if decision.doubt is Doubt.MEMBERSHIP else decision.doubt
    settled = decision.model_copy(update={"membership_open": False, "doubt": doubt})
    if decision.disposition not in _GOES_ON or decision.scope is not None:
        return settled
    audience = settings.audience
    if segments is None:
        eligible = audience.on_unknown_membership == "eligible"
        why = (
            "Segment membership could not be read: the contact counts as "
            f"{audience.on_unknown_membership}, as the brand has set."
        )
        rule = "audience.membership_unknown"
    else:
        eligible = is_inside(segments, audience)
        why = "Its segments were read: the contact belongs to the audience."
        rule = f"audience.{audience.mode}"
    if eligible:
        return settled.model_copy(update={"reason": f"{decision.reason} {why}"})
    barred = ineligible(rule, settings)
    if segments is None:
        barred = barred.model_copy(update={"reason": f"{barred.reason} {why}"})
    return barred
