"""A customer's words in Shopify's search language, read back by the emulator's parser."""

import pytest

from providers.commerce.shopify.search import order_search, plain_text, product_search
from sandbox.shopify.search import Term, parse_search


def _terms(search: str | None) -> list[Term]:
    seen: list[Term] = []

    def note(term: Term) -> bool:
        """Collect the term; alternate truth would hide the other branches of an OR or AND."""
        seen.append(term)
        return term.field == "status"

    assert search is not None
    parse_search(search)(note)
    return seen


@pytest.mark.parametrize(
    "name",
    [
        "1042",
        "EN 1042/A",
        "O'Neill",
        "x' OR name:'1101",
        'x" OR name:"1101',
        "x\\' OR name:\\'1101",
        "1101\\",
        "a) OR (name:1101",
        "NOT 1",
        "1*",
    ],
)
def test_order_search_holds_the_whole_name_and_nothing_else(name: str) -> None:
    """However a name is written, it is one value of the filter by name, with and without "#"."""
    found = [(t.field, t.value, t.prefix) for t in _terms(order_search(name))]

    assert found == [("name", f"#{name}", False), ("name", name, False)]


def test_order_search_control_characters_become_spaces() -> None:
    """A line break or NUL in a name ends nothing."""
    assert order_search("1\n0\x00") == "name:'#1 0 ' OR name:'1 0 '"


@pytest.mark.parametrize(
    ("query", "prefixes"),
    [
        ("Waterproof jackets", ["waterproof", "jacket"]),
        ("hoodies", ["hood"]),
        ("a size M tee", ["siz", "tee"]),
        ("socks socks sock", ["sock"]),
        ("tundra) OR (status:draft", ["tundra", "statu", "draft"]),
        ("-vendor:x NOT y*", ["vendor", "not"]),
        ("café crème", ["caf", "crem"]),
    ],
)
def test_product_search_is_active_and_any_of_the_words(query: str, prefixes: list[str]) -> None:
    """Only words reach the search, each as a prefix, and only active products are asked for."""
    status, *words = _terms(product_search(query))

    assert (status.field, status.value) == ("status", "active")
    assert [(t.field, t.value, t.prefix) for t in words] == [("", p, True) for p in prefixes]


def test_product_search_long_query_is_cut() -> None:
    """A customer's essay becomes a search of bounded length."""
    assert len(_terms(product_search(" ".join(f"word{i}x" for i in range(500))))) == 13


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Warm.</p><p>Dry &amp; light</p>", "Warm. Dry & light"),
        ("fits waists < 40 in, > 28 in", "fits waists < 40 in, > 28 in"),
        ("<!-- note -->a<br/>b", "a b"),
        ("", ""),
    ],
)
def test_plain_text_keeps_words_and_drops_markup(markup: str, text: str) -> None:
    """Tags become spaces, entities their characters, and a lone sign of comparison stays."""
    assert plain_text(markup) == text
