"""The demo brand's records: as its files hold them, times as hours from the loading instant."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from sandbox.demo.order import DemoAddress, DemoOrder, DemoRow


class DemoVariant(DemoRow):
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


class DemoProduct(DemoRow):
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


class DemoCustomer(DemoRow):
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


class DemoKnowledge(DemoRow):
    """One policy or frequently asked question, as plain text."""

    id: str
    kind: Literal["policy", "faq"]
    title: str
    url: str
    body: str


class DemoProfile(DemoRow):
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


class DemoShop(DemoRow):
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
