"""Normalising: cheaper where nothing is lost, and the same the second time."""

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from domain.emoji import drop_emoji
from domain.gsm7 import is_gsm7
from domain.segments import Encoding, count_segments, normalise
from domain.smart_encoding import SMART_ENCODING, smart_encode
from tests.unit.domain.test_segments import TEXTS

FRAGMENTS = st.sampled_from(
    (
        *SMART_ENCODING,
        *"aAeoq<=>!1#é😀👩‼✳❤🏽🇺©™→·×ж\n .\u20e3\u2032\u2011",
        *"\u0301\u0302\u0303\u0327\u0338\u200b\u200c\u200d\ufe0e\ufe0f",
        *"\ufb2c\u0958\u1100\u1161\ud83d\ude00",
    )
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Don’t worry — it’s €20…", "Don't worry - it's €20...", id="typography"),
        pytest.param("a\u00a0b\u2009c\td", "a b c d", id="every blank is one blank"),
        pytest.param(
            "non\u2011stop \u22125 2\u00d73 5\u2032 6\u2033", "non-stop -5 2x3 5' 6\"", id="x"
        ),
        pytest.param("A \u2192 B \u00b7 C", "A -> B - C", id="arrow and dot"),
        pytest.param("zero\u200bwidth\u2060\ufeff\u200c\u200d", "zerowidth", id="invisible"),
        pytest.param("n\u0303 e\u0301", "ñ é", id="composed before mapped: no tilde of its own"),
        pytest.param("Thanks! 🎉", "Thanks!", id="emoji dropped at the end"),
        pytest.param("🎉 Thanks", "Thanks", id="emoji dropped at the start"),
        pytest.param("Hi 😀 there", "Hi there", id="one blank left between words"),
        pytest.param("Hi😀there", "Hi there", id="words stay apart"),
        pytest.param("So good 😀😍 👍🏽!", "So good!", id="a run before a full stop"),
        pytest.param("1️⃣ Yes\n2️⃣ No", "1 Yes\n2 No", id="a keycap keeps its digit"),
        pytest.param("Family 👩‍👩‍👧‍👦 🇺🇸 ❤️", "Family", id="joined, flag, selector"),
        pytest.param("cafe\u200b\u0301", "café", id="composed again when a gap has closed"),
        pytest.param("‼️ Now", "!! Now", id="no selector left behind"),
        pytest.param("🎉", "🎉", id="nothing but emoji is kept"),
        pytest.param("Acme™ 🎉", "Acme™ 🎉", id="kept when the rest is not GSM-7 anyway"),
        pytest.param("ok 🎉 " + "a" * 160, "ok 🎉 " + "a" * 160, id="kept when the rest is longer"),
        pytest.param("café está 😀", "café está 😀", id="accents are words"),
        pytest.param("жжж 👩‍🚀 да", "жжж 👩‍🚀 да", id="the joiner inside an emoji stays"),
        pytest.param("ж" * 68 + "…", "ж" * 68 + "…", id="an ellipsis is shorter in UCS-2"),
        pytest.param("Order \ud83d 1", "Order  1", id="a lone surrogate cannot be sent"),
        pytest.param("\ud83d" + "\ude00ж", "😀ж", id="halves rejoin"),
        pytest.param("", "", id="empty"),
    ],
)
def test_normalise_example_gives_the_cheaper_same_words(body: str, expected: str) -> None:
    """What a reader would not miss goes; words, digits and meaning stay."""
    assert expected == normalise(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("¿Está aquí mañana?", "¿Esta aqui mañana?", id="ñ is GSM-7 and stays"),
        pytest.param("ação ễ", "acao e", id="others lose their marks"),
        pytest.param("está 😀", "esta", id="then the emoji may go too"),
        pytest.param("está да", "está да", id="nothing is gained, nothing is lost"),
    ],
)
def test_normalise_without_accents_only_when_it_saves(body: str, expected: str) -> None:
    """A brand may give up accents, but only where that makes the text GSM-7."""
    assert expected == normalise(body, keep_accents=False)


@given(st.one_of(TEXTS, st.lists(FRAGMENTS, max_size=40).map("".join)), st.booleans())
def test_normalise_twice_equals_once(body: str, keep_accents: bool) -> None:  # noqa: FBT001
    """Normalising is idempotent, and its result can be sent as it is."""
    once = normalise(body, keep_accents=keep_accents)
    assert once == normalise(once, keep_accents=keep_accents)
    once.encode("utf-8")
    assert unicodedata.is_normalized("NFC", once)


@given(st.lists(FRAGMENTS, max_size=90).map("".join))
def test_normalise_any_text_never_costs_more(body: str) -> None:
    """The result needs at most the segments of the composed original."""
    before = count_segments(unicodedata.normalize("NFC", body))
    after = count_segments(normalise(body))
    assert after.segments <= before.segments
    assert not (before.encoding is Encoding.GSM_7 and after.encoding is Encoding.UCS_2)


@given(st.text().filter(is_gsm7))
def test_normalise_gsm7_text_is_unaltered(body: str) -> None:
    """There is nothing to gain in a text that is GSM-7 already."""
    assert body == normalise(body)


@given(st.lists(FRAGMENTS, max_size=40).map("".join))
def test_drop_emoji_any_text_leaves_no_picture(text: str) -> None:
    """What Unicode shows as a picture by default is gone; the legal marks stay."""
    assert regex.search(r"[\p{Emoji_Presentation}\p{RI}]", drop_emoji(text)) is None
    assert text.count("™") == drop_emoji(text).count("™")


def test_smart_encoding_has_every_entry_and_none_of_the_alphabet() -> None:
    """271 characters outside GSM-7 become GSM-7 text."""
    assert len(SMART_ENCODING) == 271
    assert not any(is_gsm7(character) for character in SMART_ENCODING)
    assert all(is_gsm7(plain) for plain in SMART_ENCODING.values())


def test_smart_encode_blanks_as_the_carrier_does() -> None:
    """The carrier's form is for recognising, so it keeps the carrier's oddities."""
    assert smart_encode("a\u00a0b\tc") == "a  b       c"
