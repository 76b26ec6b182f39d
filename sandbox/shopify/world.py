"""The shop's state: every node by its id, the app's grants, and what is being cancelled."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sandbox.demo.load import check_references, load_demo
from sandbox.demo.model import DemoShop
from sandbox.demo.order import DemoOrder
from sandbox.edge import Edge
from sandbox.shopify.catalogue import product_node
from sandbox.shopify.config import ShopifyConfig
from sandbox.shopify.connection import connection
from sandbox.shopify.purchase import Context, line_total, order_id, order_node
from sandbox.shopify.scalar import money
from sandbox.shopify.schema import granted_with_implied
from sandbox.shopify.shopper import customer_node
from sandbox.wire import Json

_VISIBLE_FOR = timedelta(days=60)


@dataclass
class Cancellation:
    """One cancellation under way: done at ``due``, then nothing of it is pending."""

    order: Json
    due: datetime
    changes: Json
    restock: bool


@dataclass
class World:
    """Everything the emulated shop knows; nodes are changed in place by mutations."""

    config: ShopifyConfig
    edge: Edge
    shop: DemoShop = field(init=False)
    scopes: set[str] = field(init=False)
    nodes: dict[str, Json] = field(init=False, default_factory=dict)
    cancellations: dict[str, Cancellation] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.scopes = set(self.config.granted_scopes)
        self.seed(load_demo(self.edge.now()))

    def seed(self, shop: DemoShop) -> None:
        """Begin again with this shop; grants stay.

        Raises:
            ValueError: An order names a customer or SKU the shop has not.
        """
        check_references(shop)
        self.shop = shop
        self.nodes.clear()
        self.cancellations.clear()
        products = [product_node(shop, product) for product in shop.products]
        variants = {v["sku"]: v for product in products for v in product["_variants"]}
        people = {customer.id: customer_node(shop, customer) for customer in shop.customers}
        for node in (*products, *variants.values(), *people.values()):
            self.nodes[node["id"]] = node
        for order in sorted(shop.orders, key=lambda o: (o.at_hours, order_id(o))):
            self._add_order(order, Context(shop, people[order.customer], variants))
        for person in people.values():
            self._complete(person)

    def granted(self) -> frozenset[str]:
        """Return the app's scopes and those they imply."""
        return granted_with_implied(frozenset(self.scopes))

    def all(self, kind: str) -> list[Json]:
        """Return every visible node of one type, in the order of the files, orders by age."""
        rows = [node for node in self.nodes.values() if node["__typename"] == kind]
        return [node for node in rows if self._visible(node)]

    def get(self, identity: str) -> Json | None:
        """Return the visible node with this global id."""
        node = self.nodes.get(identity)
        return node if node is not None and self._visible(node) else None

    def settle(self) -> None:
        """Finish the cancellations whose time has come."""
        for identity, pending in list(self.cancellations.items()):
            if pending.due <= self.edge.now():
                del self.cancellations[identity]
                _cancelled(pending)

    def _visible(self, node: Json) -> bool:
        """Hide old orders from an app that may not read them all."""
        if node["__typename"] != "Order" or "read_all_orders" in self.scopes:
            return True
        young: bool = self.edge.now() - node["_at"] <= _VISIBLE_FOR
        return young

    def _add_order(self, order: DemoOrder, context: Context) -> None:
        node = order_node(context, order)
        node["_total"] = line_total(context, order)
        node["fulfillmentOrders"] = lambda **page: self._works(node, page)
        for row in (node, *node["_fulfillments"], *node["_works"], *node["_returns"]):
            self.nodes[row["id"]] = row

    def _works(self, order: Json, page: dict[str, Any]) -> Json:
        """Return the work orders the app's scopes show, one scope for each kind of warehouse."""
        granted = self.granted()
        rows = [
            work
            for work in order["_works"]
            if f"read_{'third_party' if work['_third_party'] else 'merchant_managed'}"
            "_fulfillment_orders" in granted
        ]
        cut = {
            k: v for k, v in page.items() if k in ("first", "last", "after", "before", "reverse")
        }
        return connection(rows, **cut)

    def _complete(self, person: Json) -> None:
        """Give a customer the figures that follow from the orders."""
        mine = [o for o in self.nodes.values() if o.get("customer") is person]
        paid = [o["_total"] for o in mine if o["fullyPaid"] and o["cancelledAt"] is None]
        person["numberOfOrders"] = str(len(mine))
        person["amountSpent"] = money(sum(paid, Decimal(0)))


def _cancelled(pending: Cancellation) -> None:
    """Put an order into the state of one that was cancelled."""
    order = pending.order
    order |= pending.changes
    for line in order["_lines"]:
        if pending.restock:
            stock = line["variant"]["_stock"]
            stock[next(iter(stock))] += line["unfulfilledQuantity"]
        line |= {"currentQuantity": 0, "unfulfilledQuantity": 0, "refundableQuantity": 0}
    for work in order["_works"]:
        work |= {"status": "CANCELLED", "supportedActions": []}
