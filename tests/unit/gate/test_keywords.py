"""Compliance keywords have their effect however they are decorated (R14, R15, R17)."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.gate.decision import Disposition, FixedText, Label, Layer
from domain.gate.keywords import KEYWORDS, Family
from domain.gate.settings import ExtraKeywords, GateSettings, KeywordSettings
from domain.message import MessageOrigin
from domain.phone import SenderKind
from tests.unit.gate.given import after, gate, sent

EFFECT = {
    Family.STOP: (Disposition.OPT_OUT, Label.STOP_KEYWORD),
    Family.HELP: (Disposition.HELP, Label.HELP_KEYWORD),
    Family.START: (Disposition.OPT_IN, Label.START_KEYWORD),
}
ALL_WORDS = sorted(
    {
        (family, word)
        for family, languages in KEYWORDS.items()
        for words in languages.values()
        for word in words
    }
)


def fullwidth(word: str) -> str:
    """Return a word in the letters of East Asian keyboards."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in word)


DECORATIONS: dict[str, Callable[[str], str]] = {
    "upper": str.upper,
    "title": str.title,
    "full_stop": lambda word: word + ".",
    "shouted": lambda word: word + "!!!",
    "quoted": lambda word: f"“{word}”",
    "emoji_after": lambda word: word + " 🛑",
    "emoji_around": lambda word: f"😡{word}😡",
    "information_sign": lambda word: word + " ℹ️",
    "spaces": lambda word: f"  {word}\n",
    "invisible": lambda word: f"\u200b{word}\ufeff",
    "fullwidth": fullwidth,
    "hyphen": lambda word: word.replace(" ", "-"),
    "accent": lambda word: word.replace("e", "é", 1).replace("a", "à", 1),
}


@pytest.mark.parametrize("name", DECORATIONS, ids=str)
@pytest.mark.parametrize(("family", "word"), ALL_WORDS, ids=str)
def test_r14_keyword_of_every_family_has_its_effect_in_any_dress(
    family: Family, word: str, name: str
) -> None:
    """R14: a whole message that equals a keyword is settled by the keyword layer."""
    decision = gate(DECORATIONS[name](word))
    assert (*EFFECT[family], Layer.KEYWORD) == (
        decision.disposition,
        decision.label,
        decision.layer,
    )


@given(
    word=st.sampled_from(ALL_WORDS),
    before=st.text(alphabet=" .!?\"'()*-_~🛑😡👍\u200b\ufe0f", max_size=6),
    behind=st.text(alphabet=" .!?\"'()*-_~🛑😡👍\u200b\ufe0f", max_size=6),
    swap=st.booleans(),
)
def test_decoration_never_changes_a_keyword(
    word: tuple[Family, str], before: str, behind: str, *, swap: bool
) -> None:
    """Punctuation, emoji, invisible characters and case leave the decision as it is."""
    family, letters = word
    decision = gate(before + (letters.swapcase() if swap else letters) + behind)
    assert EFFECT[family] == (decision.disposition, decision.label)


@pytest.mark.parametrize(
    "text",
    [
        "help me choose a size",
        "when does the sale end",
        "please start my return",
        "cancel my order",
        "more info on the tent please",
        "I quit my gym",
    ],
)
def test_r14_keyword_inside_a_sentence_has_no_effect(text: str) -> None:
    """R14: the same words inside a sentence are not keywords."""
    assert gate(text).disposition is Disposition.ANSWER


def test_yes_without_our_question_never_resubscribes() -> None:
    """YES opts nobody in silently (sms.md 1.8)."""
    assert gate("YES", after(suppressed=True)).disposition is not Disposition.OPT_IN


def test_yes_to_our_resubscribe_question_opts_in() -> None:
    """YES lifts the suppression only as an answer to that very question."""
    decision = gate("Yes!", after(suppressed=True, asked_resubscribe=True))
    assert (decision.disposition, decision.label) == (Disposition.OPT_IN, Label.RESUBSCRIBE_ANSWER)


@pytest.mark.parametrize("flag", ["STOP", "START", "HELP"])
def test_provider_flag_wins_over_the_words(flag: str) -> None:
    """What the provider has already done is recorded, and nothing is sent twice."""
    decision = gate("basta ya", after(opt_out_type=flag))
    expected = EFFECT[Family(flag.lower())]
    assert (*expected, None) == (decision.disposition, decision.label, decision.fixed_text)


def test_confirmation_comes_from_one_side_only() -> None:
    """Either the provider confirms STOP or we do, by setting, never both."""
    theirs = gate("STOP", settings=GateSettings(keyword_replies="provider"))
    ours = gate("STOP", settings=GateSettings(keyword_replies="ours"))
    assert (theirs.fixed_text, ours.fixed_text) == (None, FixedText.STOP_CONFIRMATION)


