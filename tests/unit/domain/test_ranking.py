"""Stems, synonyms, slips of the finger, and the order of documents."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ranking import match, rank, words
from domain.stems import fold, stem

FAMILIES = (
    "hoodies hoodie hoody",
    "dresses dress",
    "beanies beanie",
    "cookies cookie",
    "mitts mitt",
    "gloves glove",
    "return returns returned returning",
    "ship ships shipped shipping",
    "jackets jacket",
    "boxes box",
    "watch watches watched",
    "size sizes sized sizing",
    "shoes shoe",
    "berries berry",
    "addresses address",
    "cancel cancels canceled cancelled cancelling",
    "miss misses missed missing",
    "exchange exchanges exchanged exchanging",
    "carry carries carried carrying",
    "hike hikes hiking",
    "care cares cared caring",
    "tape taped taping",
    "tap tapped tapping",
    "taxes tax",
    "duties duty",
    "canoes canoe",
    "tees tee",
    "glasses glass",
    "replies reply replied",
    "women's womens women",
    "fit fits fitted fitting",
)
STRANGERS = (
    "cape cap",
    "care car",
    "hate hat",
    "note not",
    "universe university",
    "string stringer",
    "need needle",
    "ring red",
    "string strong",
    "sing single",
    "bring brand",
    "bus business",
    "ski sky",
    "jacket jack",
    "refund fund",
    "order border",
    "tee team",
    "spring sprint",
)
WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=14)


@pytest.mark.parametrize("family", FAMILIES)
def test_stem_forms_of_one_word_are_equal(family: str) -> None:
    """A shop's "hoodie" answers a customer's "hoodies"."""
    assert len({stem(fold(word)) for word in family.split()}) == 1


@pytest.mark.parametrize("pair", STRANGERS)
def test_stem_different_words_stay_different(pair: str) -> None:
    """Words that only look alike do not meet."""
    assert len({stem(word) for word in pair.split()}) == 2


@given(WORDS)
def test_stem_without_its_last_e_or_y_begins_the_word(word: str) -> None:
    """Shops search by the beginnings of words, so a stem must be one."""
    found = stem(word)

    assert found
    assert word.startswith(found) or (found[-1] in "ey" and word.startswith(found[:-1]))


@given(WORDS.filter(lambda w: len(w) >= 4 and not w.endswith(("s", "x", "z", "ch", "sh", "y"))))
def test_stem_regular_plural_is_its_singular(word: str) -> None:
    """An s more makes no difference, whatever the word."""
    assert stem(f"{word}s") == stem(word)


def test_words_folds_accents_case_and_every_apostrophe() -> None:
    """How a phone writes a letter does not change the word."""
    assert words("CAFÉ Women’s women's") == (stem("cafe"), "women", "women")


def test_words_stop_words_are_left_out() -> None:
    """What every text holds says nothing."""
    assert words("What's the status of my order, please?") == ("statu", "order")


@given(st.text(max_size=80), st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40))))
def test_match_any_text_is_ordered_and_within_bounds(
    query: str, documents: list[tuple[str, str]]
) -> None:
    """Whatever is asked: best first, each document at most once, coverage between 0 and 1."""
    found = match(query, documents)
    scores = [m.score for m in found]

    assert scores == sorted(scores, reverse=True)
    assert len({m.index for m in found}) == len(found)
    assert all(m.score > 0 and 0 < m.coverage <= 1.0000001 for m in found)
    assert rank(query, documents) == [(m.index, m.score) for m in found]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        pytest.param("money back", "Refunds", id="a phrase for one word"),
        pytest.param("coupon", "Promo codes", id="a synonym"),
        pytest.param("can you send it back", "Refused parcels and returns", id="send it back"),
        pytest.param("waranty", "Warranty", id="a letter left out"),
        pytest.param("repiar", "Repairs", id="two letters swapped"),
        pytest.param("expresss", "Express", id="a letter too many"),
        pytest.param("privecy", "Privacy", id="a wrong letter"),
        pytest.param("hoodies", "Grid Hoodie", id="a plural"),
    ],
)
def test_rank_customers_word_finds_the_shops_word(query: str, title: str) -> None:
    """Synonyms, phrases and single slips find what was meant."""
    documents = [("Mugs", "Enamel"), (title, ""), ("Socks", "Merino")]

    assert [index for index, _ in rank(query, documents)] == [1]


@pytest.mark.parametrize("query", ["leather", "weird", "fund", "rang"])
def test_rank_similar_but_other_word_finds_nothing(query: str) -> None:
    """A slip keeps the first letter, and short words are not guessed at."""
    assert rank(query, [("Weather", "refund ring wired")]) == []


def test_rank_title_outweighs_text() -> None:
    """An article about a thing comes before one that mentions it."""
    documents = [("Shipping", "We also sell gift cards"), ("Gift cards", "Sent by post")]

    assert [index for index, _ in rank("gift card", documents)] == [1, 0]


def test_rank_what_the_shop_does_outweighs_what_it_sells() -> None:
    """A question how to return a jacket is about returning."""
    documents = [("Jacket", "Warm jacket"), ("Returns", "Send it within 30 days"), ("Mug", "")]

    assert rank("return a jacket", documents)[0][0] == 1


def test_rank_equal_documents_keep_their_order() -> None:
    """Without a reason to prefer one, the collection's own order stands."""
    assert [i for i, _ in rank("mug", [("Mug", ""), ("Mug", ""), ("Cap", "")])] == [0, 1]


def test_rank_reads_a_document_once_and_keeps_no_more_than_a_bound() -> None:
    """The brand's knowledge is the same for every question; memory does not grow with texts."""
    passage = "Send it back within thirty days, unworn."
    assert words(passage) is words(passage)
    assert words.cache_info().maxsize is not None
