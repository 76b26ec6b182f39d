"""Who answers: audience, helpdesk, fixed texts, limits (R11, R12, R18, R32 to R36)."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from domain.gate.activation import ActivationRefused, check_category
from domain.gate.context import InboundText
from domain.gate.decision import Disposition, FixedText, Label
from domain.gate.settings import AudienceMode, AudienceSettings, GateSettings, IneligibleAction
from tests.unit.gate.given import NOW, after, gate, received, sent

QUESTION = "Where is my order?"


def audience(**fields: object) -> GateSettings:
    """Return gate settings with this audience."""
    return GateSettings(audience=AudienceSettings.model_validate(fields))


@pytest.mark.parametrize(
    "category", ["alcohol", "Wine shop", "Vape", "CBD oils", "guns", "cannabis", "cigars", "casino"]
)
def test_r11_barred_category_cannot_activate_and_says_why(category: str) -> None:
    """R11: SHAFT and its kin are refused, with a reason that can be recorded."""
    with pytest.raises(ActivationRefused, match=r"identity\.category .* is barred on SMS"):
        check_category(category)


@pytest.mark.parametrize("category", ["outdoor clothing", "home goods", "pet food", "jewelry"])
def test_r11_ordinary_category_may_activate(category: str) -> None:
    """R11: nobody else is refused."""
    check_category(category)


@pytest.mark.parametrize(
    "text", ["do you sell weed?", "where can I buy cbd gummies", "do you have vape juice"]
)
def test_r12_barred_topic_is_declined_without_a_model(text: str) -> None:
    """R12: no brand talks about them by text."""
    decision = gate(text)
    assert (decision.label, decision.fixed_text) == (Label.BARRED_TOPIC, FixedText.BARRED_TOPIC)


@pytest.mark.parametrize("text", ["do you have wine glasses", "is gun metal gray in stock?"])
def test_r12_harmless_goods_are_not_declined(text: str) -> None:
    """R12: wine glasses are glasses."""
    assert gate(text).fixed_text is None


@pytest.mark.parametrize("text", [QUESTION, "hi", "XL", "¿dónde está mi pedido?", "q", "42"])
def test_r18_every_other_text_is_answered_with_a_reason(text: str) -> None:
    """R18: the default is to answer, and no decision is without a reason."""
    decision = gate(text)
    assert Disposition.ANSWER is decision.disposition
    assert decision.reason


def test_r32_everyone_is_answered_by_default() -> None:
    """R32: mode all."""
    assert gate(QUESTION, after(segments=None)).disposition is Disposition.ANSWER


@pytest.mark.parametrize(
    ("mode", "segments", "eligible"),
    [
        (AudienceMode.ONLY_SEGMENTS, frozenset({"vip"}), True),
        (AudienceMode.ONLY_SEGMENTS, frozenset({"new"}), False),
        (AudienceMode.ONLY_SEGMENTS, frozenset(), False),
        (AudienceMode.EXCEPT_SEGMENTS, frozenset({"vip"}), False),
        (AudienceMode.EXCEPT_SEGMENTS, frozenset({"new"}), True),
        (AudienceMode.EXCEPT_SEGMENTS, frozenset(), True),
    ],
)
def test_r33_segments_decide_per_message(
    mode: AudienceMode, segments: frozenset[str], *, eligible: bool
) -> None:
    """R33: only some segments, or all except some."""
    decision = gate(QUESTION, after(segments=segments), audience(mode=mode, segments=("vip",)))
    assert eligible is (decision.label is not Label.INELIGIBLE)


@pytest.mark.parametrize("default", ["eligible", "ineligible"])
@pytest.mark.parametrize("mode", [AudienceMode.ONLY_SEGMENTS, AudienceMode.EXCEPT_SEGMENTS])
def test_r33_unreachable_source_has_a_stated_default(mode: AudienceMode, default: str) -> None:
    """R33: an unknown membership counts as the setting says."""
    settings = audience(mode=mode, segments=("vip",), on_unknown_membership=default)
    decision = gate(QUESTION, after(segments=None), settings)
    assert (default == "ineligible") is (decision.label is Label.INELIGIBLE)


def test_r34_required_keyword_starts_a_conversation() -> None:
    """R34: "style me" starts."""
    settings = audience(require_keyword=("style me",))
    assert gate("Style me for a wedding!", settings=settings).disposition is Disposition.ANSWER


def test_r34_without_the_required_keyword_nothing_starts() -> None:
    """R34: another text does not."""
    settings = audience(require_keyword=("style me",))
    assert gate("stylish men's boots?", settings=settings).label is Label.INELIGIBLE


def test_r34_required_keyword_is_not_needed_to_continue() -> None:
    """R34: the free text after it continues."""
    settings = audience(require_keyword=("style me",))
    decision = gate("a beach one", after(conversation_open=True), settings)
    assert decision.disposition is Disposition.ANSWER


def test_r35_excluded_keyword_goes_to_the_helpdesk() -> None:
    """R35: without an answer of the agent."""
    decision = gate("I need a REFUND now", settings=audience(exclude_keyword=("refund",)))
    assert (
        decision.disposition,
        decision.label,
        decision.fixed_text,
    ) == (Disposition.HELPDESK, Label.EXCLUDED_KEYWORD, None)


@pytest.mark.parametrize(
    ("action", "disposition", "fixed"),
    [
        (IneligibleAction.SILENCE, Disposition.IGNORE, None),
        (IneligibleAction.FIXED_TEXT, Disposition.ANSWER, FixedText.INELIGIBLE),
        (IneligibleAction.HELPDESK, Disposition.HELPDESK, None),
    ],
)
def test_r36_ineligible_person_gets_what_the_brand_chose(
    action: IneligibleAction, disposition: Disposition, fixed: FixedText | None
) -> None:
    """R36: silence, a fixed text, or the helpdesk."""
    settings = audience(require_keyword=("vip",), ineligible=action, ineligible_text="Email us.")
    decision = gate(QUESTION, settings=settings)
    assert (disposition, Label.INELIGIBLE, fixed) == (
        decision.disposition,
        decision.label,
        decision.fixed_text,
    )


def test_r36_fixed_text_needs_its_words() -> None:
    """The error names the field."""
    with pytest.raises(ValidationError, match=r"audience\.ineligible_text is required"):
        AudienceSettings(ineligible=IneligibleAction.FIXED_TEXT)


def test_ineligible_person_is_opted_out_all_the_same() -> None:
    """Consent comes before audience."""
    settings = audience(require_keyword=("vip",))
    assert gate("stop texting me", settings=settings).disposition is Disposition.OPT_OUT


def test_suppressed_contact_gets_nothing_and_a_human_sees_the_question() -> None:
    """Nothing is sent to who opted out, whatever they ask."""
    decision = gate(QUESTION, after(suppressed=True))
    assert (
        decision.disposition,
        decision.label,
        decision.fixed_text,
    ) == (Disposition.HELPDESK, Label.SUPPRESSED, None)


def test_suppressed_contacts_thanks_is_silent() -> None:
    """Thanks need no human."""
    assert gate("thanks", after(suppressed=True)).disposition is Disposition.IGNORE


def test_human_who_owns_the_conversation_gets_the_text() -> None:
    """While handed off the agent is silent."""
    assert gate(QUESTION, after(handed_off=True)).label is Label.HANDED_OFF


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("My lawyer will contact you", Label.LEGAL_THREAT),
        ("I'm filing a complaint with the FCC", Label.LEGAL_THREAT),
        ("your heater caught fire", Label.EMERGENCY),
        ("I want to kill myself", Label.SELF_HARM),
        ("I'm 11 years old", Label.UNDER_13),
    ],
)
def test_sensitive_text_goes_to_a_human_at_once(text: str, label: Label) -> None:
    """No model answers it."""
    decision = gate(text)
    assert (Disposition.HELPDESK, label, True) == (
        decision.disposition,
        decision.label,
        decision.urgent,
    )


def test_size_that_reads_like_an_age_is_a_size() -> None:
    """After a question about the size, "I'm 12" is a size."""
    decision = gate("I'm 12", after(sent("What size are you?")))
    assert decision.label is Label.ANSWER_TO_AGENT


@pytest.mark.parametrize("text", ["are you a bot?", "Is this a real person?", "r u a robot"])
def test_question_about_the_machine_gets_the_truth(text: str) -> None:
    """The answer is fixed, not a model's."""
    assert gate(text).fixed_text is FixedText.BOT_DISCLOSURE


