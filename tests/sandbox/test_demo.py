"""The demo brand: what must hold of its data whatever is edited in it."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from graphql import GraphQLEnumType

from sandbox.demo.load import check_references, load_demo
from sandbox.demo.model import DemoShop
from sandbox.shopify.schema import admin_schema

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
GSM_7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)


@pytest.fixture(scope="module")
def shop() -> DemoShop:
    """The brand at a fixed instant."""
    return load_demo(NOW)


def test_load_demo_naive_instant_is_refused() -> None:
    """Law: dates are never guessed from a clock without a zone."""
    with pytest.raises(ValueError, match="aware"):
        load_demo(datetime(2026, 11, 22))  # noqa: DTZ001 - the point of the test


def test_demo_sizes_are_those_of_a_small_brand(shop: DemoShop) -> None:
    """Law: enough to shop in, small enough to read."""
    counts = (len(shop.products) >= 60, len(shop.customers), len(shop.orders))
    assert counts == (True, 40, 120)


def test_demo_prices_are_positive_and_reductions_are_real(shop: DemoShop) -> None:
    """Law: nothing is free, and a struck-out price is higher than the price."""
    variants = [variant for product in shop.products for variant in product.variants]
    assert all(v.price > 0 for v in variants)
    assert all(v.compare_at > v.price for v in variants if v.compare_at is not None)
    assert all(v.price == v.price.quantize(Decimal("0.01")) for v in variants)


def test_demo_stock_is_consistent_and_has_every_case(shop: DemoShop) -> None:
    """Law: no negative stock; sold out, nearly sold out, pre-order and untracked all exist."""
    variants = [variant for product in shop.products for variant in product.variants]
    assert all(v.warehouse >= 0 and v.store >= 0 for v in variants)
    assert any(all(v.stock == 0 for v in p.variants) and p.published for p in shop.products)
    assert any(v.policy == "CONTINUE" and v.stock == 0 for v in variants)
    assert any(not v.tracked for v in variants)
    assert any("one-size" in product.tags for product in shop.products)


def test_demo_products_of_every_visibility_exist(shop: DemoShop) -> None:
    """Law: the catalogue holds drafts, retired and unpublished products to keep from customers."""
    assert {product.status for product in shop.products} == {"ACTIVE", "DRAFT", "ARCHIVED"}
    assert any(p.status == "ACTIVE" and not p.published for p in shop.products)


def test_demo_identities_are_unique(shop: DemoShop) -> None:
    """Law: ids, SKUs, handles and order names each name one thing."""
    variants = [variant for product in shop.products for variant in product.variants]
    for names in (
        [product.id for product in shop.products],
        [product.handle for product in shop.products],
        [variant.id for variant in variants],
        [variant.sku for variant in variants],
        [customer.id for customer in shop.customers],
        [customer.email for customer in shop.customers],
        [order.name for order in shop.orders],
        [entry.id for entry in shop.knowledge],
    ):
        assert len(names) == len(set(names))


def test_demo_variants_answer_every_option(shop: DemoShop) -> None:
    """Law: a variant has one value for each option, and no two variants the same values."""
    for product in shop.products:
        assert all(len(v.values) == len(product.options) for v in product.variants)
        assert len({v.values for v in product.variants}) == len(product.variants)


@pytest.mark.parametrize(
    ("enum", "read"),
    [
        ("OrderDisplayFulfillmentStatus", lambda o: [o.fulfillment_status]),
        ("OrderDisplayFinancialStatus", lambda o: [o.financial_status]),
        ("OrderReturnStatus", lambda o: [o.return_status]),
        ("FulfillmentDisplayStatus", lambda o: [f.display_status for f in o.fulfillments]),
        ("FulfillmentEventStatus", lambda o: [e.status for f in o.fulfillments for e in f.events]),
        ("FulfillmentOrderStatus", lambda o: [w.status for w in o.fulfillment_orders]),
        (
            "FulfillmentOrderRequestStatus",
            lambda o: [w.request_status for w in o.fulfillment_orders],
        ),
        ("ReturnStatus", lambda o: [r.status for r in o.returns]),
    ],
)
def test_demo_orders_show_every_value_of_a_status(shop: DemoShop, enum: str, read: object) -> None:
    """Law: every status Shopify knows is on some order, and none it does not know."""
    assert callable(read)
    kind = admin_schema().graphql.type_map[enum]
    assert isinstance(kind, GraphQLEnumType)
    assert {status for order in shop.orders for status in read(order)} == set(kind.values)


def test_demo_phones_are_reserved_numbers_and_addresses_example_mail(shop: DemoShop) -> None:
    """Law: no demo datum can reach a real person."""
    phones = [c.phone for c in shop.customers] + [c.address.phone for c in shop.customers]
    phones += [o.phone for o in shop.orders]
    phones += [o.ship_to.phone for o in shop.orders if o.ship_to]
    assert all(re.fullmatch(r"\+131255501\d\d", phone) for phone in phones if phone)
    assert all(customer.email.endswith("@example.com") for customer in shop.customers)


def test_demo_first_customer_newest_order_is_in_transit_with_tracking(shop: DemoShop) -> None:
    """Law: +13125550100 is the number a visitor tries first, and it shows the main case."""
    person = next(c for c in shop.customers if c.phone == "+13125550100")
    newest = max((o for o in shop.orders if o.customer == person.id), key=lambda o: o.at_hours)
    parcel = newest.fulfillments[0]
    assert parcel.display_status == "IN_TRANSIT"
    assert parcel.eta_hours is not None
    assert parcel.eta_hours > 0
    assert parcel.tracking[0].number in parcel.tracking[0].url


def test_demo_hard_cases_are_there(shop: DemoShop) -> None:
    """Law: each case the README names can be found by its words."""
    cases = " | ".join(order.case or "" for order in shop.orders)
    for words in (
        "two orders on the same day",
        "split shipment",
        "pick-up ready",
        "pre-order",
        "customer says it is not there",
        "partially refunded",
        "third-party warehouse has accepted",
        "order phone is not the sender's",
        "cancelled by the customer",
        "shared phone",
    ):
        assert words in cases
    buyers = {order.customer for order in shop.orders}
    assert any(customer.id not in buyers for customer in shop.customers)


def test_demo_orders_run_forward_in_time(shop: DemoShop) -> None:
    """Law: ordered after the customer exists, shipped after the order, scanned in order, past."""
    created = {customer.id: customer.created_hours for customer in shop.customers}
    for order in shop.orders:
        assert created[order.customer] <= order.at_hours < 0
        for parcel in order.fulfillments:
            scans = [event.at_hours for event in parcel.events]
            assert order.at_hours <= parcel.at_hours < 0
            assert scans == sorted(scans)
            assert all(parcel.at_hours <= scan < 0 for scan in scans)


def test_demo_orders_never_ship_more_than_was_bought(shop: DemoShop) -> None:
    """Law: the shipments of an order together hold at most its quantities."""
    for order in shop.orders:
        for place, line in enumerate(order.lines):
            sent = sum(q for f in order.fulfillments for index, q in f.lines if index == place)
            assert sent <= line.quantity
            assert line.removed <= line.quantity


def test_demo_dates_follow_the_loading_instant(shop: DemoShop) -> None:
    """Law: an order two days old today is two days old whenever the demo is loaded."""
    later = load_demo(NOW + timedelta(days=100))
    hours = shop.orders[0].at_hours
    assert later.at(hours) - shop.at(hours) == timedelta(days=100)


def test_demo_knowledge_is_complete_and_concrete(shop: DemoShop) -> None:
    """Law: six policies and 25 questions, each answered, most with a figure."""
    kinds = [entry.kind for entry in shop.knowledge]
    assert (kinds.count("policy"), kinds.count("faq")) == (6, 25)
    assert all(len(entry.body) > 40 and entry.title for entry in shop.knowledge)
    assert all(entry.url.startswith(f"https://{shop.profile.domain}/") for entry in shop.knowledge)
    assert sum(bool(re.search(r"\d", entry.body)) for entry in shop.knowledge) >= 28


def test_demo_texts_fit_the_gsm_alphabet(shop: DemoShop) -> None:
    """Law: what the agent will quote does not force a reply into UCS-2."""
    texts = [shop.profile.name, *(entry.body for entry in shop.knowledge)]
    texts += [p.title + p.description for p in shop.products]
    texts += [v.title for p in shop.products for v in p.variants]
    assert {c for text in texts for c in text} <= GSM_7


def test_demo_order_of_an_unknown_sku_fails_to_load(shop: DemoShop) -> None:
    """Law: a slip in the data files is found when they are loaded, not by a customer."""
    order = shop.orders[0]
    line = order.lines[0].model_copy(update={"sku": "NO-SUCH"})
    broken = shop.model_copy(update={"orders": (order.model_copy(update={"lines": (line,)}),)})
    with pytest.raises(ValueError, match="NO-SUCH"):
        check_references(broken)
