"""The port to a brand's shop."""

from typing import Protocol

from domain.catalog import Product
from domain.orders import Customer, Order


class Shop(Protocol):
    """One brand's shop; all methods raise `ProviderError`."""

    name: str

    async def customers_by_phone(self, phone: str) -> tuple[Customer, ...]:
        """Return the customers with exactly this number (E.164); several mean it is shared."""

    async def orders_of_customer(self, customer_id: str, limit: int = 5) -> tuple[Order, ...]:
        """Return a customer's latest orders, newest first."""

    async def order_by_name(self, name: str) -> Order | None:
        """Return the order with exactly this name ("#1042", with or without "#")."""

    async def search_products(self, query: str, limit: int = 25) -> tuple[Product, ...]:
        """Return published, active products that share a word with the query, with live stock."""

    async def check(self) -> str:
        """Return one sentence on shop and missing permissions; raises when unreachable."""
