"""Words that carry meaning, compared by a rough stem."""

import re

_WORD = re.compile(r"[a-z0-9][a-z0-9'-]*")
_EMPTY = frozenset(
    """
    a about after again all also am an and any anyone are as at be been before being best but
    buy by can carry could did do does doing don't for from get give go good got guys had has
    have hello hey hi how i i'd i'll i'm i've if im in is it its it's just know let like look
    looking make me my need new no not of ok on one or our out please pls recommend s sell so
    some something suggest tell than thank thanks that that's the their them then there they
    this to too u under up us want was we were what what's whats when where which who why will
    with would yes you your you're dollars budget max less below maximum cheaper more most much
    price stock available in-stock today still yet really maybe thing things stuff great love
    help find show sure hoping wondering question use used uses using work works monday tuesday
    wednesday thursday friday saturday sunday tomorrow tonight week
    """.split()
)


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that say what it is about, in order, each once."""
    found = _WORD.findall(text.lower().replace("’", "'"))
    words = (w.removesuffix("'s").strip("'-") for w in found)
    return tuple(dict.fromkeys(w for w in words if w and w not in _EMPTY and not w.isdigit()))


def stem(word: str) -> str:
    """Return a rough stem, enough to match ``returns`` with ``returned``."""
    for ending in (
        "ations",
        "ation",
        "ingly",
        "ments",
        "ment",
        "ings",
        "ing",
        "ies",
        "ied",
        "ers",
        "ed",
        "es",
        "er",
        "ly",
        "s",
        "y",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def overlap(query: str, text: str) -> int:
    """Return how many of the query's content words stand in the text, by stem."""
    wanted = {stem(word) for word in content_words(query)}
    return len(wanted & {stem(word) for word in content_words(text)})
