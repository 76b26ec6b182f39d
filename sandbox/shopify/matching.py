"""Which orders, customers and products one search condition finds."""

import re
from collections.abc import Callable

from sandbox.shopify.search import Term
from sandbox.wire import Json

Judge = Callable[[Json, Term], bool]


def order_matches(node: Json, term: Term) -> bool:
    """Judge an order by one condition; Shopify has no filter for its phone number."""
    check = _ORDER.get(term.field)
    return True if check is None else check(node, term)


def customer_matches(node: Json, term: Term) -> bool:
    """Judge a customer by one condition; ``phone`` looks at the address as well."""
    check = _CUSTOMER.get(term.field)
    return True if check is None else check(node, term)


def product_matches(node: Json, term: Term) -> bool:
    """Judge a product by one condition; free text reads title, type, tags, vendor and words."""
    check = _PRODUCT.get(term.field)
    return True if check is None else check(node, term)


def _order_text(node: Json, term: Term) -> bool:
    person = node["customer"]["displayName"]
    return term.in_text(node["name"], node["email"], node["confirmationNumber"], person)


def _order_status(node: Json, term: Term) -> bool:
    is_closed, is_cancelled = node["closedAt"] is not None, node["cancelledAt"] is not None
    states = {
        "open": not is_closed and not is_cancelled,
        "closed": is_closed,
        "cancelled": is_cancelled,
        "not_closed": not is_closed,
    }
    return states.get(term.value.lower(), True)


def _customer_text(node: Json, term: Term) -> bool:
    return term.in_text(node["displayName"], node["email"]) or _customer_phone(node, term)


def _customer_phone(node: Json, term: Term) -> bool:
    asked = _digits(term.value)
    known = (_digits(node["phone"]), _digits(node["defaultAddress"]["phone"]))
    return bool(asked) and asked in known


def _product_text(node: Json, term: Term) -> bool:
    words = (node["title"], node["productType"], node["vendor"], node["description"])
    return term.in_text(*words, *node["tags"])


def _product_status(node: Json, term: Term) -> bool:
    return node["status"].lower() in term.value.lower().split(",")


def _published(node: Json, term: Term) -> bool:
    shown = node["onlineStoreUrl"] is not None
    states = {"published": shown, "visible": shown, "unpublished": not shown, "hidden": not shown}
    return states.get(term.value.lower(), True)


def _digits(phone: str | None) -> str:
    return re.sub(r"\D", "", phone or "")


_ORDER: dict[str, Judge] = {
    "": _order_text,
    "name": lambda node, term: term.in_text(node["name"]),
    "email": lambda node, term: term.equals(node["email"]),
    "id": lambda node, term: term.equals(node["legacyResourceId"]),
    "customer_id": lambda node, term: term.equals(node["customer"]["legacyResourceId"]),
    "confirmation_number": lambda node, term: term.equals(node["confirmationNumber"]),
    "tag": lambda node, term: term.equals(*node["tags"]),
    "tag_not": lambda node, term: not term.equals(*node["tags"]),
    "sku": lambda node, term: term.equals(*(line["sku"] for line in node["_lines"])),
    "status": _order_status,
    "financial_status": lambda node, term: term.equals(node["displayFinancialStatus"]),
    "fulfillment_status": lambda node, term: term.equals(node["displayFulfillmentStatus"]),
    "created_at": lambda node, term: term.compares(node["_at"]),
    "processed_at": lambda node, term: term.compares(node["_at"]),
}
_CUSTOMER: dict[str, Judge] = {
    "": _customer_text,
    "phone": _customer_phone,
    "email": lambda node, term: term.equals(node["email"]),
    "id": lambda node, term: term.equals(node["legacyResourceId"]),
    "first_name": lambda node, term: term.in_text(node["firstName"]),
    "last_name": lambda node, term: term.in_text(node["lastName"]),
    "tag": lambda node, term: term.equals(*node["tags"]),
    "state": lambda node, term: term.equals(node["state"]),
    "customer_date": lambda node, term: term.compares(node["_created"]),
}
_PRODUCT: dict[str, Judge] = {
    "": _product_text,
    "title": lambda node, term: term.in_text(node["title"]),
    "handle": lambda node, term: term.equals(node["handle"]),
    "id": lambda node, term: term.equals(node["legacyResourceId"]),
    "product_type": lambda node, term: term.equals(node["productType"]),
    "vendor": lambda node, term: term.equals(node["vendor"]),
    "tag": lambda node, term: term.equals(*node["tags"]),
    "tag_not": lambda node, term: not term.equals(*node["tags"]),
    "sku": lambda node, term: term.equals(*(row["sku"] for row in node["_variants"])),
    "status": _product_status,
    "published_status": _published,
    "updated_at": lambda node, term: term.compares(node["_updated"]),
    "created_at": lambda node, term: term.compares(node["_created"]),
}
