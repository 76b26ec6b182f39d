"""The demo brand's orders: lines, shipments, scans, work orders and returns."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict


class DemoRow(BaseModel):
    """One record of a data file: frozen, and closed so that a typing slip fails the load."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DemoAddress(DemoRow):
    """A United States address; ``phone`` is the number written on it, E.164."""

    first_name: str | None = None
    last_name: str | None = None
    address1: str
    address2: str | None
    city: str
    province: str
    zip: str
    phone: str | None = None


class DemoLine(DemoRow):
    """One order line; ``removed`` of ``quantity`` were refunded or taken off later."""

    sku: str
    quantity: int
    removed: int = 0


class DemoTracking(DemoRow):
    """One parcel at a carrier; the number is invented."""

    company: str
    number: str
    url: str


class DemoEvent(DemoRow):
    """One scan of a parcel, as `FulfillmentEventStatus` names it."""

    status: str
    at_hours: float
    message: str
    city: str | None = None
    province: str | None = None


class DemoFulfillment(DemoRow):
    """One shipment; ``lines`` are pairs of (index of the order line, quantity)."""

    status: str
    display_status: str
    at_hours: float
    in_transit_hours: float | None = None
    delivered_hours: float | None = None
    eta_hours: float | None = None
    tracking: tuple[DemoTracking, ...] = ()
    events: tuple[DemoEvent, ...] = ()
    lines: tuple[tuple[int, int], ...]


class DemoFulfillmentOrder(DemoRow):
    """The work order behind a shipment; ``third_party`` when an outside warehouse does it."""

    status: str
    request_status: str
    method: Literal["SHIPPING", "PICK_UP", "NONE"]
    fulfill_hours: float | None = None
    third_party: bool = False


class DemoReturn(DemoRow):
    """One return, as `ReturnStatus` names it."""

    status: str
    at_hours: float


class DemoShipping(DemoRow):
    """The shipping line of an order."""

    title: str
    code: str
    price: Decimal


class DemoOrder(DemoRow):
    """One order; ``case`` says in words which hard case it shows and reaches no answer.

    ``phone`` and ``ship_to`` are given where they differ from the customer's own.
    """

    name: str
    customer: int
    at_hours: float
    financial_status: str
    fulfillment_status: str
    case: str | None = None
    shipping: DemoShipping | None
    lines: tuple[DemoLine, ...]
    fulfillments: tuple[DemoFulfillment, ...] = ()
    fulfillment_orders: tuple[DemoFulfillmentOrder, ...]
    returns: tuple[DemoReturn, ...] = ()
    return_status: str = "NO_RETURN"
    refunded: Decimal = Decimal(0)
    cancelled_hours: float | None = None
    cancel_reason: str | None = None
    phone: str | None = None
    ship_to: DemoAddress | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None