@pytest.mark.parametrize("text", ["who is this?", "how did you get my number"])
def test_question_who_writes_gets_a_fixed_answer(text: str) -> None:
    """The answer names the brand and STOP."""
    assert gate(text).fixed_text is FixedText.WHO_IS_THIS


def test_request_for_a_person_is_handed_off() -> None:
    """It cannot be turned off."""
    assert gate("let me talk to a human").label is Label.HUMAN_REQUEST


def test_third_identical_text_is_a_loop_with_an_alert() -> None:
    """Answered once, muted at the third."""
    text = "Sorry, I did not understand that. Choose 1 or 2."
    first = gate(text, after(recent_inbound=received(text)))
    third = gate(text, after(recent_inbound=received(text, text)))
    assert (first.label, third.label) == (Label.QUESTION, Label.LOOP)
    assert third.urgent


def test_echo_of_our_own_text_is_a_loop() -> None:
    """A machine that returns our words is no customer."""
    ours = "Your order 1042 ships on Tuesday with UPS."
    assert gate(ours, after(sent(ours))).label is Label.LOOP


@pytest.mark.parametrize(
    ("ending", "label"), [("", Label.LOOP), ("?", Label.QUESTION)], ids=["stated", "asked"]
)
def test_answers_faster_than_a_person_reads_are_a_loop_unless_they_ask(
    ending: str, label: Label
) -> None:
    """Three rounds within two seconds each; a person's burst of questions may look like it."""
    outbound = tuple(sent(f"Answer {n}.", seconds_ago=s) for n, s in ((1, 60), (2, 30), (3, 1)))
    inbound = tuple(
        InboundText(body=f"text number {s}{ending}", received_at=NOW - timedelta(seconds=s))
        for s in (59, 29)
    )
    context = after(*outbound, recent_inbound=inbound)
    assert gate("another text here", context).label is label


@pytest.mark.parametrize(
    "counts", [{"agent_replies_10_minutes": 6}, {"agent_replies_24_hours": 20}], ids=str
)
def test_reply_rate_above_the_limit_goes_to_a_human(counts: dict[str, int]) -> None:
    """Six replies per ten minutes, twenty per day; never a silent drop."""
    decision = gate(QUESTION, after(**counts))
    assert (decision.disposition, decision.label) == (Disposition.HELPDESK, Label.RATE_LIMITED)


def test_picture_without_words_is_asked_about_once() -> None:
    """Outside a conversation we ask what it is about; inside the agent sees it."""
    outside = gate("", after(num_media=1))
    inside = gate("", after(num_media=1, conversation_open=True))
    assert (outside.fixed_text, inside.fixed_text) == (FixedText.MEDIA_ONLY, None)
