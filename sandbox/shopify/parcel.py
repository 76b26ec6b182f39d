"""Shipments, warehouse work and returns of an order as GraphQL nodes."""

from datetime import datetime

from sandbox.demo.model import DemoShop
from sandbox.demo.order import DemoFulfillment, DemoFulfillmentOrder, DemoOrder
from sandbox.shopify.connection import paged
from sandbox.shopify.gids import gid
from sandbox.shopify.scalar import instant
from sandbox.wire import Json


def fulfillment_nodes(shop: DemoShop, order: Json, lines: list[Json]) -> list[Json]:
    """Return the order's shipments, oldest first."""
    record: DemoOrder = order["_order"]
    return [
        _fulfillment(shop, order, lines, (place, parcel))
        for place, parcel in enumerate(record.fulfillments, start=1)
    ]


def fulfillment_order_nodes(shop: DemoShop, order: Json) -> list[Json]:
    """Return the warehouse's work orders; ``_third_party`` says which scope shows them."""
    record: DemoOrder = order["_order"]
    return [
        _work(shop, order, place, work)
        for place, work in enumerate(record.fulfillment_orders, start=1)
    ]


def return_nodes(shop: DemoShop, order: Json) -> list[Json]:
    """Return the order's returns."""
    record: DemoOrder = order["_order"]
    return [
        {
            "__typename": "Return",
            "id": gid("Return", f"{order['legacyResourceId']}{place}"),
            "name": f"{record.name}-R{place}",
            "status": back.status,
            "createdAt": instant(shop.at(back.at_hours)),
            "order": order,
        }
        for place, back in enumerate(record.returns, start=1)
    ]


def _fulfillment(
    shop: DemoShop, order: Json, lines: list[Json], numbered: tuple[int, DemoFulfillment]
) -> Json:
    place, parcel = numbered
    number = f"{order['legacyResourceId']}{place}"
    events = _events(shop, number, parcel)
    tracking = [t.model_dump() for t in parcel.tracking]
    items = [
        {
            "__typename": "FulfillmentLineItem",
            "id": gid("FulfillmentLineItem", f"{number}{index:02d}"),
            "quantity": quantity,
            "lineItem": lines[index],
        }
        for index, quantity in parcel.lines
    ]
    newest = max([parcel.at_hours, *(event.at_hours for event in parcel.events)])
    return {
        "__typename": "Fulfillment",
        "id": gid("Fulfillment", number),
        "legacyResourceId": number,
        "name": f"{order['name']}-F{place}",
        "status": parcel.status,
        "displayStatus": parcel.display_status,
        "createdAt": instant(shop.at(parcel.at_hours)),
        "updatedAt": instant(shop.at(newest)),
        "inTransitAt": instant(_maybe(shop, parcel.in_transit_hours)),
        "deliveredAt": instant(_maybe(shop, parcel.delivered_hours)),
        "estimatedDeliveryAt": instant(_maybe(shop, parcel.eta_hours)),
        "totalQuantity": sum(quantity for _, quantity in parcel.lines),
        "requiresShipping": bool(order["requiresShipping"]),
        "order": order,
        "trackingInfo": lambda first=None, **_: tracking[:first],
        "events": paged(events),
        "fulfillmentLineItems": paged(items),
    }


def _events(shop: DemoShop, number: str, parcel: DemoFulfillment) -> list[Json]:
    """Return the scans, oldest first: both sort keys mean the same here."""
    return [
        {
            "__typename": "FulfillmentEvent",
            "id": gid("FulfillmentEvent", f"{number}{place:02d}"),
            "status": event.status,
            "happenedAt": instant(shop.at(event.at_hours)),
            "createdAt": instant(shop.at(event.at_hours)),
            "message": event.message,
            "city": event.city,
            "province": event.province,
            "country": "US" if event.city else None,
            "estimatedDeliveryAt": instant(_maybe(shop, parcel.eta_hours)),
        }
        for place, event in enumerate(parcel.events)
    ]


def _work(shop: DemoShop, order: Json, place: int, work: DemoFulfillmentOrder) -> Json:
    number = f"{order['legacyResourceId']}{place}"
    due = instant(_maybe(shop, work.fulfill_hours))
    return {
        "__typename": "FulfillmentOrder",
        "_third_party": work.third_party,
        "id": gid("FulfillmentOrder", number),
        "status": work.status,
        "requestStatus": work.request_status,
        "createdAt": order["createdAt"],
        "updatedAt": order["createdAt"],
        "fulfillAt": due or order["createdAt"],
        "supportedActions": [{"action": action} for action in _actions(work)],
        "deliveryMethod": {
            "id": gid("DeliveryMethod", number),
            "methodType": work.method,
            "minDeliveryDateTime": None,
            "maxDeliveryDateTime": None,
        },
        "order": order,
        "orderName": order["name"],
    }


def _actions(work: DemoFulfillmentOrder) -> list[str]:
    """Return what a merchant may do next with a work order."""
    if work.status in ("CLOSED", "CANCELLED"):
        return []
    if work.status == "ON_HOLD":
        return ["RELEASE_HOLD"]
    if work.status == "SCHEDULED":
        return ["MARK_AS_OPEN"]
    if work.request_status in ("SUBMITTED", "ACCEPTED"):
        return ["CREATE_FULFILLMENT", "REQUEST_CANCELLATION"]
    return ["REQUEST_FULFILLMENT"] if work.third_party else ["CREATE_FULFILLMENT", "HOLD", "MOVE"]


def _maybe(shop: DemoShop, hours: float | None) -> datetime | None:
    return None if hours is None else shop.at(hours)
