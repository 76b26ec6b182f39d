"""Where an escalation goes, and whether the customer is told."""

from itertools import product

import pytest

from domain.escalation import EscalationReason, HandoffMode, decide_handoff, is_acknowledged

ALWAYS = {EscalationReason.CUSTOMER_ASKED, EscalationReason.LEGAL, EscalationReason.SAFETY}
SILENT = {
    EscalationReason.LEGAL,
    EscalationReason.SEND_UNCERTAIN,
    EscalationReason.SEND_FAILED,
    EscalationReason.TAKEN_OVER,
    EscalationReason.OPT_OUT_REVIEW,
}


@pytest.mark.parametrize(("reason", "mode"), product(EscalationReason, HandoffMode))
def test_decide_handoff_without_a_helpdesk_closes_out(
    reason: EscalationReason, mode: HandoffMode
) -> None:
    """A ticket that nobody can open helps nobody."""
    assert decide_handoff(reason, mode, helpdesk_configured=False) is HandoffMode.CLOSEOUT


@pytest.mark.parametrize(("reason", "mode"), product(EscalationReason, HandoffMode))
def test_decide_handoff_with_a_helpdesk_is_the_brands_choice_but_for_three(
    reason: EscalationReason, mode: HandoffMode
) -> None:
    """Who asks for a human, threatens with law, or is in danger reaches a human in any case."""
    expected = HandoffMode.HELPDESK if reason in ALWAYS else mode

    assert decide_handoff(reason, mode, helpdesk_configured=True) is expected


@pytest.mark.parametrize("reason", EscalationReason)
def test_is_acknowledged_unless_our_own_text_is_the_trouble(reason: EscalationReason) -> None:
    """Another text after a failed one would fail the same way, and lawyers get no chat."""
    assert is_acknowledged(reason) is (reason not in SILENT)
