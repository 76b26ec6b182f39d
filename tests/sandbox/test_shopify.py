"""The Shopify emulator: operations, search, errors, limits and state as the vendor's."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import (
    FragmentDefinitionNode,
    OperationDefinitionNode,
    parse,
    print_ast,
    validate,
)

from sandbox.demo.load import load_demo
from sandbox.edge import Edge
from sandbox.shopify import app as shopify_app
from sandbox.shopify.app import create_shopify
from sandbox.shopify.config import ShopifyConfig
from sandbox.shopify.schema import admin_schema

Json = dict[str, Any]
OPERATIONS = parse(
    (Path(shopify_app.__file__).parent / "schema" / "operations-admin-2026-10.graphql").read_text()
)
TOKEN = "shpat_test"
GRAPHQL = "/cedar-slate/admin/api/2026-10/graphql.json"
OAUTH = "/cedar-slate/admin/oauth/access_token"
CREDENTIALS = {
    "grant_type": "client_credentials",
    "client_id": "demo-client",
    "client_secret": "demo-secret",
}


def operation(name: str) -> str:
    """Return one operation of the file with the fragments it uses."""
    parts = {
        d.name.value: print_ast(d)
        for d in OPERATIONS.definitions
        if isinstance(d, OperationDefinitionNode | FragmentDefinitionNode) and d.name
    }
    text = parts[name]
    return "\n".join([text, *(part for key, part in parts.items() if f"...{key}" in text)])


class Shop:
    """The emulator, its edge and a client that holds a token."""

    def __init__(self, config: ShopifyConfig) -> None:
        self.edge = Edge()
        transport = httpx.ASGITransport(create_shopify(config, self.edge))
        self.http = httpx.AsyncClient(transport=transport, base_url="http://shopify.test")

    async def ask(self, query: str, /, **variables: object) -> Json:
        """Send a query text and return the whole answer."""
        response = await self.http.post(
            GRAPHQL,
            json={"query": query, "variables": variables},
            headers={"X-Shopify-Access-Token": TOKEN},
        )
        assert response.status_code == 200, response.text
        answer: Json = response.json()
        return answer

    async def run(self, name: str, /, **variables: object) -> Json:
        """Run a named operation that must succeed and return its data."""
        answer = await self.ask(operation(name), **variables)
        assert "errors" not in answer, answer["errors"]
        data: Json = answer["data"]
        return data

    async def control(self, name: str, /, **given: object) -> Json:
        """Use a control of the emulator."""
        response = await self.http.post(f"/_control/{name}", json=given)
        assert response.status_code == 200, response.text
        answer: Json = response.json()
        return answer

    async def order(self, name: str) -> Json:
        """Return the node of the order of exactly this name."""
        found = await self.run("OrdersSearch", q=f"name:'{name}'", n=10)
        return next(node for node in found["orders"]["nodes"] if node["name"] == name)


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    """A shop with the minimal scopes."""
    shop = Shop(ShopifyConfig(static_tokens=(TOKEN,)))
    yield shop
    await shop.http.aclose()


def order_named(case: str) -> str:
    """Return the name of the demo order whose case begins so."""
    demo = load_demo(Edge().now())
    return next(order.name for order in demo.orders if (order.case or "").startswith(case))


def test_operations_of_appendix_a_are_valid_against_the_schema() -> None:
    """Law: every operation the product may send is valid for the vendor's schema."""
    assert validate(admin_schema().graphql, OPERATIONS) == []


async def test_customer_by_phone_known_number_returns_the_customer(shop: Shop) -> None:
    """Law: an E.164 number of a customer finds exactly that customer."""
    data = await shop.run("CustomerByPhone", id={"phoneNumber": "+13125550100"})
    phone = data["customerByIdentifier"]["defaultPhoneNumber"]
    assert phone["phoneNumber"] == "+13125550100"
    assert phone["smsMarketingConsent"]["state"] == "SUBSCRIBED"


async def test_customer_by_phone_unknown_number_returns_null(shop: Shop) -> None:
    """Law: an unknown number is no error, there is simply nobody."""
    data = await shop.run("CustomerByPhone", id={"phoneNumber": "+13125550199"})
    assert data == {"customerByIdentifier": None}


async def test_customers_search_shared_phone_finds_both_people(shop: Shop) -> None:
    """Law: the search form also looks at the phone of the address."""
    data = await shop.run("CustomersSearch", q="phone:+13125550112")
    names = {node["displayName"] for node in data["customers"]["nodes"]}
    assert names == {"Ruth Adler", "Paul Adler"}


async def test_orders_of_customer_newest_order_comes_first_with_tracking(shop: Shop) -> None:
    """Law: the first demo customer's latest order is in transit and can be tracked."""
    data = await shop.run("CustomerByPhone", id={"phoneNumber": "+13125550100"})
    data = await shop.run("OrdersOfCustomer", id=data["customerByIdentifier"]["id"])
    nodes = data["customer"]["orders"]["nodes"]
    parcel = nodes[0]["fulfillments"][0]
    assert [n["processedAt"] for n in nodes] == sorted(
        (n["processedAt"] for n in nodes), reverse=True
    )
    assert parcel["displayStatus"] == "IN_TRANSIT"
    assert parcel["trackingInfo"][0]["url"].startswith("https://www.ups.com/track")


