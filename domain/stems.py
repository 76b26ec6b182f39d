"""The words of a text that carry meaning, reduced so that the forms of one word are equal.

The stemmer undoes English plurals, -ed and -ing and nothing else: "hoodies" and "hoodie" meet,
"universe" and "university" do not, nor "cape" and "cap". A stem, without a final e or y, always
begins the word it came from, because shops search by the beginnings of words.
"""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = re.compile(r"['’‘`´]")
_STOP_WORDS = frozenset(
    "a about also am an and any anybody anyone anything are arent as at be been being but by can "
    "cant cause could couldnt did didnt do does doesnt doing dont ever everything for from get "
    "gets getting give go going gonna gotta got had has hasnt have havent having he hello her here "
    "hers hey hi his hiya how hows i id if ill im in into is isnt it its ive just know let lets "
    "like lol look looking maybe me my now of ok okay on or our please pls plz quick question "
    "really she should so some somebody someone something tell than thank thanks that thats the "
    "their them then there theres these they theyre thing things this thx to too u ur us very wait "
    "wanna want wanted wanting was wasnt we were weve what whats when whens where wheres which who "
    "whos why will wondering wont would wouldnt y ya yall yes yet you your youre yours youve need "
    "hoping trying try possible able guys guy".split()
)
_VOWEL = re.compile(r"[aeiouy]")
_SIBILANT_PLURAL = re.compile(r"(?:s|x|z|ch|sh)es$")
# Without its e, a short word that ends so is mostly another word: care, cape, hate, note.
_SHORT_WITH_E = re.compile(r"[^aeiou][aeiou][bdmnprt]e")
_SHORT = re.compile(r"[^aeiou][aeiou][bdmnprt]")
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Return the words that carry meaning: folded, without accents, reduced to stems.

    What was read lately is kept: a brand's knowledge is ranked for every question about it.

    Args:
        text: Any text.

    Returns:
        Stems in order, stop words left out.
    """
    return tuple(stem(w) for w in _WORD.findall(fold(text)) if w not in _STOP_WORDS)


def fold(text: str) -> str:
    """Return a text in lower case without accents and apostrophes."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c))


def stem(word: str) -> str:
    """Return what the singular, the plural, and the -ed and -ing forms of a word share.

    Args:
        word: One word in lower-case letters and digits.
    """
    if len(word) <= 3 or not word.isalpha():
        return word
    return _close(_without_tense(_singular(word)))


def _singular(word: str) -> str:
    if _SIBILANT_PLURAL.search(word) and len(word) > 5:
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _without_tense(word: str) -> str:
    if word.endswith("ied"):
        return word[:-1]
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and _VOWEL.search(rest) and rest[-1] != "e":
            return f"{rest}e" if _SHORT.fullmatch(rest) else rest
    return word


def _close(word: str) -> str:
    """Write the end of a stem in one way: hoodie and hoody, siz(e), ship(p)."""
    if len(word) <= 3:
        return word
    if word.endswith("ie"):
        return f"{word[:-2]}y"
    if word.endswith("i"):
        return f"{word[:-1]}y"
    if word.endswith("oe") and len(word) > 4:
        return word[:-1]
    if word.endswith("e") and word[-2] not in "eo" and not _SHORT_WITH_E.fullmatch(word):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and _DOUBLED.search(word) else word
