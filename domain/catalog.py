"""Products as the agent may recommend them."""

from decimal import Decimal

from domain.values import ForeignValue

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "A$"}


class Variant(ForeignValue):
    """One buyable form of a product.

    Attributes:
        id: The shop's id.
        title: "M / Slate"; "Default Title" when there is only one.
        sku: Stock keeping unit, None when the shop has none.
        price: Amount in the shop's currency, major units.
        available: Whether it can be bought now.
    """

    id: str
    title: str
    sku: str | None = None
    price: Decimal
    available: bool


class Product(ForeignValue):
    """One published product.

    Attributes:
        id: The shop's id.
        title: As the shop shows it.
        description: Plain text.
        product_type: The shop's type, "" when it has none.
        tags: The shop's tags.
        url: Its page; a product without one is not published and is never recommended.
        currency: ISO 4217.
        variants: Its buyable forms.
    """

    id: str
    title: str
    description: str = ""
    product_type: str = ""
    tags: tuple[str, ...] = ()
    url: str
    currency: str
    variants: tuple[Variant, ...]

    @property
    def in_stock(self) -> bool:
        """Whether any form of it can be bought now."""
        return any(v.available for v in self.variants)


def price_words(amount: Decimal, currency: str) -> str:
    """Return an amount as a customer reads it: "$89.00", "89.00 CHF"."""
    symbol = _SYMBOLS.get(currency)
    return f"{symbol}{amount:.2f}" if symbol else f"{amount:.2f} {currency}"


def price_range_words(product: Product) -> str:
    """Return "$89.00", "$89.00-$99.00" when the forms differ in price, "" when there is no form."""
    prices = [v.price for v in product.variants if v.available] or [
        v.price for v in product.variants
    ]
    if not prices:
        return ""
    low, high = min(prices), max(prices)
    if low == high:
        return price_words(low, product.currency)
    return f"{price_words(low, product.currency)}-{price_words(high, product.currency)}"
