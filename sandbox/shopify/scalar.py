"""Shopify's scalars as JSON: instants, money and numbers that travel as text."""

from datetime import UTC, datetime
from decimal import Decimal

from sandbox.wire import Json

CURRENCY = "USD"


def instant(moment: datetime | None) -> str | None:
    """Return a DateTime in UTC to the second, as ``2026-11-22T10:00:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def money(amount: Decimal) -> Json:
    """Return a MoneyV2 in the shop's currency; Shopify drops a trailing zero of the cents."""
    text = f"{amount:.2f}"
    return {"amount": text.removesuffix("0"), "currencyCode": CURRENCY}


def money_bag(amount: Decimal) -> Json:
    """Return a MoneyBag whose shop and presentment currency are the same."""
    return {"shopMoney": money(amount), "presentmentMoney": money(amount)}
