"""Customers and orders as Shopify answers them, and what they mean in the product's words."""

import re
from datetime import datetime
from decimal import Decimal

from domain.orders import Customer, Fulfillment, Order, OrderItem, Tracking
from providers.commerce.shopify.node import Node

_NATIONAL_DIGITS = 10


class _Email(Node):
    email_address: str | None = None


class _Phone(Node):
    phone_number: str | None = None


class _AddressPhone(Node):
    phone: str | None = None


class CustomerNode(Node):
    """A customer; personal fields are None when the app is not approved for them."""

    id: str
    first_name: str | None = None
    number_of_orders: int = 0
    default_email_address: _Email | None = None
    default_phone_number: _Phone | None = None
    default_address: _AddressPhone | None = None

    def owns(self, phone: str) -> bool:
        """Say whether this E.164 number is the customer's own."""
        own = self.default_phone_number
        return own is not None and own.phone_number == phone

    def is_reached_at(self, phone: str) -> bool:
        """Say whether the customer's own number or the one on their address is this E.164 one."""
        address = self.default_address
        written = re.sub(r"[^0-9]", "", (address.phone if address else None) or "")
        # People write the number on an address as they like, with or without the country.
        on_address = len(written) >= _NATIONAL_DIGITS and phone[1:].endswith(written)
        return self.owns(phone) or on_address

    def to_customer(self) -> Customer:
        """Return it in the product's words."""
        email, phone = self.default_email_address, self.default_phone_number
        return Customer(
            id=self.id,
            first_name=self.first_name,
            email=email.email_address if email else None,
            phone=phone.phone_number if phone else None,
            order_count=self.number_of_orders,
        )


class _Customers(Node):
    nodes: tuple[CustomerNode, ...]


class CustomersByPhone(Node):
    """The owner of a number, and all that the search finds for it."""

    exact: CustomerNode | None = None
    found: _Customers


class _Id(Node):
    id: str


class _Address(Node):
    zip: str | None = None


class _Money(Node):
    amount: Decimal
    currency_code: str


class _MoneyBag(Node):
    shop_money: _Money


class _Line(Node):
    title: str
    variant_title: str | None = None
    quantity: int
    current_quantity: int


class _Lines(Node):
    nodes: tuple[_Line, ...]


class _Parcel(Node):
    display_status: str | None = None
    delivered_at: datetime | None = None
    estimated_delivery_at: datetime | None = None
    tracking_info: tuple[Tracking, ...] = ()

    def to_fulfillment(self) -> Fulfillment:
        return Fulfillment(
            status=self.display_status,
            tracking=self.tracking_info,
            delivered_at=self.delivered_at,
            estimated_delivery_at=self.estimated_delivery_at,
        )


class OrderNode(Node):
    """An order; personal fields are None when the app is not approved for them."""

    id: str
    name: str
    email: str | None = None
    phone: str | None = None
    processed_at: datetime
    cancelled_at: datetime | None = None
    display_fulfillment_status: str
    display_financial_status: str | None = None
    customer: _Id | None = None
    shipping_address: _Address | None = None
    current_total_price_set: _MoneyBag
    line_items: _Lines
    fulfillments: tuple[_Parcel, ...]

    def to_order(self) -> Order:
        """Return it in the product's words.

        Lines that were taken off the order are left out; of a cancelled order, where all of them
        are, every line is told as it was bought.
        """
        money = self.current_total_price_set.shop_money
        lines = self.line_items.nodes
        left = [(line, line.current_quantity) for line in lines if line.current_quantity > 0]
        return Order(
            id=self.id,
            name=self.name,
            customer_id=self.customer.id if self.customer else None,
            email=self.email,
            zip_code=self.shipping_address.zip if self.shipping_address else None,
            phone=self.phone,
            processed_at=self.processed_at,
            cancelled_at=self.cancelled_at,
            fulfillment_status=self.display_fulfillment_status,
            financial_status=self.display_financial_status,
            total=f"{money.amount:.2f} {money.currency_code}",
            items=tuple(
                OrderItem(
                    title=line.title,
                    variant_title=_variant_title(line.variant_title),
                    quantity=quantity,
                )
                for line, quantity in left or [(line, line.quantity) for line in lines]
            ),
            fulfillments=tuple(parcel.to_fulfillment() for parcel in self.fulfillments),
        )


def _variant_title(title: str | None) -> str | None:
    """Return None for what Shopify calls the only form of a product."""
    return None if title in ("", "Default Title") else title


class _Orders(Node):
    nodes: tuple[OrderNode, ...]


class OrdersByName(Node):
    """Orders whose name resembles the one searched for."""

    orders: _Orders


class _Owner(Node):
    orders: _Orders


class OrdersOfCustomer(Node):
    """A customer's orders; None when there is no such customer."""

    customer: _Owner | None = None
