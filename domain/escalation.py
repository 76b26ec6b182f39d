"""Why the word passes to a human, and which reasons no setting can turn off."""

from enum import StrEnum


class EscalationReason(StrEnum):
    """Why a conversation was handed off or closed out."""

    CUSTOMER_ASKED = "customer_asked"
    CANNOT_RESOLVE = "cannot_resolve"
    COMPLAINT = "complaint"
    LEGAL = "legal"
    SAFETY = "safety"
    PAYMENT = "payment"
    OTHER = "other"
    EXCLUDED_KEYWORD = "excluded_keyword"
    OPT_OUT_REVIEW = "opt_out_review"
    MODEL_UNAVAILABLE = "model_unavailable"
    GUARDRAIL = "guardrail"
    TOOL_LOOP = "tool_loop"
    NO_PROGRESS = "no_progress"
    TOO_MANY_TEXTS = "too_many_texts"
    SEND_UNCERTAIN = "send_uncertain"
    SEND_FAILED = "send_failed"
    SPEND_CAP = "spend_cap"
    TAKEN_OVER = "taken_over"


# These reach a human whatever the brand has chosen.
_ALWAYS_TO_A_HUMAN = frozenset(
    {EscalationReason.CUSTOMER_ASKED, EscalationReason.LEGAL, EscalationReason.SAFETY}
)

# The text that failed was ours: another one would fail, or double, the same way.
_WITHOUT_ACKNOWLEDGEMENT = frozenset(
    {
        EscalationReason.LEGAL,
        EscalationReason.SEND_UNCERTAIN,
        EscalationReason.SEND_FAILED,
        EscalationReason.TAKEN_OVER,
        EscalationReason.OPT_OUT_REVIEW,
    }
)


class HandoffMode(StrEnum):
    """What happens to what the agent cannot resolve."""

    HELPDESK = "helpdesk"
    CLOSEOUT = "closeout"


def decide_handoff(
    reason: EscalationReason, mode: HandoffMode, *, helpdesk_configured: bool
) -> HandoffMode:
    """Return where an escalation goes.

    Args:
        reason: Why the agent stops.
        mode: The brand's choice.
        helpdesk_configured: Whether there is a helpdesk to open a ticket in.

    Returns:
        `helpdesk` for what must always reach a human when there is one, else the brand's choice.
    """
    if not helpdesk_configured:
        return HandoffMode.CLOSEOUT
    if reason in _ALWAYS_TO_A_HUMAN:
        return HandoffMode.HELPDESK
    return mode


def is_acknowledged(reason: EscalationReason) -> bool:
    """Return whether the customer is told that a human will answer."""
    return reason not in _WITHOUT_ACKNOWLEDGEMENT