def test_word_the_provider_does_not_know_is_confirmed_by_us() -> None:
    """A provider matches its own single words only, so that "baja" would get no answer."""
    assert gate("baja").fixed_text is FixedText.STOP_CONFIRMATION


def test_cancel_after_a_question_about_an_order_is_its_answer() -> None:
    """CANCEL means one thing to the carrier layer and another to the customer (C.5)."""
    context = after(sent("Which order would you like to change or cancel?"))
    decision = gate("Cancel", context)
    assert (decision.disposition, decision.label) == (Disposition.ANSWER, Label.ANSWER_TO_AGENT)


def test_cancel_after_a_campaign_opts_out() -> None:
    """The bare word CANCEL is a stop."""
    context = after(sent("20% off all orders today!", MessageOrigin.CAMPAIGN))
    assert gate("Cancel", context).disposition is Disposition.OPT_OUT


def test_stop_after_a_question_about_an_order_still_opts_out() -> None:
    """Only cancel words are ambiguous; STOP never is."""
    assert gate("stop", after(sent("Should I stop the order?"))).label is Label.STOP_KEYWORD


def test_r15_subscribe_keyword_opts_in_without_the_agent() -> None:
    """R15: a brand's subscribe word bypasses the agent, for suppressed contacts as well."""
    settings = GateSettings(keywords=KeywordSettings(subscribe=("JOIN VIP",)))
    for suppressed in (False, True):
        decision = gate("join vip!", after(suppressed=suppressed), settings)
        assert (
            decision.disposition,
            decision.label,
        ) == (Disposition.OPT_IN, Label.SUBSCRIBE_KEYWORD)


def test_r15_unsubscribe_keyword_opts_out_without_the_agent() -> None:
    """R15: a brand's unsubscribe word bypasses the agent."""
    settings = GateSettings(keywords=KeywordSettings(unsubscribe=("LEAVE VIP",)))
    decision = gate("Leave VIP", settings=settings)
    assert (
        decision.disposition,
        decision.label,
    ) == (Disposition.OPT_OUT, Label.UNSUBSCRIBE_KEYWORD)


@pytest.mark.parametrize("text", ["WIN", "win!", "🔥"])
def test_r17_word_of_an_automation_goes_to_the_automation(text: str) -> None:
    """R17: a word owned by a live automation never reaches the agent."""
    settings = GateSettings(keywords=KeywordSettings(automations=("win", "🔥")))
    assert gate(text, settings=settings).disposition is Disposition.AUTOMATION


@pytest.mark.parametrize("text", ["ok", "👍", "size 8", "thanks"])
def test_r17_answer_an_automation_waits_for_goes_to_the_automation(text: str) -> None:
    """R17: an awaited answer never reaches the agent, noise-like or not."""
    decision = gate(text, after(automation_waiting=True))
    assert Disposition.AUTOMATION is decision.disposition


def test_waiting_automation_never_swallows_a_stop() -> None:
    """Compliance comes before automations."""
    context = after(automation_waiting=True)
    assert gate("stop texting me", context).disposition is Disposition.OPT_OUT


@pytest.mark.parametrize("kind", [k for k in SenderKind if k is not SenderKind.MOBILE_OR_FIXED])
def test_sender_that_no_reply_reaches_is_ignored(kind: SenderKind) -> None:
    """Short codes, names and broken numbers start nothing."""
    decision = gate("Where is my order?", after(sender_kind=kind))
    assert (
        decision.disposition,
        decision.label,
    ) == (Disposition.IGNORE, Label.SENDER_CANNOT_BE_ANSWERED)


@pytest.mark.parametrize("field", ["subscribe", "unsubscribe", "automations"])
@pytest.mark.parametrize("word", ["STOP", "Yes", "opt-out", "Arrêt", "help"])
def test_brand_word_that_shadows_a_compliance_word_is_refused(field: str, word: str) -> None:
    """The error names the field and the remedy."""
    with pytest.raises(ValidationError, match=rf"keywords\.{field}.*choose another word"):
        KeywordSettings.model_validate({field: (word,)})


def test_brand_word_in_two_lists_is_refused() -> None:
    """One word means one thing."""
    with pytest.raises(ValidationError, match=r"keywords\.automations.*remove it"):
        KeywordSettings(subscribe=("vip",), automations=("VIP!",))


def test_extra_compliance_word_counts() -> None:
    """A brand may add compliance words of its own."""
    settings = GateSettings(keywords=KeywordSettings(extra=ExtraKeywords(stop=("adios",))))
    assert gate("¡Adiós!", settings=settings).label is Label.STOP_KEYWORD
