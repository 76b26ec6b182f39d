"""One brand's shop at Shopify, read only."""

from collections.abc import Callable
from datetime import datetime

from domain.catalog import Product
from domain.orders import Customer, Order
from providers.commerce.shopify.access import PROVIDER
from providers.commerce.shopify.catalog_answers import ProductsSearch, ShopAndScopes
from providers.commerce.shopify.client import ShopifyClient
from providers.commerce.shopify.graphql import denied
from providers.commerce.shopify.options import ShopifyOptions
from providers.commerce.shopify.order_answers import (
    CustomersByPhone,
    OrdersByName,
    OrdersOfCustomer,
)
from providers.commerce.shopify.search import (
    bare_name,
    best_products,
    order_search,
    product_search,
    quoted,
)
from providers.http_client import HttpClient

NEEDED_SCOPES = ("read_customers", "read_orders", "read_products")
_RECALL = 50
_PHONES: frozenset[str | int] = frozenset({"defaultPhoneNumber", "phoneNumber", "phone"})


class ShopifyShop:
    """Reads customers, orders and products of one shop.

    Args:
        options: Shop and credentials.
        http: Vendor client.
        now: Clock, for the age of the token.
    """

    name = PROVIDER

    def __init__(
        self, options: ShopifyOptions, http: HttpClient, now: Callable[[], datetime]
    ) -> None:
        self._client = ShopifyClient(options, http, now)

    async def customers_by_phone(self, phone: str) -> tuple[Customer, ...]:
        """Return the customers with exactly this number.

        The identifier finds the owner at once; the search, which lags behind, finds those who
        share the number: a second owner, or a household whose address it stands on. A number that
        is only on an address names nobody, since anybody may have written it there.

        Args:
            phone: E.164.

        Returns:
            The owner, first, and all who share the number; none when nobody owns it.

        Raises:
            ProviderError: See `GraphqlAnswer.read`; also when the numbers themselves may not be
                read, since nobody could be told apart then.

        Source: customerByIdentifier and customers, Admin GraphQL 2026-10.
        """
        operation = "CustomersByPhone"
        answer = await self._client.ask(
            operation,
            {"identifier": {"phoneNumber": phone}, "search": f"phone:{quoted(phone)}"},
        )
        read = answer.read(operation, CustomersByPhone)
        hidden = denied(operation, [e for e in answer.errors if _PHONES & set(e.path)])
        if hidden is not None:
            raise hidden
        nodes = read.found.nodes if read.exact is None else (read.exact, *read.found.nodes)
        reached = {node.id: node for node in nodes if node.is_reached_at(phone)}
        owned = any(node.owns(phone) for node in reached.values())
        return tuple(node.to_customer() for node in reached.values()) if owned else ()

    async def orders_of_customer(self, customer_id: str, limit: int = 5) -> tuple[Order, ...]:
        """Return a customer's latest orders, newest first.

        Orders older than 60 days are invisible to an app without the scope read_all_orders.

        Args:
            customer_id: The shop's id.
            limit: At most so many, up to 250.

        Raises:
            ProviderError: See `GraphqlAnswer.read`.

        Source: customer and Customer.orders, Admin GraphQL 2026-10.
        """
        operation = "OrdersOfCustomer"
        answer = await self._client.ask(operation, {"id": customer_id, "limit": limit})
        customer = answer.read(operation, OrdersOfCustomer).customer
        return tuple(node.to_order() for node in customer.orders.nodes) if customer else ()

    async def order_by_name(self, name: str) -> Order | None:
        """Return the order with exactly this name.

        Args:
            name: As the customer writes it; "#", case and spaces around do not matter.

        Returns:
            The order, the newest if a shop gave a name twice; None when there is none.

        Raises:
            ProviderError: See `GraphqlAnswer.read`.

        Source: orders with search by name, Admin GraphQL 2026-10; the search matches parts of
        names, hence the comparison.
        """
        search = order_search(name)
        if search is None:
            return None
        operation = "OrdersByName"
        answer = await self._client.ask(operation, {"search": search})
        nodes = answer.read(operation, OrdersByName).orders.nodes
        same = [node for node in nodes if bare_name(node.name) == bare_name(name)]
        return same[0].to_order() if same else None

    async def search_products(self, query: str, limit: int = 25) -> tuple[Product, ...]:
        """Return published, active products that share a word with the query, best first.

        Args:
            query: The customer's words; nothing in them acts as an operator.
            limit: At most so many.

        Returns:
            Products with live stock; none when the query has no word that means something.

        Raises:
            ProviderError: See `GraphqlAnswer.read`.

        Source: products with search, Admin GraphQL 2026-10.
        """
        search = product_search(query)
        if search is None:
            return ()
        operation = "ProductsSearch"
        answer = await self._client.ask(operation, {"search": search, "limit": max(limit, _RECALL)})
        nodes = answer.read(operation, ProductsSearch).products.nodes
        products = [product for node in nodes if (product := node.to_product())]
        return best_products(query, products, limit)

    async def check(self) -> str:
        """Return one sentence on shop and missing permissions; raises when unreachable."""
        operation = "ShopAndScopes"
        answer = await self._client.ask(operation, {})
        read = answer.read(operation, ShopAndScopes)
        granted = {scope.handle for scope in read.current_app_installation.access_scopes}
        # A permission to write includes the one to read.
        granted |= {handle.replace("write_", "read_", 1) for handle in granted}
        missing = [scope for scope in NEEDED_SCOPES if scope not in granted]
        state = f"missing permissions: {', '.join(missing)}" if missing else "all permissions given"
        return f"shopify: {read.shop.name} ({read.shop.myshopify_domain}) answers, {state}"
