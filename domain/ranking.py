"""Which passages or products a question is about: BM25 over a brand's own small collection.

A brand has tens of articles and a few dozen search hits, so they are ranked in memory; the score
is the Okapi BM25 sum with k1 = 1.2 and b = 0.75 over lightly stemmed words.
Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[a-z0-9]+")
_STOP_WORDS = frozenset(
    "a an and any are as at be but by can could did do does for from get give got had has have hi "
    "hello hey how i if im in is it its just me my of on or our please so some tell than that the "
    "their them then there these they this to us was we were what when where which who why will "
    "with would you your yours about need want know looking look like".split()
)


def words(text: str) -> list[str]:
    """Return the words that carry meaning: folded, without accents, lightly stemmed.

    Args:
        text: Any text.

    Returns:
        Stems in order, stop words left out.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c)).replace("'", "")
    return [_stem(w) for w in _WORD.findall(plain) if w not in _STOP_WORDS]


def _stem(word: str) -> str:
    for ending, least in (("ing", 6), ("ies", 5), ("ed", 5), ("es", 5), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            stem = word[: -len(ending)] + ("y" if ending == "ies" else "")
            return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem.rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


def rank(query: str, documents: Sequence[tuple[str, str]]) -> list[tuple[int, float]]:
    """Order documents by how well they answer a query.

    Args:
        query: What is asked, in the asker's words.
        documents: Pairs of title and text; a word in the title counts three times.

    Returns:
        Pairs of index and score, best first, only documents that share a word with the query.
    """
    wanted = set(words(query))
    bags = [Counter(words(title) * 3 + words(text)) for title, text in documents]
    sizes = [sum(bag.values()) for bag in bags]
    average = (sum(sizes) / len(sizes) if sizes else 0.0) or 1.0
    rarity = {
        w: math.log(1 + (len(bags) - n + 0.5) / (n + 0.5))
        for w in wanted
        for n in (sum(w in bag for bag in bags),)
    }
    scored = [
        (i, sum(_weight(bag[w], size / average) * rarity[w] for w in wanted))
        for i, (bag, size) in enumerate(zip(bags, sizes, strict=True))
    ]
    return sorted((s for s in scored if s[1] > 0), key=lambda s: (-s[1], s[0]))


def _weight(count: int, relative_size: float) -> float:
    return count * 2.2 / (count + 1.2 * (0.25 + 0.75 * relative_size))
