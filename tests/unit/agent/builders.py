"""A brand, orders, products and passages for the agent's tests."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from agent.context import TurnContext
from agent.tools.arguments import SearchProducts
from agent.tools.identity import Rung
from agent.tools.knowledge import present_passages
from agent.tools.orders import present_orders
from agent.tools.products import present_products
from agent.tools.result import ToolResult
from domain.brand import BrandSettings, Identity
from domain.brand_accounts import HelpdeskSettings, Sender, ShopSettings
from domain.brand_conduct import Limits, VoiceSettings
from domain.catalog import Product, Variant
from domain.facts import Fact
from domain.knowledge import Article, Passage
from domain.orders import Fulfillment, Order, OrderItem, Tracking
from providers.llm.base import Finish, ModelReply, ToolAnswered, ToolCalled

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
ZONE = "America/Chicago"
TRACKING_URL = "https://www.ups.com/track?tracknum=1Z0042"
JACKET_URL = "https://harbor-pine.example/products/ridge-shell-jacket"
FLEECE_URL = "https://harbor-pine.example/products/cove-fleece"


def a_brand(**changes: object) -> BrandSettings:
    """Return a brand with shop and helpdesk; keyword arguments replace its sections."""
    settings: dict[str, object] = {
        "brand": "harbor-pine",
        "identity": Identity(
            name="Harbor & Pine",
            category="Outdoor clothing",
            time_zone=ZONE,
            help_contact="help@harbor-pine.example",
            link_domains=("harbor-pine.example",),
        ),
        "senders": (Sender(number="+13125550100"),),
        "shop": ShopSettings(shop="harbor-pine"),
        "helpdesk": HelpdeskSettings(),
        "voice": VoiceSettings(banned_words=("cheap", "Acme")),
        "limits": Limits(),
    }
    return BrandSettings.model_validate({**settings, **changes})


def an_order(**changes: object) -> Order:
    """Return order #1042, on its way with UPS, expected Nov 24."""
    order = Order(
        id="gid://1042",
        name="#1042",
        customer_id="c1",
        email="Dana.Reyes@example.com",
        zip_code="60601",
        processed_at=datetime(2026, 11, 15, 18, 0, tzinfo=UTC),
        fulfillment_status="FULFILLED",
        total="128.00 USD",
        items=(OrderItem(title="Ridge Shell Jacket", variant_title="M"),),
        fulfillments=(
            Fulfillment(
                status="IN_TRANSIT",
                tracking=(Tracking(company="UPS", number="1Z0042", url=TRACKING_URL),),
                estimated_delivery_at=datetime(2026, 11, 24, 18, 0, tzinfo=UTC),
            ),
        ),
    )
    return order.model_copy(update=changes)


def a_delivered_order(**changes: object) -> Order:
    """Return order #1043, delivered Nov 20."""
    parcel = Fulfillment(status="DELIVERED", delivered_at=NOW - timedelta(days=2))
    order = an_order(
        id="gid://1043",
        name="#1043",
        items=(OrderItem(title="Cove Fleece"),),
        fulfillments=(parcel,),
    )
    return order.model_copy(update=changes)


def a_jacket(**changes: object) -> Product:
    """Return the Ridge Shell Jacket, $89.00, in stock in S and M, sold out in L."""
    jacket = Product(
        id="gid://p1",
        title="Ridge Shell Jacket",
        description="A waterproof rain shell with pit zips.",
        product_type="Jackets",
        url=JACKET_URL,
        currency="USD",
        variants=tuple(
            Variant(id=f"v{size}", title=size, price=Decimal("89.00"), available=size != "L")
            for size in ("S", "M", "L")
        ),
    )
    return jacket.model_copy(update=changes)


def a_fleece(**changes: object) -> Product:
    """Return the Cove Fleece, $64.00, sold out."""
    fleece = Product(
        id="gid://p2",
        title="Cove Fleece",
        description="A warm rain-day fleece jacket.",
        url=FLEECE_URL,
        currency="USD",
        variants=(
            Variant(id="v9", title="Default Title", price=Decimal("64.00"), available=False),
        ),
    )
    return fleece.model_copy(update=changes)


RETURNS = Article(
    id="returns",
    title="Returns",
    body=(
        "You have 30 days from delivery to return unworn items for a full refund. Return shipping "
        "in the US is free. Refunds are paid 5-7 business days after we receive the parcel. Start "
        "your return at harbor-pine.example/returns."
    ),
    url="https://harbor-pine.example/policies/returns",
)
SHIPPING = Article(
    id="shipping",
    title="Shipping",
    body=(
        "Standard shipping takes 3-5 business days and costs $6.95; it is free on orders over $75. "
        "New subscribers get 10% off the first order with code WELCOME10 until December 24. Our "
        "store at 640 Slate St, Chicago is open Monday to Friday 10 am - 7 pm."
    ),
)


def orders_result(*orders: Order, rung: Rung = Rung.L1) -> ToolResult:
    """Return what `find_orders` says about orders (#1042 by default)."""
    return present_orders(orders or (an_order(),), NOW, ZONE, rung)


def products_result(*products: Product, query: str = "rain jacket") -> ToolResult:
    """Return what `search_products` says about products (jacket and fleece by default)."""
    asked = SearchProducts(query=query, max_price=None, in_stock_only=False)
    return present_products(products or (a_jacket(), a_fleece()), asked)


def passages_result(*articles: Article) -> ToolResult:
    """Return what `search_knowledge` says about articles (returns and shipping by default)."""
    found = articles or (RETURNS, SHIPPING)
    return present_passages(tuple(Passage(article=a, score=1.0) for a in found))


def all_facts() -> tuple[Fact, ...]:
    """Return every fact of the two orders, two products and two articles."""
    results = (orders_result(an_order(), a_delivered_order()), products_result(), passages_result())
    return tuple(fact for result in results for fact in result.facts)


def a_context(**changes: object) -> TurnContext:
    """Return a second reply's turn in which everything was looked up."""
    values: dict[str, object] = {
        "brand": a_brand(),
        "conversation_id": "conversation:harbor-pine:c-1",
        "model": "rules",
        "now": NOW,
        "batch": ("Where is my order?",),
        "facts": all_facts(),
        "first_reply": False,
    }
    return TurnContext.model_validate({**values, **changes})


def said(reply: str, intent: str = "other", **changes: object) -> ModelReply:
    """Return a final answer of the model."""
    text = json.dumps({"intent": intent, "reply": reply})
    return ModelReply(text=text, finish=Finish.DONE).model_copy(update=changes)


def calling(*calls: tuple[str, str]) -> ModelReply:
    """Return an answer that asks for tools, given as names and arguments."""
    return ModelReply(
        text="",
        tool_calls=tuple(
            ToolCalled(call_id=f"call_{i}", name=name, arguments=arguments)
            for i, (name, arguments) in enumerate(calls)
        ),
    )


def answered(name: str, arguments: str, text: str) -> tuple[ToolCalled, ToolAnswered]:
    """Return a tool call of this turn with its result."""
    return (
        ToolCalled(call_id=f"done_{name}", name=name, arguments=arguments),
        ToolAnswered(call_id=f"done_{name}", text=text),
    )
