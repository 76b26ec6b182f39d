"""Mutation: a false value put into an honest reply never passes."""

import re
from pathlib import Path

import pytest

from agent.guardrails.check import check_draft
from tests.unit.agent.builders import a_context

_GOOD = (Path(__file__).parent / "good_drafts.txt").read_text(encoding="utf-8").splitlines()

_SWAPS = {
    "amount": (r"\$\d+(?:\.\d\d)?", ("$1.00", "$88.99", "$890.00", "$13.37", "$89.01")),
    "percent": (r"\d+%", ("11%", "50%", "100%")),
    "duration": (r"\d+(?= (?:business )?days)", ("2", "14", "90", "365")),
    "date": (r"Nov(?:ember)? \d+(?:th)?", ("Nov 23", "Dec 2", "January 5", "11/30")),
    "link": (
        r"https://\S+",
        ("https://harbor-pine.example/x", "https://evil.example", "bit.ly/abc", "http://ups.com"),
    ),
    "code": (r"WELCOME10", ("WELCOME20", "FREE50", "WELC0ME10", "welcome15")),
    "order": (r"#\d+", ("#1041", "#10422", "#1")),
    "state": (r"[Oo]n its way", ("was delivered", "is out for delivery", "was cancelled")),
    "stock": (r"S(?:,| and) M", ("S, M and XL", "XXL")),
    "title": (r"Ridge Shell Jacket", ("Ridge Storm Parka", "Alpine Shell Jacket")),
}
_SUFFIXES = (
    " It's now $49.00.",
    " Only 49 dollars today.",
    " Plus 25% off.",
    " Use code TRAIL25.",
    " Enter 'trail-25' too.",
    " It arrives Dec 24.",
    " It arrives tomorrow.",
    " It takes 2 weeks.",
    " See https://evil.example/a",
    " See evil.example/a",
    " I've cancelled it.",
    " Your refund was issued.",
    " #4711 was delivered.",
    " Our team will call you.",
    " I'm a real person.",
    " Call +1 312 555 0187.",
)


def _mutants(draft: str) -> list[tuple[str, str]]:
    found = []
    for name, (pattern, values) in _SWAPS.items():
        for value in values:
            mutant = re.sub(pattern, value, draft, count=1)
            if mutant != draft and value not in draft:
                found.append((name, mutant))
    return found + [("suffix", draft + suffix) for suffix in _SUFFIXES]


@pytest.mark.parametrize("draft", _GOOD)
def test_check_draft_false_value_in_a_good_draft_fails(draft: str) -> None:
    """One false amount, date, link, code, state or promise makes the whole draft unfit."""
    context = a_context()

    survivors = [m for m in _mutants(draft) if check_draft(m[1], context).passed]

    assert survivors == []


def test_mutants_are_many_and_of_every_kind() -> None:
    """The table really produces mutants of every kind."""
    mutants = [mutant for draft in _GOOD for mutant in _mutants(draft)]

    assert len(mutants) > 700
    assert {name for name, _ in mutants} == {*_SWAPS, "suffix"}
