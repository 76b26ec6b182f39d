"""Search hits in words: the ones that are what was asked for, one link at most."""

from collections.abc import Sequence
from typing import Any

from sandbox.openai.modes.rules.intents import Intent, Need
from sandbox.openai.modes.rules.vocabulary import content_words, overlap

Json = dict[str, Any]
_QUALITIES = frozenset(
    """
    waterproof water-resistant warm warmer warmest light lighter lightweight cheap cheapest
    rain insulated hiking hike hikes winter summer spring fall cold hot wet dry camping trail
    running comfortable breathable packable durable merino wool down fleece black blue red
    green grey gray brown white yellow orange pink mens men's men women womens women's kids
    unisex outdoor weather trip weekend beginner iceland nice popular bestseller favorite
    """.split()
)
_CHILDREN = ("kid", "child", "son", "daughter", "toddler", "boy", "girl", "baby", "youth")
_NOT_FOUND = (
    "Sorry, I couldn't find that in our shop. What else could I look for?",
    "Sorry, I couldn't find that.",
)


def word_products(need: Need, hits: Sequence[Json]) -> tuple[str, ...]:
    """Return the wordings of an answer about goods, richest first."""
    things = " ".join(w for w in content_words(need.text) if w not in _QUALITIES)
    named = [hit for hit in hits if overlap(things, str(hit["title"])) > 0]
    exact = bool(named) or not things
    if not hits or (not exact and need.intent is Intent.PRODUCT_QUESTION):
        return _NOT_FOUND
    fitting = named or list(hits)
    stocked = [hit for hit in fitting if hit.get("in_stock")]
    if not stocked:
        title = fitting[0]["title"]
        return (
            f"Sorry, the {title} is out of stock right now. Want me to look for something else?",
            f"The {title} is out of stock right now.",
        )
    ranked = sorted(stocked, key=lambda hit: _rank(need.text, str(hit["title"])))
    one = need.intent is Intent.PRODUCT_QUESTION
    return _wordings(ranked[:1] if one else ranked, exact=exact)


def _rank(asked: str, title: str) -> tuple[bool, int]:
    """Put children's sizes last unless asked for, then by words in common."""
    for_children = any(word in asked.lower() for word in _CHILDREN)
    return ("kids" in title.lower()) is not for_children, -overlap(asked, title)


def _wordings(hits: Sequence[Json], *, exact: bool) -> tuple[str, ...]:
    first = hits[0]
    named = f"{first['title']}, {first['price']}"
    options = f", in {first['options']}" if first.get("options") else ""
    opening = "In stock" if exact else "Closest I found"
    wordings = [
        f"{opening}: {named}{options}: {first['url']}",
        f"{opening}: {named}: {first['url']}",
        f"{named}: {first['url']}",
        f"{named}.",
    ]
    if len(hits) > 1 and exact:
        also = f"{hits[1]['title']}, {hits[1]['price']}"
        wordings.insert(0, f"Try {named}: {first['url']} or {also}.")
    return tuple(wordings)
