"""R25: one segment, the disclosure counted in, nothing ever cut."""

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.fitting import Fitted, TooLong, characters_for_words, fit
from domain.brand_conduct import VoiceSettings
from domain.gate.settings import DisclosureSettings, GateSettings
from domain.segments import count_segments
from tests.unit.agent.builders import a_brand

PREFIX = "Harbor & Pine AI assistant: "


def test_fit_first_reply_starts_with_the_disclosure() -> None:
    """Brand and AI are named once, at the start."""
    assert fit("Hello!", a_brand(), first_reply=True) == Fitted(body=f"{PREFIX}Hello!", segments=1)
    assert fit("Hello!", a_brand(), first_reply=False) == Fitted(body="Hello!", segments=1)


def test_fit_reply_that_says_ai_is_not_prefixed_again() -> None:
    """A truthful answer needs no second disclosure."""
    found = fit("I'm an AI assistant.", a_brand(), first_reply=True)

    assert found == Fitted(body="I'm an AI assistant.", segments=1)


def test_fit_brand_without_disclosure_sends_the_words_alone() -> None:
    """An empty disclosure, or one switched off, is the brand's decision."""
    silent = a_brand(voice=VoiceSettings(disclosure=""))
    off = a_brand(gate=GateSettings(disclosure=DisclosureSettings(first_reply=False)))

    for brand in (silent, off):
        assert fit("Hello!", brand, first_reply=True) == Fitted(body="Hello!", segments=1)


def test_fit_too_long_says_how_long_the_words_may_be() -> None:
    """The disclosure's length is taken off."""
    found = fit("a b " * 60, a_brand(), first_reply=True)

    assert found == TooLong(characters_allowed=160 - len(PREFIX))


def test_fit_word_count_told_to_the_model_leaves_room_for_the_disclosure() -> None:
    """Whoever keeps to the number fits."""
    brand = a_brand()
    words = "x" * characters_for_words(brand, first_reply=True)

    assert isinstance(fit(words, brand, first_reply=True), Fitted)
    assert characters_for_words(brand, first_reply=False) == 150


def test_fit_wide_alphabet_is_measured_in_its_own_units() -> None:
    """Seventy units of UCS-2 hold one segment (R53)."""
    assert isinstance(fit("订" * 70, a_brand(), first_reply=False), Fitted)
    assert fit("订" * 71, a_brand(), first_reply=False) == TooLong(characters_allowed=70)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=400), first=st.booleans(), most=st.integers(1, 3))
def test_fit_any_text_is_whole_or_refused(text: str, first: bool, most: int) -> None:  # noqa: FBT001
    """What fits is billed as it says, within the limit."""
    found = fit(text, a_brand(), first_reply=first, max_segments=most)

    if isinstance(found, Fitted):
        assert found.segments == count_segments(found.body).segments <= most
    else:
        assert found.characters_allowed >= 20
