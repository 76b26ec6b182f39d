"""The page of faults: each fault and boundary has its line, and each test named there exists."""

import ast
import re
from functools import cache

from tests.architecture.source import ROOT, functions

_PAGE = ROOT / "docs" / "faults.md"
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_OWNED = "01 02 03 04 05 06 07 08 10 14 15 16 17 18 19 20 21 22 23 24 26 27 28 30 33 34 36".split()


def _lines() -> dict[str, str]:
    """Return the page's lines that speak of a fault or a boundary, by its id."""
    rows = (line.split("|") for line in _PAGE.read_text(encoding="utf-8").splitlines())
    return {row[1].split()[0]: "|".join(row) for row in rows if len(row) > 3 and row[1].split()}


@cache
def _tests(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(function.name for function in functions(tree))


def test_every_test_that_the_page_names_exists() -> None:
    """A test that was renamed or removed shows nothing any more."""
    named = _NAMED.findall(_PAGE.read_text(encoding="utf-8"))
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or name not in _tests(path)
    ]

    assert len(named) > 60
    assert missing == []


def test_every_fault_and_boundary_has_a_line_with_a_test() -> None:
    """None of those that the conversation owns is left out."""
    lines = _lines()
    expected = [f"F-{number}" for number in _OWNED] + [f"B{number}" for number in range(9)]

    assert [name for name in expected if not _NAMED.search(lines.get(name, ""))] == []
