"""Orders as the agent may speak of them, and the sentence each state deserves."""

from datetime import datetime
from enum import StrEnum

from domain.values import ForeignValue


class OrderState(StrEnum):
    """One word for where an order is, derived from what the shop reports."""

    PREPARING = "preparing"
    ON_HOLD = "on_hold"
    SCHEDULED = "scheduled"
    PARTLY_SHIPPED = "partly_shipped"
    LABEL_CREATED = "label_created"
    SHIPPED = "shipped"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    READY_FOR_PICKUP = "ready_for_pickup"
    PICKED_UP = "picked_up"
    ATTEMPTED = "attempted"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    NO_SHIPPING_NEEDED = "no_shipping_needed"
    CANCELLED = "cancelled"


class Tracking(ForeignValue):
    """How to follow a parcel; each part may be missing."""

    company: str | None = None
    number: str | None = None
    url: str | None = None


class Fulfillment(ForeignValue):
    """One parcel of an order.

    Attributes:
        status: The shop's display status, verbatim, None when it has none.
        tracking: Carrier, number and link.
        estimated_delivery_at: Carrier's promise, UTC.
        delivered_at: When it arrived, UTC.
    """

    status: str | None = None
    tracking: tuple[Tracking, ...] = ()
    estimated_delivery_at: datetime | None = None
    delivered_at: datetime | None = None


class OrderItem(ForeignValue):
    """One line of an order."""

    title: str
    variant_title: str | None = None
    quantity: int = 1


class Order(ForeignValue):
    """One order.

    Attributes:
        id: The shop's id.
        name: As the customer knows it, "#1042".
        customer_id: Owner's id, None for a guest.
        email: Address the order was placed with.
        zip_code: Postal code it ships to.
        phone: Number on the order.
        processed_at: When it was placed, UTC.
        cancelled_at: When it was cancelled, UTC.
        fulfillment_status: The shop's display status, verbatim.
        financial_status: The shop's display status, verbatim.
        total: Amount as text with currency code, "128.00 USD".
        items: Lines.
        fulfillments: Parcels.
    """

    id: str
    name: str
    customer_id: str | None = None
    email: str | None = None
    zip_code: str | None = None
    phone: str | None = None
    processed_at: datetime
    cancelled_at: datetime | None = None
    fulfillment_status: str
    financial_status: str | None = None
    total: str | None = None
    items: tuple[OrderItem, ...] = ()
    fulfillments: tuple[Fulfillment, ...] = ()


class Customer(ForeignValue):
    """A customer of the shop."""

    id: str
    first_name: str | None = None
    email: str | None = None
    phone: str | None = None
    order_count: int = 0


_STATE_OF_PARCEL = {
    "ATTEMPTED_DELIVERY": OrderState.ATTEMPTED,
    "CARRIER_PICKED_UP": OrderState.SHIPPED,
    "CONFIRMED": OrderState.SHIPPED,
    "DELAYED": OrderState.DELAYED,
    "DELIVERED": OrderState.DELIVERED,
    "FAILURE": OrderState.NOT_DELIVERED,
    "FULFILLED": OrderState.SHIPPED,
    "IN_TRANSIT": OrderState.IN_TRANSIT,
    "LABEL_PRINTED": OrderState.LABEL_CREATED,
    "LABEL_PURCHASED": OrderState.LABEL_CREATED,
    "LABEL_VOIDED": OrderState.PREPARING,
    "MARKED_AS_FULFILLED": OrderState.SHIPPED,
    "NOT_DELIVERED": OrderState.NOT_DELIVERED,
    "OUT_FOR_DELIVERY": OrderState.OUT_FOR_DELIVERY,
    "PICKED_UP": OrderState.PICKED_UP,
    "READY_FOR_PICKUP": OrderState.READY_FOR_PICKUP,
    "SUBMITTED": OrderState.PREPARING,
}

_STATE_OF_ORDER = {
    "FULFILLED": OrderState.SHIPPED,
    "FULFILLMENT_NOT_REQUIRED": OrderState.NO_SHIPPING_NEEDED,
    "ON_HOLD": OrderState.ON_HOLD,
    "PARTIALLY_FULFILLED": OrderState.PARTLY_SHIPPED,
    "RESTOCKED": OrderState.CANCELLED,
    "SCHEDULED": OrderState.SCHEDULED,
}


def order_state(order: Order) -> OrderState:
    """Return where an order is.

    A cancelled order is cancelled whatever its parcels say. Parcels decide when all of it has
    shipped in one parcel; several parcels in different states make it partly shipped.

    Args:
        order: As the shop reports it.

    Returns:
        One state; an unknown word of a newer shop version reads as "preparing", which promises
        nothing.
    """
    if order.cancelled_at is not None:
        return OrderState.CANCELLED
    live = [f for f in order.fulfillments if f.status not in (None, "CANCELED")]
    states = {_STATE_OF_PARCEL.get(f.status or "", OrderState.PREPARING) for f in live}
    if order.fulfillment_status == "PARTIALLY_FULFILLED" or len(states) > 1:
        return OrderState.PARTLY_SHIPPED
    if states:
        return states.pop()
    return _STATE_OF_ORDER.get(order.fulfillment_status, OrderState.PREPARING)


_WORDS = {
    OrderState.PREPARING: "being prepared, not shipped yet",
    OrderState.ON_HOLD: "on hold, not shipped yet",
    OrderState.SCHEDULED: "scheduled to ship later",
    OrderState.PARTLY_SHIPPED: "partly shipped",
    OrderState.LABEL_CREATED: "packed, waiting for the carrier",
    OrderState.SHIPPED: "shipped",
    OrderState.IN_TRANSIT: "on its way",
    OrderState.OUT_FOR_DELIVERY: "out for delivery today",
    OrderState.READY_FOR_PICKUP: "ready for pickup",
    OrderState.PICKED_UP: "picked up",
    OrderState.ATTEMPTED: "a delivery was attempted",
    OrderState.DELAYED: "delayed with the carrier",
    OrderState.DELIVERED: "delivered",
    OrderState.NOT_DELIVERED: "could not be delivered",
    OrderState.NO_SHIPPING_NEEDED: "complete, nothing to ship",
    OrderState.CANCELLED: "cancelled",
}


def state_words(state: OrderState) -> str:
    """Return a state in a customer's words, to follow "is" or stand alone."""
    return _WORDS[state]
