"""What a conversation is told about a text, for everything the gate can decide."""

from itertools import product
from typing import Literal

import pytest

from domain.escalation import EscalationReason
from domain.gate.decision import Decision, Disposition, FixedText, Label, Layer
from domain.handover import STARTS_CONVERSATION, Handover, decide_handover, escalation_reason

Scope = Literal["all", "marketing"]
D, H, L = Disposition, Handover, Label


def _decision(
    disposition: Disposition,
    label: Label = Label.QUESTION,
    *,
    scope: Scope | None = None,
    fixed_text: FixedText | None = None,
) -> Decision:
    return Decision(
        disposition=disposition,
        label=label,
        reason="A rule matched.",
        layer=Layer.RULE,
        score=1,
        rule="test",
        scope=scope,
        fixed_text=fixed_text,
    )


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        pytest.param(_decision(D.ANSWER), H.TURN, id="a question"),
        pytest.param(
            _decision(D.ANSWER, L.WHO_IS_THIS, fixed_text=FixedText.WHO_IS_THIS),
            None,
            id="answered word for word",
        ),
        pytest.param(_decision(D.HELPDESK, L.ABUSE), H.HANDOFF, id="a human's business"),
        pytest.param(_decision(D.OPT_OUT, L.STOP_KEYWORD, scope="all"), H.OPT_OUT, id="STOP"),
        pytest.param(_decision(D.OPT_OUT, L.STOP_KEYWORD), H.OPT_OUT, id="STOP without a scope"),
        pytest.param(
            _decision(D.OPT_OUT, L.OPT_OUT_MARKETING, scope="marketing"), None, id="marketing only"
        ),
        pytest.param(
            _decision(D.OPT_OUT, L.OPT_OUT_WITH_QUESTION, scope="all"),
            H.OPT_OUT_WITH_QUESTION,
            id="STOP and a question",
        ),
        pytest.param(
            _decision(D.OPT_OUT, L.OPT_OUT_WITH_QUESTION, scope="marketing"),
            None,
            id="no marketing, and a question",
        ),
        pytest.param(_decision(D.IGNORE, L.THANKS), H.THANKS, id="thanks"),
        pytest.param(_decision(D.IGNORE, L.SPAM), None, id="spam"),
        pytest.param(_decision(D.OPT_IN, L.START_KEYWORD), None, id="START"),
        pytest.param(_decision(D.HELP, L.HELP_KEYWORD), None, id="HELP"),
        pytest.param(_decision(D.AUTOMATION, L.KEYWORD_AUTOMATION), None, id="an automation's"),
    ],
)
def test_decide_handover_tells_the_conversation_what_concerns_it(
    decision: Decision, expected: Handover | None
) -> None:
    """A conversation hears of what it must act on, and of nothing else."""
    assert decide_handover(decision) is expected


@pytest.mark.parametrize(("disposition", "label"), product(D, L))
def test_decide_handover_silent_dispositions_never_make_a_turn(
    disposition: Disposition, label: Label
) -> None:
    """Only what is to be answered is answered, whatever its label."""
    found = decide_handover(_decision(disposition, label))

    assert (found is H.TURN) is (disposition is D.ANSWER)
    assert (found is H.HANDOFF) is (disposition is D.HELPDESK)


@pytest.mark.parametrize("label", L)
def test_decide_handover_full_opt_out_always_ends_the_conversation(label: Label) -> None:
    """No label makes an opt-out of everything pass unheard."""
    found = decide_handover(_decision(D.OPT_OUT, label, scope="all"))

    assert found in {H.OPT_OUT, H.OPT_OUT_WITH_QUESTION}


def test_only_what_needs_a_conversation_starts_one() -> None:
    """STOP or thanks from a stranger opens nothing."""
    assert {H.TURN, H.HANDOFF, H.OPT_OUT_WITH_QUESTION} == STARTS_CONVERSATION


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (L.EXCLUDED_KEYWORD, EscalationReason.EXCLUDED_KEYWORD),
        (L.OPT_OUT_UNCERTAIN, EscalationReason.OPT_OUT_REVIEW),
        (L.LEGAL_THREAT, EscalationReason.LEGAL),
        (L.EMERGENCY, EscalationReason.SAFETY),
        (L.SELF_HARM, EscalationReason.SAFETY),
        (L.UNDER_13, EscalationReason.SAFETY),
        (L.ABUSE, EscalationReason.COMPLAINT),
        (L.HUMAN_REQUEST, EscalationReason.CUSTOMER_ASKED),
        (L.RATE_LIMITED, EscalationReason.TOO_MANY_TEXTS),
        (L.INELIGIBLE, EscalationReason.OTHER),
        (L.MEDIA_ONLY, EscalationReason.OTHER),
    ],
)
def test_escalation_reason_says_why_a_text_goes_to_a_human(
    label: Label, expected: EscalationReason
) -> None:
    """The ticket says what the gate saw; what has no reason of its own is "other"."""
    assert escalation_reason(label) is expected
