"""The mutation roots the emulator answers: cancel, change address, tag."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sandbox.demo.order import DemoAddress
from sandbox.shopify.errors import not_emulated
from sandbox.shopify.gids import gid
from sandbox.shopify.scalar import instant, money_bag
from sandbox.shopify.shopper import address_node
from sandbox.shopify.world import Cancellation, World
from sandbox.wire import Json

_OPEN_WORK = frozenset({"OPEN", "SCHEDULED", "ON_HOLD"})
_SETTLED_RETURNS = frozenset({"NO_RETURN", "RETURN_FAILED"})
_EDITABLE = frozenset({"id", "shippingAddress", "note", "tags"})
_UNCHARGED = frozenset({"AUTHORIZED", "PENDING", "VOIDED", "EXPIRED"})


def mutation_roots(world: World) -> Json:
    """Return the resolvers of ``Mutation``; a root that is not here is not emulated."""
    return {
        "__typename": "Mutation",
        "orderCancel": lambda **given: _cancel(world, given),
        "orderUpdate": lambda input: _update(world, input),
        "tagsAdd": lambda id, tags: _tag(world, id, tags),
    }


def _cancel(world: World, given: dict[str, Any]) -> Json:
    """Start a cancellation; it is done when the clock has passed ``cancel_seconds``."""
    order = world.get(given["orderId"])
    refusal = _cancel_refusal(world, order, given)
    if refusal or order is None:
        return {"job": None, "jobResult": None, "orderCancelUserErrors": [refusal]}
    due = world.edge.now() + timedelta(seconds=world.config.cancel_seconds)
    job, result = (gid(kind, order["legacyResourceId"]) for kind in ("Job", "OrderCancelJobResult"))
    changes = _cancelled(order, given, due)
    world.cancellations[job] = Cancellation(order, due, changes, restock=given["restock"])
    world.nodes[job] = {
        "__typename": "Job",
        "id": job,
        "done": lambda: job not in world.cancellations,
    }
    world.nodes[result] = {
        "__typename": "OrderCancelJobResult",
        "id": result,
        "done": lambda: job not in world.cancellations,
        "status": lambda: "STARTED" if job in world.cancellations else "SUCCEEDED",
        "errors": [],
        "order": order,
    }
    answer = {"job": world.nodes[job], "jobResult": world.nodes[result]}
    return {**answer, "orderCancelUserErrors": []}


def _cancelled(order: Json, given: dict[str, Any], due: datetime) -> Json:
    """Return what will be different about an order that is cancelled."""
    at = instant(due)
    repaid = bool((given.get("refundMethod") or {}).get("originalPaymentMethodsRefund"))
    paid = order["displayFinancialStatus"] not in _UNCHARGED
    changes: Json = {
        "cancelledAt": at,
        "closedAt": at,
        "closed": True,
        "updatedAt": at,
        "cancelReason": given["reason"],
        "cancellation": {"staffNote": given.get("staffNote")},
        "merchantEditable": False,
        "merchantEditableErrors": ["The order is fulfilled or canceled"],
        "refundable": paid and not repaid,
        "currentTotalPriceSet": money_bag(Decimal(0)),
    }
    if not paid:
        changes["displayFinancialStatus"] = "VOIDED"
    elif repaid:
        changes["displayFinancialStatus"] = "REFUNDED"
        changes["totalRefundedSet"] = money_bag(order["_total"])
    return changes


def _cancel_refusal(world: World, order: Json | None, given: dict[str, Any]) -> Json | None:
    """Return the user error that stands against a cancellation, or None."""
    if order is None:
        return _cancel_error("Order does not exist", ["orderId"], "NOT_FOUND")
    if given.get("refund") is not None and given.get("refundMethod") is not None:
        message = "Only one of the arguments `refund` or `refund_method` is allowed."
        return _cancel_error(message, ["refund"])
    if len(given.get("staffNote") or "") > 255:
        message = "Staff note is too long. Maximum length is 255 characters."
        return _cancel_error(message, ["staffNote"])
    if any(pending.order is order for pending in world.cancellations.values()):
        return {"field": None, "message": "Cancellation is already in progress", "code": None}
    problem = _standing_problem(order)
    if problem is None:
        return None
    return _cancel_error(f"Cannot cancel an order that {problem}", ["orderId"])


def _standing_problem(order: Json) -> str | None:
    if order["cancelledAt"] is not None:
        return "has already been canceled"
    if order["returnStatus"] not in _SETTLED_RETURNS:
        return "has returns"
    shipped = any(f["status"] != "CANCELLED" for f in order["_fulfillments"])
    working = any(
        work["status"] not in _OPEN_WORK or work["requestStatus"] != "UNSUBMITTED"
        for work in order["_works"]
    )
    return "has outstanding fulfillments" if shipped or working else None


def _cancel_error(message: str, field: list[str], code: str = "INVALID") -> Json:
    return {
        "__typename": "OrderCancelUserError",
        "field": field,
        "message": message,
        "code": code,
    }


def _update(world: World, given: dict[str, Any]) -> Json:
    """Change what may be changed after ordering; the address even after shipping, as Shopify."""
    if unknown := sorted(set(given) - _EDITABLE):
        raise not_emulated(f"OrderInput.{unknown[0]}")
    order = world.get(given["id"])
    if order is None:
        error = {"field": ["id"], "message": "Order does not exist"}
        return {"order": None, "userErrors": [error]}
    for plain in ("note", "tags"):
        if plain in given:
            order[plain] = given[plain]
    if given.get("shippingAddress") is not None:
        order["shippingAddress"] = _changed_address(order, given["shippingAddress"])
    order["updatedAt"] = instant(world.edge.now())
    return {"order": order, "userErrors": []}


def _changed_address(order: Json, given: dict[str, Any]) -> Json:
    """Return the order's address with the given parts put in its place."""
    old = order["shippingAddress"] or order["billingAddress"]
    part = {**old, **{name: value for name, value in given.items() if value is not None}}
    address = DemoAddress(
        first_name=part["firstName"],
        last_name=part["lastName"],
        address1=part["address1"],
        address2=given["address2"] if "address2" in given else old["address2"],
        city=part["city"],
        province=part["provinceCode"],
        zip=part["zip"],
        phone=part["phone"],
    )
    node = address_node(address, old["id"], (part["firstName"], part["lastName"]))
    country = given.get("countryCode") or old["countryCodeV2"]
    return {**node, "company": part["company"], "countryCodeV2": country}


def _tag(world: World, identity: str, tags: list[str]) -> Json:
    """Add tags to an order, customer or product, each once."""
    node = world.get(identity)
    if node is None:
        kind = identity.split("/")[-2]
        error = {"field": ["id"], "message": f"{kind} does not exist"}
        return {"node": None, "userErrors": [error]}
    node["tags"] = sorted({*node["tags"], *tags})
    return {"node": node, "userErrors": []}
