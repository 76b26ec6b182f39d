"""Each need in words, from the richest wording to the tersest, using only what the tools said."""

from typing import Any

from sandbox.openai.modes.rules import patterns as p
from sandbox.openai.modes.rules import plan
from sandbox.openai.modes.rules.intents import Intent, Need
from sandbox.openai.modes.rules.passages import word_passages
from sandbox.openai.modes.rules.products import word_products
from sandbox.openai.modes.rules.turn import Turn
from sandbox.openai.modes.rules.vocabulary import overlap
from sandbox.openai.neutral import Request

Json = dict[str, Any]
Wordings = tuple[str, ...]

_ASK = (
    "I can't find an order for this number. Please text me the order number and the ZIP code "
    "or email on it.",
    "Please text me the order number and its ZIP code or email.",
)
_HANDED = (
    "I've passed this to our team. A person will text you back here.",
    "Our team will text you back here.",
)
_AI = (
    "I'm an AI assistant, not a person. Want someone from our team instead?",
    "I'm an AI assistant.",
)
_HELLO = (
    "Hi! How can I help? Ask me about an order, a product or our policies.",
    "Hi! How can I help?",
)
_WELCOME = ("You're welcome! Text us any time.", "You're welcome!")
_NO_HELP = (
    "Sorry, I can't answer that one. Is there anything about an order or a product I can check?",
    "Sorry, I can't answer that one.",
)


def word_need(need: Need, turn: Turn, request: Request) -> Wordings:
    """Return the wordings of one need's answer, richest first."""
    if need.about_ai:
        return _AI
    if need.escalate is not None:
        return _HANDED if turn.result("escalate") else _NO_HELP
    match need.intent:
        case Intent.ORDER_STATUS:
            return _orders(need, turn)
        case Intent.PRODUCT_QUESTION | Intent.RECOMMENDATION:
            return _products(need, turn, request)
        case Intent.GREETING:
            return _HELLO
        case Intent.THANKS:
            return _WELCOME
        case _:
            return _passage(need, turn, request)


def _orders(need: Need, turn: Turn) -> Wordings:
    number = plan.wanted_number(need, turn)
    single = turn.result("get_order")
    listed = turn.result("find_orders")
    orders: list[Json] = listed.output.get("orders", []) if listed else []
    if number is not None:
        orders = [o for o in orders if o.get("order") == number]
    if single is not None and not orders:
        if "order" not in single.output:
            return (str(single.output.get("say") or _ASK[0]),)
        orders = [single.output["order"]]
    if not orders:
        return _HANDED if turn.result("escalate") else _ASK
    named = [o for o in orders if overlap(need.text, " ".join(o.get("items", []))) > 0]
    chosen = named or sorted(orders, key=lambda o: o.get("status") in ("delivered", "cancelled"))
    sorry = "Sorry about the wait. " if p.UPSET.search(" ".join(turn.texts)) else ""
    return _order_wordings(chosen, sorry)


def _order_wordings(orders: list[Json], sorry: str) -> Wordings:
    first = orders[0]
    items = ", ".join(str(item) for item in first.get("items", [])[:2])
    link = f" Track: {first['tracking_url']}" if first.get("tracking_url") else ""
    state = _state(first)
    wordings = [f"{sorry}Order {first['order']} ({items}): {state}{link}"] if items else []
    if len(orders) > 1:
        other = f"Order {orders[1]['order']}: {_state(orders[1])}"
        wordings.insert(0, f"{sorry}Order {first['order']}: {state}{link} {other}")
    wordings.append(f"{sorry}Order {first['order']}: {state}{link}")
    wordings.append(f"{first['order']}: {state}{link}")
    wordings.append(f"{first['order']}: {state}")
    wordings.append(f"{first['order']}: {str(first.get('status_text', '')).rstrip('.')}.")
    return tuple(wordings)


def _state(order: Json) -> str:
    said = str(order.get("status_text", "")).strip().rstrip(".")
    eta, arrived = order.get("eta"), order.get("delivered_on")
    if arrived and str(arrived) not in said:
        return f"{said} on {arrived}."
    return f"{said}, expected {eta}." if eta and str(eta) not in said else f"{said}."


def _products(need: Need, turn: Turn, request: Request) -> Wordings:
    found = turn.result("search_products", plan.search_call(need, turn, request).arguments)
    if found is None or "products" not in found.output:
        return _HANDED if turn.result("escalate") else _NO_HELP
    return word_products(need, found.output["products"])


def _passage(need: Need, turn: Turn, request: Request) -> Wordings:
    found = turn.result("search_knowledge", plan.reading_call(need, turn, request).arguments)
    told = word_passages(need, found.output.get("passages", [])) if found else ()
    return told or (_HANDED if turn.result("escalate") else _NO_HELP)
