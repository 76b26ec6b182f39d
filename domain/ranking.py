"""Which passages or products a question is about: BM25 over a brand's own small collection.

A brand has tens of articles and a few dozen search hits, so they are ranked in memory; the score
is the Okapi BM25 sum with k1 = 1.2 and b = 0.75 over stems. A word of the question that the
collection does not hold counts through its synonyms, or through the word it misspells.
Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.shop_words import emphasis, rewrite, synonyms
from domain.stems import words

__all__ = ["Match", "match", "rank", "words"]

_TITLE_WEIGHT = 3
_SYNONYM = 0.6
_MISSPELT = 0.8
_SHORTEST_MISSPELT = 5
# A word nobody in the shop uses says little about what is asked: it counts as a middling one.
_UNKNOWN_RARITY = 0.6


@dataclass(frozen=True)
class Match:
    """How well one document answers a query.

    Attributes:
        index: Its place among the documents.
        score: BM25 sum, larger is better; comparable within one query only.
        coverage: Share of the query's meaning that occurs in it, 0 to 1.
    """

    index: int
    score: float
    coverage: float


@dataclass(frozen=True)
class _Collection:
    bags: tuple[Counter[str], ...]
    average_size: float
    rarity: Mapping[str, float]
    rarest: float


@dataclass(frozen=True)
class _Asked:
    """One word of the query: what each stem it may mean is worth, and what it is worth itself."""

    worth: Mapping[str, float]
    importance: float

    def score(self, bag: Counter[str], relative_size: float) -> float:
        gains = (worth * _weight(bag[s], relative_size) for s, worth in self.worth.items())
        return max(gains, default=0.0)

    def covered(self, bag: Counter[str]) -> float:
        return max((worth for s, worth in self.worth.items() if s in bag), default=0.0)


def rank(query: str, documents: Sequence[tuple[str, str]]) -> list[tuple[int, float]]:
    """Order documents by how well they answer a query.

    Args:
        query: What is asked, in the asker's words.
        documents: Pairs of title and text; a word in the title counts three times.

    Returns:
        Pairs of index and score, best first, only documents that share a word with the query.
    """
    return [(m.index, m.score) for m in match(query, documents)]


def match(query: str, documents: Sequence[tuple[str, str]]) -> list[Match]:
    """Do the same as `rank`, and say how much of the query each document speaks of.

    Args:
        query: What is asked, in the asker's words.
        documents: Pairs of title and text; a word in the title counts three times.

    Returns:
        Best first, only documents that share a word with the query.
    """
    collection = _collect(documents)
    asked = [_read(stem, collection) for stem in dict.fromkeys(words(rewrite(query)))]
    total = sum(a.importance for a in asked)
    found = []
    for index, bag in enumerate(collection.bags):
        relative_size = sum(bag.values()) / collection.average_size
        score = sum(a.score(bag, relative_size) for a in asked)
        if score > 0:
            covered = sum(a.covered(bag) for a in asked)
            found.append(Match(index, score, covered / total))
    return sorted(found, key=lambda m: (-m.score, m.index))


@lru_cache(maxsize=4096)
def _bag(title: str, text: str) -> Counter[str]:
    """Count a document's words; the brand's are the same for every question."""
    return Counter(words(rewrite(title)) * _TITLE_WEIGHT + words(rewrite(text)))


def _collect(documents: Sequence[tuple[str, str]]) -> _Collection:
    bags = tuple(_bag(title, text) for title, text in documents)
    holders = Counter(stem for bag in bags for stem in bag)
    rarity = {s: math.log(1 + (len(bags) - n + 0.5) / (n + 0.5)) for s, n in holders.items()}
    size = sum(sum(bag.values()) for bag in bags)
    rarest = math.log(1 + (len(bags) + 0.5) / 0.5)
    return _Collection(bags, (size / len(bags) if bags else 0.0) or 1.0, rarity, rarest)


def _read(stem: str, collection: _Collection) -> _Asked:
    """Return what a word of the query may mean in the words of the collection."""
    known = collection.rarity
    likely = {s: _SYNONYM for s in synonyms(stem) if s in known}
    if stem in known:
        likely[stem] = 1.0
    elif not likely and len(stem) >= _SHORTEST_MISSPELT:
        likely = {s: _MISSPELT for s in known if _is_one_slip_away(stem, s)}
    worth = {
        s: weight * known[s] * max(emphasis(stem), emphasis(s)) for s, weight in likely.items()
    }
    unknown = _UNKNOWN_RARITY * collection.rarest * emphasis(stem)
    return _Asked(worth, max(worth.values(), default=unknown))


def _weight(count: int, relative_size: float) -> float:
    return count * 2.2 / (count + 1.2 * (0.25 + 0.75 * relative_size))


def _is_one_slip_away(typed: str, meant: str) -> bool:
    """Return whether one letter was left out, added, changed, or two neighbours swapped."""
    if typed[0] != meant[0] or abs(len(typed) - len(meant)) > 1 or len(meant) < 4:
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    left, right = typed[start:], meant[start:]
    return left[1:] == right or left == right[1:] or left[1:] == right[1:] or (
        left[:2] == right[1::-1] and left[2:] == right[2:]
    )  # fmt: skip
