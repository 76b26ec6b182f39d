"""Products in the words of the model: published ones, with today's price and stock."""

from decimal import Decimal

from pydantic import JsonValue

from agent.tools.arguments import SearchProducts
from agent.tools.result import ONLY_FORM, ToolResult, compact, one_line
from domain.catalog import Product, Variant, price_range_words, price_words
from domain.facts import Fact, FactKind
from domain.ranking import rank

_TOP = 5
_OPTIONS_CHARACTERS = 160


def present_products(products: tuple[Product, ...], asked: SearchProducts) -> ToolResult:
    """Return the answer of `search_products`: at most five, the best match first.

    Args:
        products: What the shop found, with live stock; a product without an https page is left
            out, because it could not be linked to.
        asked: What the model asked for; a price limit counts for the cheapest buyable form.
    """
    fitting = [p for p in products if p.url.startswith("https://") and _fits(p, asked)]
    order = [i for i, _ in rank(asked.query, [(p.title, _description(p)) for p in fitting])]
    # The shop matches parts of words that ranking does not see: its own order is better than none.
    best = [fitting[i] for i in order or range(len(fitting))][:_TOP]
    listed: list[JsonValue] = [_product_json(p) for p in best]
    facts = tuple(fact for p in best for fact in _product_facts(p))
    return ToolResult(text=compact({"products": listed}), facts=facts)


def _fits(product: Product, asked: SearchProducts) -> bool:
    if not product.variants or (asked.in_stock_only and not product.in_stock):
        return False
    cheapest = min(v.price for v in _told_variants(product))
    return asked.max_price is None or cheapest <= Decimal(str(asked.max_price))


def _description(product: Product) -> str:
    forms = " ".join(dict.fromkeys(v.title for v in product.variants))
    return f"{product.product_type} {' '.join(product.tags)} {product.description} {forms}"


def _told_variants(product: Product) -> tuple[Variant, ...]:
    """Return what can be bought now; every form when nothing can."""
    return tuple(v for v in product.variants if v.available) or product.variants


def _product_json(product: Product) -> JsonValue:
    return {
        "title": one_line(product.title, 80),
        "price": price_range_words(product),
        "in_stock": product.in_stock,
        "options": _options(product),
        "url": product.url,
    }


def _product_facts(product: Product) -> tuple[Fact, ...]:
    source = f"product:{product.id}"
    stock = f"in stock: {_options(product)}" if product.in_stock else "sold out"
    prices = {price_words(v.price, product.currency): None for v in _told_variants(product)}
    values = [
        (FactKind.PRODUCT, one_line(product.title, 80)),
        (FactKind.STOCK, stock.removesuffix(": ")),
        (FactKind.LINK, product.url),
        *((FactKind.AMOUNT, price) for price in prices),
    ]
    return tuple(Fact(kind=kind, value=value, source=source) for kind, value in values)


def _options(product: Product) -> str:
    """Return what can be chosen now: "S, M, L", or "Slate: S, M; Cedar, Moss: L"."""
    sizes_of: dict[str, list[str]] = {}
    for variant in _told_variants(product):
        first, _, rest = one_line(variant.title, 60).partition(" / ")
        if first != ONLY_FORM:
            sizes_of.setdefault(first, []).extend([rest] if rest else [])
    firsts_of: dict[str, list[str]] = {}
    for first, sizes in sizes_of.items():
        firsts_of.setdefault(", ".join(dict.fromkeys(sizes)), []).append(first)
    groups = [
        f"{', '.join(firsts)}: {sizes}" if sizes else ", ".join(firsts)
        for sizes, firsts in firsts_of.items()
    ]
    told = "; ".join(groups)
    return (
        told if len(told) <= _OPTIONS_CHARACTERS else told[:_OPTIONS_CHARACTERS].rsplit(",", 1)[0]
    )
