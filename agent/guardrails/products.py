"""Product names and stock in a draft: only what the shop showed, for the product it showed."""

import re
from collections.abc import Iterator

from agent.guardrails.contacts import without_links
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.known import Known
from agent.guardrails.plain import Draft, fold
from agent.guardrails.subject import named_sources
from domain.facts import FactKind

# Where goods are named, the customer's own words vouch for no name: they may be wrong.
_SELLS = re.compile(
    r"https?://|[$€£]\s?\d|\d\s?[$€£]|\b(?:try|recommend|suggest|in stock|we have|we carry|we sell"
    r"|we offer|we stock|check out|how about|available|great pick|prueba|recomiendo|essayez|probier"
    r"|experimente|perfect for|take a look)\b"
    r"|#\s?\d|\bshipped\b|\bdelivered\b|\bon its way\b|\bexpected\b",
    re.IGNORECASE,
)
# German writes every noun with a capital, so that capitals name nothing there.
_GERMAN = re.compile(r"\b(?:der|die|das|und|ist|sind|mit|nicht|wir|ein|eine|Ihre?|kommt|kostet)\b")
_CAPITAL = r"[A-Z][\w&'’-]*"
_NAME = re.compile(rf"{_CAPITAL}(?: (?:of|the|and|for|&|\d+\w*|{_CAPITAL}))* (?:\d+\w*|{_CAPITAL})")
_NOT_NAMES = frozenset(
    "i im ive ill our we the a an try yes no hi hello hey sure great thanks sorry it its they "
    "you your this that there for in on at with and or but if also both how about do does is "
    "are what which order track tracking size sizes color colors colour only just from here "
    "heres check see usps ups fedex dhl us usa canada monday tuesday wednesday thursday friday "
    "saturday sunday jan feb mar apr may jun jul aug sep sept oct nov dec january february "
    "march april june july august september october november december xs s m l xl xxl ai sms "
    "ihre ihr ihren ihrer ihnen sie please happy let prices price free express standard shop "
    "pay paypal apple visa want would need one two shipping returns delivery "
    "customer service team support assistant gift card merry holidays christmas new year "
    "thanksgiving black cyber".split()
)
_WORD = re.compile(r"[\w&'’-]+")

_IN_STOCK = re.compile(
    r"\b(?:in stock|available"
    r"|comes? in(?= (?:[smlx]{1,4}|size|[2-5]x))"
    r"|we (?:do )?have (?:it|them|that|this)|we(?:ve| have) got (?:it|them)"
    r"|back in|still have|hay stock|disponibles?|en stock|auf lager|verfugbar|em estoque)\b"
)
_SOLD_OUT = re.compile(
    r"\b(?:sold out|out of stock|not in stock|not available|unavailable|agotad[oa]s?|epuisee?s?"
    r"|ausverkauft|esgotad[oa]s?|no longer (?:available|in stock))\b"
)
_NOT = re.compile(
    r"\b(?:not|no|isnt|arent|dont|doesnt|nothing|none|never|cant|couldnt|if|when|once|nicht|nao|pas"
    r"|sin|sem)\b[^.,]{0,30}$"
)
_SIZE = re.compile(
    r"(?<![\w'’/&-])(?:XXS|XS|S|M|L|XL|XXL|XXXL|[2-5]XL|[2-5]T)(?:/(?:S|M|L|XL))?(?![\w'’&-])"
)


def check_products(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield product names that no lookup returned, and stock that the shop did not show."""
    everywhere = named_sources(draft.folded, known)
    for sentence in draft.sentences:
        sources = (named_sources(fold(sentence), known) or everywhere) or None
        if not _GERMAN.search(sentence):
            yield from _unknown_names(sentence, known)
        yield from _wrong_stock(sentence, known, sources)


def _unknown_names(sentence: str, known: Known) -> Iterator[Finding]:
    named = _known_words(known)
    if not _SELLS.search(sentence):
        named += [frozenset(_WORD.findall(fold(text))) for text in known.spoken]
    for match in _NAME.finditer(without_links(sentence)):
        words = [w for w in _WORD.findall(fold(match.group())) if w not in _NOT_NAMES]
        proper = [w for w in words if not w[0].isdigit()]
        if len(proper) >= 2 and not any(set(proper) <= title for title in named):
            yield finding(Rule.PRODUCT, match.group())


def _known_words(known: Known) -> list[frozenset[str]]:
    """Return the words of each thing a name may come from: a title, a stock line, a text."""
    kinds = (FactKind.PRODUCT, FactKind.STOCK)
    values = [v for kind in kinds for v in known.values(kind)]
    stock = {f.source: fold(f.value) for f in known.facts if f.kind is FactKind.STOCK}
    whole = [
        f"{fold(f.value)} {stock.get(f.source, '')}"
        for f in known.facts
        if f.kind is FactKind.PRODUCT
    ]
    texts = [*(fold(v) for v in values), *whole, *known.text.split("\n")]
    return [frozenset(_WORD.findall(t)) for t in texts]


def _wrong_stock(sentence: str, known: Known, sources: frozenset[str] | None) -> Iterator[Finding]:
    folded = fold(without_links(sentence))
    stock = [fold(v) for v in known.values(FactKind.STOCK, sources)]
    gone = _SOLD_OUT.search(folded)
    if gone:
        if stock and not any("sold out" in s for s in stock):
            yield from _gone_in_some_size(sentence, gone.group(), stock)
        return
    there = _IN_STOCK.search(folded)
    if there is None or folded.rstrip().endswith("?") or _NOT.search(folded[: there.start()]):
        return
    if there.group() in known.text:
        return
    if not any(s.startswith("in stock") for s in stock):
        yield finding(Rule.STOCK, there.group())
        return
    yield from _unknown_sizes(sentence, known, sources)


def _unknown_sizes(
    sentence: str, known: Known, sources: frozenset[str] | None
) -> Iterator[Finding]:
    offered = " ".join(known.values(FactKind.STOCK, sources))
    titles = " ".join(known.values(FactKind.PRODUCT, sources))
    for match in _SIZE.finditer(sentence):
        if match.group() not in _SIZE.findall(offered) and match.group() not in titles.split():
            yield finding(Rule.STOCK, f"size {match.group()}")


def _gone_in_some_size(sentence: str, words: str, stock: list[str]) -> Iterator[Finding]:
    """Let "sold out in XL" stand when XL is not among what can be bought."""
    sizes = [m.casefold() for m in _SIZE.findall(sentence)]
    offered = set(re.findall(r"[\w/]+", " ".join(stock)))
    if not sizes or any(size in offered for size in sizes):
        yield finding(Rule.STOCK, words)
