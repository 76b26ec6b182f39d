"""Shopify's search language, written so that a customer's words stay words."""

import html
import re
from collections.abc import Sequence

from domain.catalog import Product
from domain.ranking import rank, words

_MAX_NAME = 60
_MAX_WORDS = 12
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")


def quoted(text: str) -> str:
    """Return text as one quoted phrase: nothing in it ends the phrase or acts as an operator.

    Source: Shopify API search syntax: quotes and backslashes in a phrase are escaped by a
    backslash.
    """
    printable = "".join(c if c.isprintable() else " " for c in text)
    return "'" + printable.replace("\\", "\\\\").replace("'", "\\'") + "'"


def bare_name(name: str) -> str:
    """Return an order's name without what customers add or leave out: "#", case, spaces around."""
    return name.strip().lstrip("#").strip().casefold()


def order_search(name: str) -> str | None:
    """Return the search for an order by its name, None when no order can have it.

    Args:
        name: As the customer wrote it ("1042", "#1042", " # 1042 ").
    """
    bare = name.strip().lstrip("#").strip()
    if not bare or len(bare) > _MAX_NAME:
        return None
    return f"name:{quoted('#' + bare)} OR name:{quoted(bare)}"


def product_search(query: str) -> str | None:
    """Return the search for active products that share a word with the query, None without words.

    Args:
        query: The customer's words; only their stems of letters and digits are used, each as a
            prefix, so that "berries" finds "berry" and no operator can come of them.
    """
    stems = dict.fromkeys(_recall_prefix(word) for word in words(query) if len(word) > 1)
    if not stems:
        return None
    return f"status:active AND ({' OR '.join(f'{s}*' for s in list(stems)[:_MAX_WORDS])})"


def _recall_prefix(stem: str) -> str:
    return stem[:-1] if len(stem) > 3 and stem.endswith("y") else stem


def best_products(query: str, products: Sequence[Product], limit: int) -> tuple[Product, ...]:
    """Return the products that share a word with the query, best first.

    Args:
        query: The customer's words.
        products: What the shop found, in its order.
        limit: At most so many.
    """
    documents = [(p.title, _text(p)) for p in products]
    return tuple(products[index] for index, _ in rank(query, documents)[:limit])


def _text(product: Product) -> str:
    titles = (variant.title for variant in product.variants)
    return " ".join((product.product_type, *product.tags, *titles, product.description))


def plain_text(markup: str) -> str:
    """Return text without tags, entities resolved, white space collapsed."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())
