"""Membership that is read after the rules have decided (R33, R36)."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.gate.decision import Decision, Disposition, Doubt, FixedText, Label, Layer
from domain.gate.membership import decide_with_membership, is_fresh, known_segments
from domain.gate.model import ModelKind, ModelVerdict, decide_after_model, decide_without_model
from domain.gate.settings import AudienceMode, AudienceSettings, GateSettings, IneligibleAction
from domain.handover import Handover, decide_handover
from tests.unit.gate.given import NOW, after, gate

QUESTION = "Where is my order?"
TEXTS = (
    QUESTION, "", "hi", "are you a bot?", "I want a human", "STOP", "stop texting me", "thanks",
    "do you sell weed?", "can you text me less maybe?", "👍", "style me", "my house is on fire",
)  # fmt: skip
UNKNOWN = after(segments=None, segments_readable=True)
SOME = (AudienceMode.ONLY_SEGMENTS, AudienceMode.EXCEPT_SEGMENTS)
MEMBER, NOBODY = frozenset({"vip", "new"}), frozenset({"new"})


def vips(**fields: object) -> GateSettings:
    """Return settings whose agent talks to VIPs only."""
    audience: dict[str, object] = {"mode": AudienceMode.ONLY_SEGMENTS, "segments": ("vip",)}
    return GateSettings(audience=AudienceSettings.model_validate(audience | fields))


def seen(decision: Decision) -> Mapping[str, object]:
    """Return what happens to the text, without how that is explained."""
    return decision.model_dump(exclude={"reason", "rule"})


def test_r33_unknown_membership_that_can_be_read_is_a_doubt_and_no_verdict() -> None:
    """The conversation is told and settles it; nothing is sent before."""
    decision = gate(QUESTION, UNKNOWN, vips(on_unknown_membership="ineligible"))
    assert (decision.doubt, decision.membership_open) == (Doubt.MEMBERSHIP, True)
    assert (decision.disposition, decide_handover(decision)) == (
        Disposition.ANSWER,
        Handover.TURN,
    )


def test_r32_nobody_asks_for_the_membership_of_everyone() -> None:
    """Mode all has no such doubt."""
    assert gate(QUESTION, UNKNOWN).doubt is None


@pytest.mark.parametrize("action", list(IneligibleAction))
@pytest.mark.parametrize("mode", SOME)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("segments", [MEMBER, NOBODY, frozenset()])
def test_r33_membership_read_late_decides_as_if_it_had_been_known(
    text: str, mode: AudienceMode, action: IneligibleAction, segments: frozenset[str]
) -> None:
    """Reading it after the rules or before them comes to the same."""
    settings = vips(mode=mode, ineligible=action, ineligible_text="Email us.")
    late = gate(text, UNKNOWN, settings)
    if late.doubt not in (None, Doubt.MEMBERSHIP):
        late = decide_without_model(late)
        known = decide_without_model(gate(text, after(segments=segments), settings))
    else:
        known = gate(text, after(segments=segments), settings)
    assert seen(decide_with_membership(late, segments, settings)) == seen(known)


@pytest.mark.parametrize("default", ["eligible", "ineligible"])
def test_r33_unreachable_source_is_settled_by_the_brands_default(default: str) -> None:
    """The sentence says why."""
    settings = vips(on_unknown_membership=default)
    decision = decide_with_membership(gate(QUESTION, UNKNOWN, settings), None, settings)
    assert (default == "ineligible") is (decision.label is Label.INELIGIBLE)
    assert f"counts as {default}" in decision.reason
    assert (decision.doubt, decision.membership_open) == (None, False)


@pytest.mark.parametrize(
    ("action", "disposition", "fixed"),
    [
        (IneligibleAction.SILENCE, Disposition.IGNORE, None),
        (IneligibleAction.FIXED_TEXT, Disposition.ANSWER, FixedText.INELIGIBLE),
        (IneligibleAction.HELPDESK, Disposition.HELPDESK, None),
    ],
)
def test_r36_late_non_member_gets_what_the_brand_chose(
    action: IneligibleAction, disposition: Disposition, fixed: FixedText | None
) -> None:
    """Silence, a fixed text, or the helpdesk."""
    settings = vips(ineligible=action, ineligible_text="Email us.")
    decision = decide_with_membership(gate(QUESTION, UNKNOWN, settings), NOBODY, settings)
    assert (decision.disposition, decision.fixed_text) == (disposition, fixed)
    assert (decision.label, decision.layer) == (Label.INELIGIBLE, Layer.RULE)


def test_words_in_doubt_are_settled_before_the_membership() -> None:
    """The model's opt-out stands whoever wrote it; its question is for members."""
    settings = vips()
    doubtful = gate("can you text me less maybe?", UNKNOWN, settings).model_copy(
        update={"doubt": Doubt.OPT_OUT}
    )
    out = ModelVerdict(kind=ModelKind.OPT_OUT, scope="all", confidence=0.9)
    asks = ModelVerdict(kind=ModelKind.QUESTION, confidence=0.9)

    left = decide_with_membership(decide_after_model(doubtful, out, settings), NOBODY, settings)
    stayed = decide_with_membership(decide_after_model(doubtful, asks, settings), NOBODY, settings)
    parked = decide_with_membership(decide_without_model(doubtful), NOBODY, settings)

    assert left.disposition is Disposition.OPT_OUT
    assert stayed.label is Label.INELIGIBLE
    assert (parked.label, parked.scope) == (Label.OPT_OUT_UNCERTAIN, "marketing")
    assert not any(d.membership_open or d.doubt for d in (left, stayed, parked))


@pytest.mark.parametrize("text", ["STOP", "stop texting me", "HELP", "START", "my card is 4111"])
def test_keywords_and_opt_outs_are_never_left_open(text: str) -> None:
    """Consent comes before audience."""
    decision = gate(text, UNKNOWN, vips())
    assert decision.membership_open is (decision.disposition is Disposition.ANSWER)


@given(st.sets(st.sampled_from("abc")), st.sets(st.sampled_from("abc")), st.sampled_from(SOME))
def test_known_segments_are_unknown_only_where_the_rest_could_matter(
    own: set[str],
    outside: set[str],
    mode: AudienceMode,
) -> None:
    """What is said without the platform is what would be said with it, whatever it holds."""
    settings = vips(mode=mode, segments=("a",))
    short = known_segments(own, None, settings.audience)
    full = known_segments(own, outside, settings.audience)
    assert full == frozenset(own | outside)
    if short is not None:
        labels = {gate(QUESTION, after(segments=s), settings).label for s in (short, full)}
        assert len(labels) == 1
    else:
        assert "a" not in own


def test_r33_membership_is_fresh_for_five_minutes() -> None:
    """Not a second longer."""
    assert is_fresh(NOW - timedelta(minutes=5), NOW)
    assert not is_fresh(NOW - timedelta(minutes=5, seconds=1), NOW)
