"""Derived ids: the same thing is made once."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import derived_id

# Few letters, so that the same text cut elsewhere comes up; any text, half a surrogate pair too.
PARTS = st.lists(
    st.one_of(st.integers(), st.text("a:\ud83d\ude00", max_size=3), st.text(st.characters()))
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
    """Two things never share an id, whatever their parts hold."""
    same = [str(p) for p in one] == [str(p) for p in other]

    assert (derived_id(*one) == derived_id(*other)) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("a:b",), ("a", "b"), id="a colon is no border"),
        pytest.param(("ab",), ("a", "b"), id="cut elsewhere"),
        pytest.param((), ("",), id="nothing and an empty part"),
        pytest.param(("a",), ("a", ""), id="an empty part at the end"),
        pytest.param(("\ud83d\ude00",), ("😀",), id="two halves are not the whole"),
    ],
)
def test_derived_id_tells_parts_apart(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """What a provider or a helpdesk puts into its ids must not make two things one."""
    assert derived_id(*one) != derived_id(*other)


def test_derived_id_is_the_one_stored_ids_were_made_with() -> None:
    """A changed derivation would send every queued text a second time."""
    assert derived_id("reply", "c1", 1) == "be8671097df850b1be7ffe468e380f23"
