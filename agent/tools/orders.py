"""Orders in the words of the model: where each one is, and nothing that was not proved."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from pydantic import JsonValue

from agent.tools.dates import date_words, local_date
from agent.tools.identity import Rung
from agent.tools.result import ONLY_FORM, ToolResult, compact, one_line
from domain.catalog import price_words
from domain.facts import Fact, FactKind
from domain.orders import (
    Fulfillment,
    Order,
    OrderItem,
    OrderState,
    Tracking,
    order_state,
    state_words,
)

_MAX_ORDERS = 5
_MAX_ITEMS = 6
_WITH_CARRIER = frozenset(
    {OrderState.SHIPPED, OrderState.IN_TRANSIT, OrderState.OUT_FOR_DELIVERY, OrderState.DELAYED}
)
_STILL_COMING = _WITH_CARRIER | {
    OrderState.PREPARING, OrderState.SCHEDULED, OrderState.PARTLY_SHIPPED,
    OrderState.LABEL_CREATED, OrderState.ATTEMPTED, OrderState.ON_HOLD,
}  # fmt: skip

_NONE_FOUND = (
    "No order belongs to this phone number. Ask for the order number and the ZIP code or email "
    "it was placed with."
)
_NEEDS_PROOF = "To check an order I need its number and the ZIP code or email it was placed with."
_NOT_VERIFIED = (
    "I couldn't match that order number with that ZIP code or email. Could you check both?"
)
_NOT_CONFIGURED = "I can't look up orders here, but our team can."


def present_orders(
    orders: tuple[Order, ...], now: datetime, time_zone: str, rung: Rung = Rung.L1
) -> ToolResult:
    """Return the answer of `find_orders`.

    Args:
        orders: The texter's own, newest first; at most five are told.
        now: The instant of the answer.
        time_zone: IANA name of the brand's.
        rung: What the texter has proved; amounts are told from L2 on.
    """
    told = orders[:_MAX_ORDERS]
    listed: list[JsonValue] = [_order_json(order, now, time_zone, rung) for order in told]
    note = None if told else _NONE_FOUND
    facts = tuple(f for order in told for f in _order_facts(order, now, time_zone, rung))
    return ToolResult(text=compact({"orders": listed, "note": note}), facts=facts)


def present_order(order: Order, now: datetime, time_zone: str, rung: Rung = Rung.L2) -> ToolResult:
    """Return the answer of `get_order` for an order that may be spoken of."""
    return ToolResult(
        text=compact({"order": _order_json(order, now, time_zone, rung)}),
        facts=_order_facts(order, now, time_zone, rung),
    )


def present_needs_proof() -> ToolResult:
    """Return the answer to an order number without proof, whoever's it is."""
    return ToolResult(text=compact({"error": "needs_proof", "say": _NEEDS_PROOF}))


def present_unverified() -> ToolResult:
    """Return the one answer to a stranger's order, an invented number and a wrong proof."""
    return ToolResult(text=compact({"error": "not_verified", "say": _NOT_VERIFIED}))


def present_not_configured() -> ToolResult:
    """Return the answer of every shop tool while no shop is connected; it guesses nothing."""
    return ToolResult(text=compact({"error": "not_configured", "say": _NOT_CONFIGURED}))


def _order_json(order: Order, now: datetime, time_zone: str, rung: Rung) -> JsonValue:
    state = order_state(order)
    eta = _eta(order, state, now, time_zone)
    delivered = _delivered_at(order, state)
    return {
        "order": one_line(order.name, 20),
        "placed_on": date_words(order.processed_at, now, time_zone),
        "status": state.value,
        "status_text": _status_text(order, state),
        "eta": date_words(eta, now, time_zone) if eta else None,
        "delivered_on": date_words(delivered, now, time_zone) if delivered else None,
        "tracking_url": _tracking_url(order),
        "items": list(_item_titles(order)),
        "total": _total(order, rung),
    }


def _order_facts(order: Order, now: datetime, time_zone: str, rung: Rung) -> tuple[Fact, ...]:
    source = f"order:{order.id}"
    state = order_state(order)
    items = order.items[:_MAX_ITEMS]
    eta = _eta(order, state, now, time_zone)
    days = (order.processed_at, eta, _delivered_at(order, state), order.cancelled_at)
    values: list[tuple[FactKind, str | None]] = [
        (FactKind.ORDER, one_line(order.name, 20)),
        (FactKind.ORDER_STATE, state.value),
        *((FactKind.DATE, date_words(day, now, time_zone)) for day in days if day),
        (FactKind.LINK, _tracking_url(order)),
        *((FactKind.PRODUCT, words) for item in items for words in (_title(item), _item(item))),
        (FactKind.AMOUNT, _total(order, rung)),
    ]
    return tuple(
        Fact(kind=kind, value=value, source=source)
        for kind, value in dict.fromkeys(values)
        if value
    )


def _live(order: Order) -> tuple[Fulfillment, ...]:
    return tuple(f for f in order.fulfillments if f.status not in (None, "CANCELED"))


def _status_text(order: Order, state: OrderState) -> str:
    words = state_words(state)
    carrier = next((t.company for t in _trackings(order) if t.company), None)
    if carrier and state in _WITH_CARRIER:
        words = f"{words.removesuffix(' with the carrier')} with {one_line(carrier, 30)}"
    return words[0].upper() + words[1:]


def _eta(order: Order, state: OrderState, now: datetime, time_zone: str) -> datetime | None:
    """Return the carrier's promise while it can still be kept."""
    promises = [f.estimated_delivery_at for f in _live(order) if f.estimated_delivery_at]
    if not promises or state not in _STILL_COMING:
        return None
    latest = max(promises)
    return latest if local_date(latest, time_zone) >= local_date(now, time_zone) else None


def _delivered_at(order: Order, state: OrderState) -> datetime | None:
    arrivals = [f.delivered_at for f in _live(order) if f.delivered_at]
    if state not in (OrderState.DELIVERED, OrderState.PICKED_UP) or not arrivals:
        return None
    return max(arrivals)


def _trackings(order: Order) -> tuple[Tracking, ...]:
    return tuple(t for f in _live(order) for t in f.tracking)


def _tracking_url(order: Order) -> str | None:
    """Return the first link that can be sent; others are not repaired, since guesses break."""
    if order.cancelled_at is not None:
        return None
    urls = (t.url for t in _trackings(order) if t.url)
    return next(
        (u for u in urls if u.startswith("https://") and u.isascii() and " " not in u), None
    )


def _item_titles(order: Order) -> tuple[str, ...]:
    told = tuple(_item(item) for item in order.items[:_MAX_ITEMS])
    hidden = len(order.items) - len(told)
    return (*told, f"and {hidden} more") if hidden > 0 else told


def _title(item: OrderItem) -> str:
    return one_line(item.title, 60)


def _item(item: OrderItem) -> str:
    """Return "Ridge Shell Jacket (M) x2"."""
    form = one_line(item.variant_title or "", 30)
    words = f"{_title(item)} ({form})" if form and form != ONLY_FORM else _title(item)
    return f"{words} x{item.quantity}" if item.quantity > 1 else words


def _total(order: Order, rung: Rung) -> str | None:
    """Return "$128.00"; amounts are told only to who has proved the order.

    Source: reliability.md 4.5, the ladder's table.
    """
    if rung < Rung.L2 or not order.total:
        return None
    amount, _, currency = order.total.strip().partition(" ")
    try:
        return price_words(Decimal(amount), currency.strip().upper() or "USD")
    except InvalidOperation:
        return None
