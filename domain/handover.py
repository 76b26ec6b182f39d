"""What a conversation is told about an inbound message, once the gate has decided."""

from enum import StrEnum

from domain.escalation import EscalationReason
from domain.gate.decision import Decision, Disposition, Label


class Handover(StrEnum):
    """How a message concerns the contact's conversation.

    TURN is to be answered; HANDOFF goes to a human without an answer; OPT_OUT_WITH_QUESTION ends
    the conversation and gives the question to a human; OPT_OUT ends it; THANKS shortens its wait.
    """

    TURN = "turn"
    HANDOFF = "handoff"
    OPT_OUT_WITH_QUESTION = "opt_out_with_question"
    OPT_OUT = "opt_out"
    THANKS = "thanks"


STARTS_CONVERSATION = frozenset({Handover.TURN, Handover.HANDOFF, Handover.OPT_OUT_WITH_QUESTION})
"""The others matter only to a conversation that is open."""

_REASONS = {
    Label.EXCLUDED_KEYWORD: EscalationReason.EXCLUDED_KEYWORD,
    Label.OPT_OUT_UNCERTAIN: EscalationReason.OPT_OUT_REVIEW,
    Label.LEGAL_THREAT: EscalationReason.LEGAL,
    Label.EMERGENCY: EscalationReason.SAFETY,
    Label.SELF_HARM: EscalationReason.SAFETY,
    Label.UNDER_13: EscalationReason.SAFETY,
    Label.ABUSE: EscalationReason.COMPLAINT,
    Label.HUMAN_REQUEST: EscalationReason.CUSTOMER_ASKED,
    Label.RATE_LIMITED: EscalationReason.TOO_MANY_TEXTS,
    Label.HANDED_OFF: EscalationReason.TAKEN_OVER,
}


def decide_handover(decision: Decision) -> Handover | None:
    """Return what the conversation is told, None when it is none of its business.

    Args:
        decision: The gate's verdict.

    Returns:
        The handover. A text answered word for word by the brand's fixed text needs no turn. A
        text in doubt is brought to the conversation, which has the model settle it first; only
        danger does not wait for that.
    """
    if decision.doubt is not None and not decision.urgent:
        return Handover.TURN
    match decision.disposition:
        case Disposition.ANSWER:
            return None if decision.fixed_text else Handover.TURN
        case Disposition.HELPDESK:
            return Handover.HANDOFF
        case Disposition.OPT_OUT if decision.scope == "marketing":
            return None
        case Disposition.OPT_OUT if decision.label is Label.OPT_OUT_WITH_QUESTION:
            return Handover.OPT_OUT_WITH_QUESTION
        case Disposition.OPT_OUT:
            return Handover.OPT_OUT
        case Disposition.IGNORE if decision.label is Label.THANKS:
            return Handover.THANKS
        case _:
            return None


def escalation_reason(label: Label) -> EscalationReason:
    """Return why a message that the gate sent to the helpdesk goes there."""
    return _REASONS.get(label, EscalationReason.OTHER)
