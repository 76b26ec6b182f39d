"""Wishes for no more texts, and texts that only look like one (R16)."""

import json
from pathlib import Path

import pytest

from domain.gate.decision import Disposition, Doubt, FixedText, Label
from domain.message import MessageOrigin
from evals.gate import report
from tests.unit.gate.given import after, gate, sent


@pytest.mark.parametrize("path", sorted(report.DATA.glob("*.jsonl")), ids=lambda path: path.stem)
def test_r16_rules_alone_meet_the_bars_on_labelled_texts(path: Path) -> None:
    """R16: recall at least 0.90, precision at least 0.99, keywords without a miss."""
    rows = list(report.read(path))
    wishes = [row for row in rows if row.want_disposition == "opt_out"]
    said = [row for row in rows if row.disposition == "opt_out"]
    caught = sum(row.disposition == "opt_out" for row in wishes)
    assert caught >= 0.90 * len(wishes)
    assert sum(row.want_disposition == "opt_out" for row in said) >= 0.99 * len(said)
    real = [row for row in rows if row.want_disposition in {"answer", "helpdesk"}]
    assert sum(row.disposition == "opt_out" for row in real) <= 0.01 * len(real)
    assert sum(row.disposition == "ignore" for row in real) <= 0.005 * len(real)
    noise = [row for row in rows if row.want_disposition == "ignore"]
    assert sum(row.disposition == "ignore" for row in noise) >= 0.95 * len(noise)


def test_labelled_texts_are_enough_and_distinct() -> None:
    """The development sets hold at least 600 different texts."""
    texts = {
        (row["text"], row.get("ctx"))
        for path in report.DATA.glob("*.jsonl")
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    }
    assert len(texts) >= 600


def test_opt_out_with_a_question_is_both() -> None:
    """The contact is opted out, and the question is kept for the helpdesk."""
    decision = gate("Where is my order? Also stop the promos")
    assert (
        decision.disposition,
        decision.label,
    ) == (Disposition.OPT_OUT, Label.OPT_OUT_WITH_QUESTION)


@pytest.mark.parametrize(
    ("text", "scope"),
    [("stop texting me", "all"), ("no more promotions please", "marketing")],
)
def test_opt_out_states_its_scope(text: str, scope: str) -> None:
    """Everything, or promotions only."""
    assert scope == gate(text).scope


def test_opt_out_in_words_is_confirmed_by_us() -> None:
    """A provider matches single words only, so that it has not confirmed this one."""
    assert gate("please stop texting me").fixed_text is FixedText.STOP_CONFIRMATION


@pytest.mark.parametrize("text", ["wrong number", "This isn't Jessica", "new phone who dis"])
def test_wrong_number_is_an_opt_out(text: str) -> None:
    """Whoever is not our contact did not consent."""
    decision = gate(text)
    assert (decision.disposition, decision.label) == (Disposition.OPT_OUT, Label.WRONG_NUMBER)


@pytest.mark.parametrize("text", ["🛑", "✋", "🛑🛑"])
def test_stop_sign_is_an_opt_out(text: str) -> None:
    """A stop sign says stop."""
    assert gate(text).disposition is Disposition.OPT_OUT


def test_middle_finger_is_left_to_the_model() -> None:
    """It may be a wish to be left alone."""
    decision = gate("🖕")
    assert (decision.disposition, decision.doubt) == (Disposition.IGNORE, Doubt.OPT_OUT)


def test_repeating_our_instruction_is_an_opt_out() -> None:
    """Who writes back "Reply STOP to opt out" means it."""
    assert gate("Reply STOP to opt out").disposition is Disposition.OPT_OUT


@pytest.mark.parametrize("text", ["What does STOP do?", "what happens if I reply STOP?"])
def test_asking_about_the_instruction_is_none(text: str) -> None:
    """A question about the word is a question."""
    assert gate(text).disposition is Disposition.ANSWER


def test_refusal_of_the_agents_offer_is_none() -> None:
    """A polite no to an offer is an answer."""
    decision = gate("not interested", after(sent("Would you like to add socks?")))
    assert (decision.disposition, decision.doubt) == (Disposition.ANSWER, Doubt.OPT_OUT)


def test_refusal_of_a_campaign_is_one() -> None:
    """A bare statement of no interest is recommended as an opt-out (sms.md 7.2)."""
    context = after(sent("20% off today!", MessageOrigin.CAMPAIGN))
    assert gate("not interested", context).disposition is Disposition.OPT_OUT


@pytest.mark.parametrize("text", ["I hate these texts", "you send too many texts"])
def test_stem_that_rules_cannot_settle_is_a_doubt(text: str) -> None:
    """A complaint about texts is left to the model."""
    assert gate(text).doubt is Doubt.OPT_OUT


@pytest.mark.parametrize(
    "text", ["Stop it, these are adorable", "omg stop 😍", "stop lol I'm dying"]
)
def test_delight_is_no_opt_out(text: str) -> None:
    """A demand without an object means nothing among plain delight."""
    assert gate(text).disposition is not Disposition.OPT_OUT


def test_opt_out_that_speaks_of_self_harm_gets_the_safe_answer() -> None:
    """Nobody in danger is sent a mere confirmation."""
    decision = gate("stop texting me, I want to die")
    assert (
        decision.disposition,
        decision.fixed_text,
        decision.urgent,
    ) == (Disposition.OPT_OUT, FixedText.SELF_HARM, True)
