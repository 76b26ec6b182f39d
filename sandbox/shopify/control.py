"""What a test or the sandbox page may do to the emulated shop under ``/_control``."""

from typing import Any

from sandbox.demo.load import load_demo
from sandbox.demo.model import DemoShop
from sandbox.shopify.bucket import Bucket
from sandbox.shopify.oauth import Tokens
from sandbox.shopify.world import World
from sandbox.wire import Json

_SEEDED = {"products": "id", "customers": "id", "orders": "name", "knowledge": "id"}


def control(world: World, bucket: Bucket, tokens: Tokens, call: tuple[str, Json]) -> Json | None:
    """Answer one control call, or return None when there is none of that name.

    ``throttle {"available": n}`` leaves n points (0 when not told); ``scopes {"granted": [...]}``
    replaces, ``{"grant": [...], "revoke": [...]}`` changes the scopes; ``tokens`` forgets every
    token; ``seed {"orders": [...], ...}`` loads the demo brand afresh with rows of its files added
    or replaced, and ``{"stock": {sku: units}}`` sets what the warehouse holds; ``state`` tells.
    """
    name, given = call
    match name:
        case "throttle":
            bucket.set(float(given.get("available", 0)))
        case "scopes":
            world.scopes = set(given.get("granted", world.scopes))
            world.scopes |= set(given.get("grant", ()))
            world.scopes -= set(given.get("revoke", ()))
        case "tokens":
            tokens.revoke_all()
        case "seed":
            _seed(world, given)
        case "state":
            pass
        case _:
            return None
    return state(world, bucket, tokens)


def state(world: World, bucket: Bucket, tokens: Tokens) -> Json:
    """Return the shop in brief: scopes, points, counts and every order's standing."""
    orders = [node for node in world.nodes.values() if node["__typename"] == "Order"]
    return {
        "now": world.edge.now().isoformat(),
        "scopes": sorted(world.scopes),
        "throttleStatus": bucket.status(),
        "tokens": len(tokens.ends),
        "products": len(world.shop.products),
        "customers": len(world.shop.customers),
        "cancelling": [pending.order["name"] for pending in world.cancellations.values()],
        "orders": {node["name"]: _standing(node) for node in orders},
    }


def _standing(node: Json) -> Json:
    shown = ("id", "displayFulfillmentStatus", "displayFinancialStatus", "cancelledAt", "tags")
    address = node["shippingAddress"]
    return {
        **{name: node[name] for name in shown},
        "customer": node["customer"]["id"],
        "shippingAddress": {k: v for k, v in (address or {}).items() if isinstance(v, str)},
    }


def _seed(world: World, given: Json) -> None:
    fresh = load_demo(world.edge.now())
    rows: dict[str, Any] = fresh.model_dump()
    for table, key in _SEEDED.items():
        added = {row[key]: row for row in given.get(table, ())}
        rows[table] = [*(r for r in rows[table] if r[key] not in added), *added.values()]
    world.seed(DemoShop.model_validate(rows))
    for node in world.nodes.values():
        if node["__typename"] == "ProductVariant" and node["sku"] in given.get("stock", {}):
            stock = node["_stock"]
            stock.update(dict.fromkeys(stock, 0))
            stock[world.shop.profile.warehouse] = int(given["stock"][node["sku"]])
