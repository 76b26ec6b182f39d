"""What customers and shops mean by their words: synonyms, phrases, and how much a word says."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from domain.stems import fold, words

# Each line is one meaning; a word may stand in several. These are what a shop does.
_SERVICES = (
    "refund reimburse reimbursement",
    "return refuse",
    "exchange swap switch replace replacement",
    "ship shipment deliver delivery",
    "discount promo coupon voucher",
    "damage break broke broken crack rip tear tore torn smash",
    "defect defective faulty warranty guarantee",
    "repair fix mend",
    "wash clean launder laundry",
    "dry dryer tumble",
    "pay payment installment",
    "cancel cancellation",
    "track trace",
    "missing lost stole stolen nothing nowhere",
    "size fit",
    "pickup collect",
    "preorder backorder",
    "tax duty customs",
    "contact call phone reach talk speak",
    "privacy data",
)
# These are what it speaks of.
_THINGS = (
    "parcel package shipment box",
    "arrive come receive",
    "cost price fee charge much expensive",
    "promo code",
    "change edit modify update",
    "open close hours time",
    "deadline window limit",
    "store shop location",
    "delete erase remove",
    "wrap wrapping",
    "gift present",
    "rain waterproof",
    "jacket coat parka shell",
    "mitten mitt",
    "tee tshirt",
    "pants trousers",
    "sneaker shoe runner",
    "backpack pack rucksack",
    "beanie hat",
    "country international overseas abroad uk europe australia mexico",
    "sale clearance",
    "colour color",
)
_GROUPS = tuple(frozenset(words(line)) for line in (*_SERVICES, *_THINGS))
_SUBJECTS = frozenset().union(*_GROUPS[: len(_SERVICES)])
# In a text to a shop these are nearly always there, whatever it is about.
_FAINT = frozenset(
    words(
        "ago again another back bought buy certain come day days first good hour item last later "
        "least long make many marked min mins minute mins month much new no not off old order "
        "ordered other out over own process product purchase purchased put quick same say said "
        "says start still take taken takes time today tonight two up use week write yesterday"
    )
)
# Several words that stand for one, and words that shops write apart.
_PHRASES = {
    r"money back": "refund",
    r"(?:send|sent|sending|give|take|bring|ship|mail) (?:\w+ ){0,2}back": "return",
    r"pick(?:ed|ing)?[ -](?:\w+ ){0,1}up": "pickup",
    r"e-?mail address|phone number": "email contact",
    r"e-mail": "email",
    r"pre[ -]?orders?": "preorder",
    r"t-?shirts?": "tee",
    r"p\.?o\.? box(?:es)?": "pobox",
    r"gift ?cards?": "gift card",
}
_PHRASE = {re.compile(rf"\b(?:{phrase})\b"): plain for phrase, plain in _PHRASES.items()}


def _others() -> Iterator[tuple[str, frozenset[str]]]:
    for word in frozenset().union(*_GROUPS):
        yield word, frozenset().union(*(g for g in _GROUPS if word in g)) - {word}


_SYNONYMS: Mapping[str, frozenset[str]] = MappingProxyType(dict(_others()))


def rewrite(text: str) -> str:
    """Return a folded text in which phrases that stand for one word are that word."""
    folded = fold(text)
    for phrase, plain in _PHRASE.items():
        folded = phrase.sub(plain, folded)
    return folded


def synonyms(stem: str) -> frozenset[str]:
    """Return the stems that may mean the same; empty for most words."""
    return _SYNONYMS.get(stem, frozenset())


def emphasis(stem: str) -> float:
    """Return how much a word of a question says about its subject.

    What a shop does ("return", "ship") outweighs what it sells: "return my jacket" is not about
    jackets. A number alone says little.

    Args:
        stem: One stem of a question.

    Returns:
        A factor, 1 for an ordinary word.
    """
    if stem in _SUBJECTS:
        return 2.0
    return 0.4 if stem in _FAINT or stem.isdigit() else 1.0
