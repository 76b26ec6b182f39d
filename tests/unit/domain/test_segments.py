"""Counting segments: the tables, the limits, and what holds for every text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.gsm7 import BASIC, EXTENSION, is_gsm7
from domain.segments import Encoding, SegmentCount, count_segments, fits_one_segment

GSM, UCS = Encoding.GSM_7, Encoding.UCS_2
SURROGATES = st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF)
TRICKY = st.sampled_from(
    ["a", "€", "ж", "😀", "\u200d", "\ufe0f", "\u0301", "\r", "\n", "\x1b", "🇺", "🇸", "👍🏽", "中"]
)
TEXTS = st.one_of(
    st.text(),
    st.text(st.one_of(st.characters(), SURROGATES), max_size=200),
    st.lists(TRICKY, max_size=250).map("".join),
)


@pytest.mark.parametrize(
    ("body", "encoding", "units", "segments"),
    [
        pytest.param("", GSM, 0, 0, id="nothing is nothing to send"),
        pytest.param("a" * 160, GSM, 160, 1, id="160 septets are one"),
        pytest.param("a" * 161, GSM, 161, 2, id="161 are two"),
        pytest.param("a" * 306, GSM, 306, 2, id="two parts of 153"),
        pytest.param("a" * 307, GSM, 307, 3, id="one more is three"),
        pytest.param("€" * 80, GSM, 160, 1, id="80 euros are one"),
        pytest.param("€" * 81, GSM, 162, 2, id="81 euros are two"),
        pytest.param("€" * 153, GSM, 306, 3, id="a pair is never divided: 76 fit a part"),
        pytest.param("a" * 152 + "€" + "a" * 152, GSM, 306, 3, id="the hole costs a part"),
        pytest.param("a" * 159 + "€", GSM, 161, 2, id="a pair at the end"),
        pytest.param("a" * 158 + "€", GSM, 160, 1, id="a pair that just fits"),
        pytest.param("\r\n", GSM, 2, 1, id="CR LF is two"),
        pytest.param("\x1b", UCS, 1, 1, id="ESC is no text"),
        pytest.param("\f", GSM, 2, 1, id="form feed is an extension"),
        pytest.param("ж" * 70, UCS, 70, 1, id="70 units are one"),
        pytest.param("ж" * 71, UCS, 71, 2, id="71 are two"),
        pytest.param("ж" * 134, UCS, 134, 2, id="two parts of 67"),
        pytest.param("ж" * 135, UCS, 135, 3, id="one more is three, in UCS-2"),
        pytest.param("ж" * 66 + "😀" + "ж" * 3, UCS, 71, 2, id="a surrogate pair moves whole"),
        pytest.param("ж" * 66 + "😀" + "ж" * 66, UCS, 134, 3, id="and leaves a hole"),
        pytest.param("ж" * 60 + "👩‍👩‍👧‍👦" + "ж" * 63, UCS, 134, 3, id="a family moves whole"),
        pytest.param("ж" * 66 + "\r\n" + "ж" * 66, UCS, 134, 2, id="CR LF may be divided"),
        pytest.param("a" + "\u0301" * 69, UCS, 70, 1, id="a stack of marks that fits one"),
        pytest.param("a" + "\u0301" * 200, UCS, 201, 3, id="a stack no part holds is divided"),
        pytest.param("\ud83d", UCS, 1, 1, id="a lone surrogate is counted"),
        pytest.param("ж" * 66 + "\ud83d" + "\ude00" + "ж" * 66, UCS, 134, 3, id="halves rejoin"),
        pytest.param("Don’t", UCS, 5, 1, id="one curly quote makes it all UCS-2"),
        pytest.param("1️⃣", UCS, 3, 1, id="a keycap is three"),
        pytest.param("🇺🇸", UCS, 4, 1, id="a flag is four"),
    ],
)
def test_count_segments_boundary_gives_encoding_units_and_segments(
    body: str, encoding: Encoding, units: int, segments: int
) -> None:
    """The limits are 160/153 septets and 70/67 units, and a cost is never divided."""
    expected = SegmentCount(encoding=encoding, units=units, segments=segments)
    assert expected == count_segments(body)


@pytest.mark.parametrize("character", [*"`\tçáíóúâêôãõ™®°×·“”‘’–—…", "\x1b", "\u00a0"])
def test_encoding_character_outside_the_alphabet_is_ucs2(character: str) -> None:
    """Look-alikes of GSM-7 characters turn the whole text into UCS-2."""
    assert count_segments(f"abc{character}").encoding is UCS


def test_alphabet_has_the_size_of_the_standard() -> None:
    """127 basic characters (ESC is no text) and 10 extensions, none in both."""
    assert (len(BASIC), len(EXTENSION)) == (127, 10)
    assert not BASIC & EXTENSION


@given(TEXTS)
@example("\ud83d\ude00" * 40)
def test_count_segments_any_text_is_consistent(body: str) -> None:
    """Every string has a count, and units and segments agree with each other."""
    count = count_segments(body)
    alone, part = (160, 153) if count.encoding is GSM else (70, 67)
    assert (count.encoding is GSM) == is_gsm7(body)
    assert (count.segments == 0) == (body == "")
    assert (count.segments <= 1) == (count.units <= alone) == fits_one_segment(body)
    assert count.segments * max(part, alone if count.segments == 1 else 0) >= count.units


@given(st.text(max_size=150), TEXTS.filter(lambda text: text.isprintable()))
def test_count_segments_longer_text_never_costs_less(body: str, more: str) -> None:
    """Appending never lowers segments, nor units as long as the encoding stays."""
    shorter, longer = count_segments(body), count_segments(body + more)
    assert shorter.segments <= longer.segments
    assert shorter.units <= longer.units or shorter.encoding is not longer.encoding


@given(st.text(st.sampled_from(sorted(BASIC)), max_size=700))
def test_count_segments_basic_text_packs_without_holes(body: str) -> None:
    """Without extensions parts are filled to the last septet."""
    expected = (len(body) > 0) if len(body) <= 160 else -(-len(body) // 153)
    assert expected == count_segments(body).segments
