"""The demo brand's records: as its files hold them, times as hours from the loading instant."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Row(BaseModel):
    """One record of a data file: frozen, and closed so that a typing slip fails the load."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DemoVariant(_Row):
    """One sellable variant; ``values`` answer the product's ``options`` in order."""

    id: int
    sku: str
    values: tuple[str, ...]
    price: Decimal
    compare_at: Decimal | None = None
    warehouse: int
    store: int
    policy: Literal["DENY", "CONTINUE"] = "DENY"
    tracked: bool = True
    ships: bool = True

    @property
    def stock(self) -> int:
        """Return the units at both locations together."""
        return self.warehouse + self.store

    @property
    def title(self) -> str:
        """Return the title Shopify makes of the option values."""
        return " / ".join(self.values)


class DemoProduct(_Row):
    """One product; ``published`` says whether the online store shows it."""

    id: int
    handle: str
    title: str
    type: str
    category: str
    tags: tuple[str, ...]
    status: Literal["ACTIVE", "ARCHIVED", "DRAFT", "UNLISTED"]
    published: bool
    description: str
    updated_hours: float
    published_hours: float
    options: tuple[str, ...]
    variants: tuple[DemoVariant, ...]


class DemoAddress(_Row):
    """A United States address; ``phone`` is the number written on it, E.164."""

    first_name: str | None = None
    last_name: str | None = None
    address1: str
    address2: str | None
    city: str
    province: str
    zip: str
    phone: str | None = None


class DemoCustomer(_Row):
    """One customer; ``phone`` is None for somebody whose number is only on the address."""

    id: int
    first_name: str
    last_name: str
    email: str
    phone: str | None
    locale: str
    sms_consent: Literal["NOT_SUBSCRIBED", "PENDING", "SUBSCRIBED", "UNSUBSCRIBED"]
    email_consent: Literal["NOT_SUBSCRIBED", "SUBSCRIBED"]
    created_hours: float
    tags: tuple[str, ...]
    address: DemoAddress


class DemoLine(_Row):
    """One order line; ``removed`` of ``quantity`` were refunded or taken off later."""

    sku: str
    quantity: int
    removed: int = 0


class DemoTracking(_Row):
    """One parcel at a carrier; the number is invented."""

    company: str
    number: str
    url: str


class DemoEvent(_Row):
    """One scan of a parcel, as `FulfillmentEventStatus` names it."""

    status: str
    at_hours: float
    message: str
    city: str | None = None
    province: str | None = None


class DemoFulfillment(_Row):
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


class DemoFulfillmentOrder(_Row):
    """The work order behind a shipment; ``third_party`` when an outside warehouse does it."""

    status: str
    request_status: str
    method: Literal["SHIPPING", "PICK_UP", "NONE"]
    fulfill_hours: float | None = None
    third_party: bool = False


class DemoReturn(_Row):
    """One return, as `ReturnStatus` names it."""

    status: str
    at_hours: float


class DemoShipping(_Row):
    """The shipping line of an order."""

    title: str
    code: str
    price: Decimal


class DemoOrder(_Row):
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


class DemoKnowledge(_Row):
    """One policy or frequently asked question, as plain text."""

    id: str
    kind: Literal["policy", "faq"]
    title: str
    url: str
    body: str


class DemoProfile(_Row):
    """The facts of the shop itself; ``handle`` is the first part of its myshopify.com name."""

    id: int
    name: str
    handle: str
    domain: str
    contact_email: str
    currency: str
    timezone: str
    warehouse: str
    store: str


class DemoShop(_Row):
    """The whole demo brand, loaded at ``loaded_at``: every ``…_hours`` counts from there."""

    loaded_at: datetime
    profile: DemoProfile
    products: tuple[DemoProduct, ...] = Field(repr=False)
    customers: tuple[DemoCustomer, ...] = Field(repr=False)
    orders: tuple[DemoOrder, ...] = Field(repr=False)
    knowledge: tuple[DemoKnowledge, ...] = Field(repr=False)

    def at(self, hours: float) -> datetime:
        """Return the instant that many hours after loading (negative: before), UTC."""
        return self.loaded_at + timedelta(hours=hours)
