"""Orders, their lines and their money as GraphQL nodes."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sandbox.demo.model import DemoShop
from sandbox.demo.order import DemoLine, DemoOrder
from sandbox.shopify.connection import paged
from sandbox.shopify.gids import gid
from sandbox.shopify.parcel import fulfillment_nodes, fulfillment_order_nodes, return_nodes
from sandbox.shopify.scalar import instant, money_bag
from sandbox.shopify.shopper import address_node
from sandbox.wire import Json

_FIRST_ID = 5_900_000_000
_UNPAID = frozenset({"AUTHORIZED", "PENDING", "PARTIALLY_PAID", "EXPIRED", "VOIDED"})


@dataclass(frozen=True)
class Context:
    """What an order node points to: the shop, its customer's node and variants by SKU."""

    shop: DemoShop
    customer: Json
    variants: dict[str, Json]


def order_number(order: DemoOrder) -> int:
    """Return the number in an order's name: 1042 of ``#1042-A``."""
    return int(order.name.removeprefix("#").split("-")[0])


def order_id(order: DemoOrder) -> int:
    """Return a stable legacy id; a suffixed name gets its own."""
    return _FIRST_ID + order_number(order) * 10 + (1 if "-" in order.name else 0)


def order_node(context: Context, order: DemoOrder) -> Json:
    """Return an order with everything Appendix A reads; ``_order`` keeps the demo record."""
    node: Json = {"__typename": "Order", "_order": order, "_at": context.shop.at(order.at_hours)}
    node |= _identity(context, order) | _state(context, order) | _money(context, order)
    node["customer"] = context.customer
    lines = [_line(context, node, order, place) for place in range(len(order.lines))]
    fulfillments = fulfillment_nodes(context.shop, node, lines)
    works = fulfillment_order_nodes(context.shop, node)
    returns = return_nodes(context.shop, node)
    node["_lines"], node["_fulfillments"], node["_works"] = lines, fulfillments, works
    node["_returns"] = returns
    node["lineItems"] = paged(lines)
    node["fulfillments"] = lambda first=None, **_: fulfillments[:first]
    node["returns"] = paged(returns)
    return node


def line_total(context: Context, order: DemoOrder) -> Decimal:
    """Return what the order's remaining lines and its shipping come to."""
    goods = sum(
        (_price(context, line) * (line.quantity - line.removed) for line in order.lines), Decimal(0)
    )
    return goods + (order.shipping.price if order.shipping else Decimal(0))


def _identity(context: Context, order: DemoOrder) -> Json:
    shop, number = context.shop, order_id(order)
    token = hashlib.sha256(order.name.encode()).hexdigest()
    person = context.customer["_customer"]
    name = (person.first_name, person.last_name)
    address = address_node(
        order.ship_to or person.address, gid("MailingAddress", f"{number}?model_name=Address"), name
    )
    return {
        "id": gid("Order", number),
        "legacyResourceId": str(number),
        "name": order.name,
        "number": order_number(order),
        "confirmationNumber": token[:9].upper(),
        "statusPageUrl": lambda **_: (
            f"https://{shop.profile.domain}/{shop.profile.id}/orders/{token[:32]}/authenticate"
        ),
        "email": person.email,
        "phone": order.phone or person.phone,
        "note": order.note,
        "tags": list(order.tags),
        "shippingAddress": address if _ships(order) else None,
        "billingAddress": address,
        "shippingLine": _shipping_line(order),
        "requiresShipping": _ships(order),
    }


def _state(context: Context, order: DemoOrder) -> Json:
    shop = context.shop
    placed = instant(shop.at(order.at_hours))
    cancelled = None if order.cancelled_hours is None else instant(shop.at(order.cancelled_hours))
    over = order.fulfillment_status == "FULFILLED" and order.return_status == "NO_RETURN"
    moments = [f.delivered_hours or f.at_hours for f in order.fulfillments]
    closed = instant(shop.at(max(moments))) if over and moments else cancelled
    editable = cancelled is None and not order.fulfillments
    return {
        "createdAt": placed,
        "processedAt": placed,
        "updatedAt": closed or placed,
        "closedAt": closed,
        "closed": closed is not None,
        "cancelledAt": cancelled,
        "cancelReason": order.cancel_reason,
        "cancellation": {"staffNote": None} if cancelled else None,
        "displayFinancialStatus": order.financial_status,
        "displayFulfillmentStatus": order.fulfillment_status,
        "returnStatus": order.return_status,
        "fullyPaid": order.financial_status not in _UNPAID,
        "unpaid": order.financial_status in _UNPAID - {"PARTIALLY_PAID"},
        "refundable": order.financial_status in ("PAID", "PARTIALLY_PAID", "PARTIALLY_REFUNDED"),
        "merchantEditable": editable,
        "merchantEditableErrors": [] if editable else ["The order is fulfilled or canceled"],
    }


def _money(context: Context, order: DemoOrder) -> Json:
    total = Decimal(0) if order.cancelled_hours is not None else line_total(context, order)
    return {
        "currencyCode": context.shop.profile.currency,
        "currentTotalPriceSet": money_bag(total),
        "totalRefundedSet": money_bag(order.refunded),
    }


def _line(context: Context, parent: Json, order: DemoOrder, place: int) -> Json:
    line = order.lines[place]
    variant = context.variants[line.sku]
    product = variant["product"]
    kept = 0 if order.cancelled_hours is not None else line.quantity - line.removed
    sent = sum(
        quantity
        for parcel in order.fulfillments
        for index, quantity in parcel.lines
        if index == place and parcel.status != "CANCELLED"
    )
    only = variant["title"] == "Default Title"
    return {
        "__typename": "LineItem",
        "id": gid("LineItem", f"{order_id(order)}{place:02d}"),
        "name": product["title"] if only else f"{product['title']} - {variant['title']}",
        "title": product["title"],
        "variantTitle": None if only else variant["title"],
        "sku": line.sku,
        "vendor": product["vendor"],
        "quantity": line.quantity,
        "currentQuantity": kept,
        "unfulfilledQuantity": max(0, kept - sent),
        "refundableQuantity": kept if parent["refundable"] else 0,
        "requiresShipping": variant["_variant"].ships,
        "discountedUnitPriceSet": money_bag(_price(context, line)),
        "originalUnitPriceSet": money_bag(_price(context, line)),
        "product": product,
        "variant": variant,
        "image": product["featuredMedia"]["image"],
    }


def _price(context: Context, line: DemoLine) -> Decimal:
    price: Decimal = context.variants[line.sku]["_variant"].price
    return price


def _ships(order: DemoOrder) -> bool:
    return all(work.method == "SHIPPING" for work in order.fulfillment_orders)


def _shipping_line(order: DemoOrder) -> dict[str, Any] | None:
    if order.shipping is None:
        return None
    return {
        "title": order.shipping.title,
        "code": order.shipping.code,
        "originalPriceSet": money_bag(order.shipping.price),
    }