async def test_orders_search_name_is_tokenised_so_a_suffixed_name_is_found_too(shop: Shop) -> None:
    """Law: a name search finds every order with that word in its name."""
    suffixed = order_named("the reshipment")
    plain = suffixed.removesuffix("-A")
    both = await shop.run("OrdersSearch", q=f"name:{plain.removeprefix('#')}")
    one = await shop.run("OrdersSearch", q=f"name:'{suffixed}'")
    assert {n["name"] for n in both["orders"]["nodes"]} == {plain, suffixed}
    assert [n["name"] for n in one["orders"]["nodes"]] == [suffixed]


async def test_orders_search_unknown_filter_is_ignored_and_and_is_implied(shop: Shop) -> None:
    """Law: ``phone:`` is no order filter and changes nothing; two filters must both hold."""
    found = await shop.run(
        "OrdersSearch", q="phone:+13125550199 email:ava.lindgren@example.com", n=10
    )
    none = await shop.run("OrdersSearch", q="email:ava.lindgren@example.com name:1120", n=10)
    assert len(found["orders"]["nodes"]) >= 2
    assert none["orders"]["nodes"] == []


async def test_orders_older_than_sixty_days_need_read_all_orders(shop: Shop) -> None:
    """Law: without ``read_all_orders`` an old order does not exist for the app."""
    before = await shop.run("OrdersSearch", q="name:1001")
    await shop.control("scopes", grant=["read_all_orders"])
    after = await shop.run("OrdersSearch", q="name:1001")
    counts = (len(before["orders"]["nodes"]), len(after["orders"]["nodes"]))
    assert counts == (0, 1)


async def test_order_by_id_every_demo_order_resolves(shop: Shop) -> None:
    """Law: every order in every state answers the full operation without an error."""
    await shop.control("scopes", grant=["read_all_orders"])
    state = await shop.control("state")
    for name, standing in state["orders"].items():
        data = await shop.run("OrderById", id=standing["id"])
        assert data["order"]["name"] == name
        await shop.control("throttle", available=2000)
    assert len(state["orders"]) == 120


async def test_every_order_state_is_reached_through_a_customer(shop: Shop) -> None:
    """Law: every value of the two display statuses is on some customer's recent order."""
    schema = admin_schema().graphql
    wanted = {
        value
        for name in ("OrderDisplayFulfillmentStatus", "FulfillmentDisplayStatus")
        for value in schema.type_map[name].values  # type: ignore[attr-defined]
    }
    seen = set()
    for customer in load_demo(shop.edge.now()).customers:
        identity = f"gid://shopify/Customer/{customer.id}"
        data = await shop.run("OrdersOfCustomer", id=identity, n=20)
        for node in data["customer"]["orders"]["nodes"]:
            seen.add(node["displayFulfillmentStatus"])
            seen |= {parcel["displayStatus"] for parcel in node["fulfillments"]}
        await shop.control("throttle", available=2000)
    assert seen == wanted


async def test_products_page_pages_through_the_whole_catalogue_once(shop: Shop) -> None:
    """Law: following cursors sees every product once, ordered by the sort key."""
    seen: list[str] = []
    cursor, more = None, True
    while more:
        page = (await shop.run("ProductsPage", cursor=cursor, q=None))["products"]
        seen += [node["updatedAt"] + node["id"] for node in page["nodes"]]
        cursor, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert len(seen) == len(set(seen)) == len(load_demo(shop.edge.now()).products)
    assert [s[:20] for s in seen] == sorted(s[:20] for s in seen)


@pytest.mark.parametrize(
    ("query", "present", "absent"),
    [
        ("rain", "ridgeline-rain-jacket", "cedar-camp-mug"),
        ("(mug OR blanket) gift", "cedar-camp-mug", "canvas-wax-3-5-oz"),
        ("status:active mitt*", "frostline-mittens", "tundra-expedition-mitt"),
        ("tag:dog", "pup-ridge-dog-coat", "cedar-camp-mug"),
        ("product_type:Footwear", "ironwood-hiking-boot", "cairn-merino-hiking-sock"),
        ("jack* -tag:kids", "summit-down-jacket", "little-ridge-kids-rain-jacket"),
        ("'hiking sock' OR 'hiking boots'", "cairn-merino-hiking-sock", "ironwood-hiking-boot"),
        ("title:'hiking boot' NOT women", "ironwood-hiking-boot", "ironwood-hiking-boot-womens"),
        ("sku:GIFT-50", "cedar-slate-gift-card", "cedar-camp-mug"),
    ],
)
async def test_products_search_finds_by_words_and_filters(
    shop: Shop, query: str, present: str, absent: str
) -> None:
    """Law: terms, OR, brackets, filters, prefixes, quotes and NOT mean what Shopify says."""
    found = await shop.ask(
        "query($q: String) { products(first: 100, query: $q) { nodes { handle } } }", q=query
    )
    handles = {node["handle"] for node in found["data"]["products"]["nodes"]}
    assert present in handles
    assert absent not in handles


