"""Load the demo brand from its data files, its dates set relative to an instant."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.demo.model import DemoShop

_HERE = Path(__file__).resolve().parent


def load_demo(now: datetime) -> DemoShop:
    """Return the demo brand as it stands at ``now``.

    Args:
        now: Aware instant from which every order, scan and update is counted.

    Returns:
        The shop with its products, customers, orders and knowledge.

    Raises:
        ValueError: A file breaks the shape of `sandbox.demo.model`, an order names a customer or
            SKU that is not there, or ``now`` is naive.
    """
    if now.tzinfo is None:
        raise ValueError("load_demo needs an aware instant")
    shop = DemoShop(
        loaded_at=now,
        profile=_read("shop"),
        products=_read("products"),
        customers=_read("customers"),
        orders=_read("orders"),
        knowledge=_read("knowledge"),
    )
    check_references(shop)
    return shop


def check_references(shop: DemoShop) -> None:
    """Check that orders name known customers, SKUs and lines.

    Raises:
        ValueError: Naming the first order that does not.
    """
    people = {customer.id for customer in shop.customers}
    skus = {variant.sku for product in shop.products for variant in product.variants}
    for order in shop.orders:
        shipped = {index for parcel in order.fulfillments for index, _ in parcel.lines}
        if order.customer not in people:
            raise ValueError(f"order {order.name}: no customer {order.customer}")
        if unknown := {line.sku for line in order.lines} - skus:
            raise ValueError(f"order {order.name}: no variant {sorted(unknown)}")
        if not shipped <= set(range(len(order.lines))):
            raise ValueError(f"order {order.name}: a shipment holds a line the order has not")


@cache
def _read(name: str) -> Any:  # noqa: ANN401 - pydantic gives the rows their types
    return json.loads((_HERE / f"{name}.json").read_text(encoding="utf-8"))
