"""Derived ids: the same thing is made once."""

import re

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import derived_id

PARTS = st.lists(
    st.one_of(st.integers(), st.text(st.characters(codec="utf-8", exclude_characters=":")))
)


@given(PARTS)
def test_derived_id_same_parts_give_the_same_32_digits(parts: list[int | str]) -> None:
    """A retry derives what the first attempt derived, whatever type a part came in."""
    found = derived_id(*parts)

    assert re.fullmatch(r"[0-9a-f]{32}", found)
    assert derived_id(*map(str, parts)) == found


@given(PARTS, PARTS)
def test_derived_id_other_parts_give_another_id(
    one: list[int | str], other: list[int | str]
) -> None:
    """Two things never share an id; parts are text without a colon."""
    same = [str(p) for p in one] == [str(p) for p in other]
    empty = {tuple(map(str, one)), tuple(map(str, other))} == {(), ("",)}

    assert (derived_id(*one) == derived_id(*other)) is (same or empty)


def test_derived_id_is_the_one_stored_ids_were_made_with() -> None:
    """A changed derivation would send every queued text a second time."""
    assert derived_id("reply", "c1", 1) == "6d578ee4592857f9994ba6b4eaf55bab"