async def test_variant_availability_levels_add_up_to_the_quantity(shop: Shop) -> None:
    """Law: the stock of the locations together is what can be sold; a stranger is null."""
    demo = load_demo(shop.edge.now())
    ids = [f"gid://shopify/ProductVariant/{v.id}" for v in demo.products[0].variants]
    data = await shop.run("VariantAvailability", ids=[*ids, "gid://shopify/ProductVariant/1"])
    *known, unknown = data["nodes"]
    for node in known:
        levels = node["inventoryItem"]["inventoryLevels"]["nodes"]
        assert node["inventoryQuantity"] == sum(n["quantities"][0]["quantity"] for n in levels)
    assert unknown is None


async def test_seeded_stock_of_zero_makes_a_variant_unavailable(shop: Shop) -> None:
    """Law: stock set through the control is what the next read says."""
    variant = load_demo(shop.edge.now()).products[0].variants[0]
    await shop.control("seed", stock={variant.sku: 0})
    identity = f"gid://shopify/ProductVariant/{variant.id}"
    data = await shop.run("VariantAvailability", ids=[identity])
    shown = data["nodes"][0]
    assert (shown["availableForSale"], shown["sellableOnlineQuantity"]) == (False, 0)


async def test_shop_and_policies_name_the_brand_and_its_six_policies(shop: Shop) -> None:
    """Law: every policy has a type of Shopify's, a body in HTML and an address of the brand."""
    data = (await shop.run("ShopAndPolicies"))["shop"]
    assert data["myshopifyDomain"] == "cedar-slate.myshopify.com"
    assert len({policy["type"] for policy in data["shopPolicies"]}) == 6
    assert all(p["body"].startswith("<p>") for p in data["shopPolicies"])


async def test_app_scopes_tell_what_was_granted(shop: Shop) -> None:
    """Law: the installation lists exactly the granted scopes."""
    await shop.control("scopes", granted=["read_orders"])
    data = await shop.run("AppScopes")
    assert data["currentAppInstallation"]["accessScopes"] == [{"handle": "read_orders"}]


async def test_order_cancel_open_order_is_cancelled_after_its_job(shop: Shop) -> None:
    """Law: a cancellation is a job: pending, refused a second time, then true when read."""
    order = await shop.order(order_named("placed an hour"))
    wish = {"orderId": order["id"], "reason": "CUSTOMER", "restock": True}
    refund = {"originalPaymentMethodsRefund": True}
    first = (await shop.run("OrderCancel", **wish, refundMethod=refund))["orderCancel"]
    second = (await shop.run("OrderCancel", **wish))["orderCancel"]
    pending = await shop.run("OrderCancelState", id=order["id"])
    await shop.http.post("/_control/clock", json={"advance_seconds": 5})
    done = await shop.run("OrderCancelJob", id=first["jobResult"]["id"])
    after = (await shop.run("OrderCancelState", id=order["id"]))["order"]
    third = (await shop.run("OrderCancel", **wish))["orderCancel"]
    assert (first["jobResult"]["status"], pending["order"]["cancelledAt"]) == ("STARTED", None)
    assert second["orderCancelUserErrors"][0]["message"] == "Cancellation is already in progress"
    assert (done["node"]["status"], after["displayFinancialStatus"]) == ("SUCCEEDED", "REFUNDED")
    assert "already been canceled" in third["orderCancelUserErrors"][0]["message"]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("in transit, tracking", "has outstanding fulfillments"),
        ("third-party warehouse has accepted", "has outstanding fulfillments"),
        ("return requested", "has returns"),
        ("cancelled by the customer", "has already been canceled"),
    ],
)
async def test_order_cancel_bound_order_is_refused_as_a_user_error(
    shop: Shop, case: str, words: str
) -> None:
    """Law: an order that left, was accepted, has returns or is cancelled stays as it is."""
    order = await shop.order(order_named(case))
    data = await shop.run("OrderCancel", orderId=order["id"], reason="CUSTOMER", restock=True)
    error = data["orderCancel"]["orderCancelUserErrors"][0]
    assert (error["code"], error["field"]) == ("INVALID", ["orderId"])
    assert error["message"] == f"Cannot cancel an order that {words}"


async def test_order_update_address_is_read_back(shop: Shop) -> None:
    """Law: a changed address is the order's address from then on, other parts stay."""
    order = await shop.order(order_named("placed an hour"))
    wish = {"address1": "9 New Mill Rd", "city": "Elgin", "provinceCode": "IL", "zip": "60120"}
    await shop.run("OrderUpdateShippingAddress", input={"id": order["id"], "shippingAddress": wish})
    address = (await shop.run("OrderById", id=order["id"]))["order"]["shippingAddress"]
    assert {name: address[name] for name in wish} == wish
    assert address["lastName"] == "Whitaker"
