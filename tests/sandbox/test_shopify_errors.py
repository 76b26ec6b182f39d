"""The Shopify emulator's refusals: documents, variables, ids, scopes, tokens and limits."""

from collections.abc import AsyncIterator

import httpx
import pytest

from sandbox.shopify.config import ShopifyConfig
from tests.sandbox.test_shopify import CREDENTIALS, GRAPHQL, OAUTH, TOKEN, Json, Shop, operation


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    """A shop with the minimal scopes and one of another organisation beside it."""
    shop = Shop(ShopifyConfig(static_tokens=(TOKEN,), foreign_shops=("other-brand",)))
    yield shop
    await shop.http.aclose()


async def post(shop: Shop, path: str = GRAPHQL, token: str | None = TOKEN) -> httpx.Response:
    """Send a harmless query to a path."""
    headers = {} if token is None else {"X-Shopify-Access-Token": token}
    return await shop.http.post(path, json={"query": "{ shop { name } }"}, headers=headers)


async def token_of(shop: Shop) -> str:
    """Exchange the credentials."""
    answer: Json = (await shop.http.post(OAUTH, data=CREDENTIALS)).json()
    return str(answer["access_token"])


@pytest.mark.parametrize(
    ("query", "code", "message", "path"),
    [
        (
            'query Op { order(id: "gid://shopify/Order/1") { emial } }',
            "undefinedField",
            "Field 'emial' doesn't exist on type 'Order'",
            ["query Op", "order", "emial"],
        ),
        (
            'mutation M { orderCancel(orderId: "gid://shopify/Order/1", reason: OTHER)'
            " { job { id } } }",
            "missingRequiredArguments",
            "Field 'orderCancel' is missing required arguments: restock",
            ["mutation M", "orderCancel"],
        ),
        (
            'mutation M { orderCancel(orderId: "gid://shopify/Order/1", reason: CUSTOMR,'
            " restock: true) { job { id } } }",
            "argumentLiteralsIncompatible",
            "Argument 'reason' on Field 'orderCancel' has an invalid value (CUSTOMR)."
            " Expected type 'OrderCancelReason!'.",
            ["mutation M", "orderCancel", "reason"],
        ),
        (
            "query Op { orders(frst: 1) { nodes { id } } }",
            "argumentNotAccepted",
            "Field 'orders' doesn't accept argument 'frst'",
            ["query Op", "orders", "frst"],
        ),
        (
            "query Op { shop }",
            "selectionMismatch",
            "Field must have selections (field 'shop' returns Shop but has no selections."
            " Did you mean 'shop { ... }'?)",
            ["query Op", "shop"],
        ),
        (
            "query Op($x: Int) { shop { name } }",
            "variableNotUsed",
            "Variable $x is declared by Op but not used",
            ["query Op"],
        ),
        (
            "mutation { orderUpdate(input: {}) { userErrors { message } } }",
            "missingRequiredInputObjectAttribute",
            "Argument 'id' on InputObject 'OrderInput' is required. Expected type ID!",
            ["mutation", "orderUpdate", "input"],
        ),
        (
            "query Op { shop @later { name } }",
            "undefinedDirective",
            "Directive @later is not defined",
            ["query Op", "shop"],
        ),
        (
            'query Op { order(id: "abc") { id } }',
            "argumentLiteralsIncompatible",
            "Invalid global id 'abc'",
            ["query Op", "order", "id"],
        ),
    ],
)
async def test_wrong_document_is_refused_with_shopifys_code(
    shop: Shop, query: str, code: str, message: str, path: list[str]
) -> None:
    """Law: a document that does not fit the schema gets code, text and path, and no data."""
    answer = await shop.ask(query)
    error = answer["errors"][0]
    assert "data" not in answer
    assert (error["extensions"]["code"], error["message"], error["path"]) == (code, message, path)


async def test_broken_text_is_a_parse_error(shop: Shop) -> None:
    """Law: a text that is no GraphQL is refused with its place."""
    error = (await shop.ask("query Op { shop {"))["errors"][0]
    assert error["extensions"]["code"] == "PARSE_ERROR"
    assert error["message"].startswith("syntax error, ")


@pytest.mark.parametrize(
    ("name", "variables", "explanation"),
    [
        ("OrderById", {"id": "abc"}, "Invalid global id 'abc'"),
        ("OrderById", {}, "Expected value to not be null"),
        ("CustomersSearch", {"q": 5}, "Could not coerce value 5 to String"),
        ("CustomerByPhone", {"id": {"phone": "+13125550100"}}, "Field is not defined on"),
        (
            "CustomerByPhone",
            {"id": {"phoneNumber": "+13125550100", "emailAddress": "a@example.com"}},
            "requires exactly one argument",
        ),
    ],
)
async def test_wrong_variable_is_invalid_with_its_problems(
    shop: Shop, name: str, variables: Json, explanation: str
) -> None:
    """Law: a variable that does not fit is INVALID_VARIABLE and says why."""
    answer = await shop.ask(operation(name), **variables)
    extensions = answer["errors"][0]["extensions"]
    assert extensions["code"] == "INVALID_VARIABLE"
    assert explanation in extensions["problems"][0]["explanation"]


async def test_too_many_ids_are_refused(shop: Shop) -> None:
    """Law: no list of more than 250 is taken."""
    ids = ["gid://shopify/ProductVariant/1"] * 251
    error = (await shop.ask(operation("VariantAvailability"), ids=ids))["errors"][0]
    assert error["extensions"]["code"] == "MAX_INPUT_SIZE_EXCEEDED"


async def test_id_of_another_type_is_not_found(shop: Shop) -> None:
    """Law: a product's id finds no order and says so."""
    answer = await shop.ask(operation("OrderById"), id="gid://shopify/Product/8100000001")
    assert answer["data"] == {"order": None}
    assert answer["errors"][0]["extensions"]["code"] == "RESOURCE_NOT_FOUND"


@pytest.mark.parametrize(
    ("page", "words"),
    [("", "you must provide one of first or last"), ("(first: 251)", "between 0 and 250")],
)
async def test_page_without_a_sound_size_is_a_bad_request(
    shop: Shop, page: str, words: str
) -> None:
    """Law: a connection is never answered whole."""
    answer = await shop.ask(f"{{ products{page} {{ nodes {{ id }} }} }}")
    error = answer["errors"][0]
    assert (error["extensions"]["code"], words in error["message"]) == ("BAD_REQUEST", True)


async def test_root_the_sandbox_has_not_says_so(shop: Shop) -> None:
    """Law: nothing of Shopify's is silently null because the emulator lacks it."""
    answer = await shop.ask("{ giftCards(first: 1) { nodes { id } } shop { name } }")
    codes = {error["extensions"]["code"] for error in answer["errors"]}
    assert codes & {"NOT_EMULATED", "ACCESS_DENIED"}
    await shop.control("scopes", grant=["read_gift_cards"])
    answer = await shop.ask("{ giftCards(first: 1) { nodes { id } } }")
    assert answer["errors"][0]["extensions"]["code"] == "NOT_EMULATED"


async def test_lost_scope_nulls_the_field_with_the_vendors_sentence(shop: Shop) -> None:
    """Law: without the scope the field is null, named and explained; the rest still answers."""
    await shop.control("scopes", revoke=["read_customers"])
    query = '{ customerByIdentifier(identifier: {phoneNumber: "+13125550100"}) { id } shop { id } }'
    answer = await shop.ask(query)
    error = answer["errors"][0]
    assert answer["data"]["customerByIdentifier"] is None
    assert answer["data"]["shop"] is not None
    assert error["path"] == ["customerByIdentifier"]
    assert error["extensions"]["code"] == "ACCESS_DENIED"
    assert error["message"] == (
        "Access denied for customerByIdentifier field. "
        "Required access: `read_customers` access scope."
    )


async def test_write_scope_carries_its_read_scope(shop: Shop) -> None:
    """Law: an app that may write orders may read them."""
    await shop.control("scopes", granted=["write_orders"])
    answer = await shop.ask("{ orders(first: 1) { nodes { name } } }")
    assert "errors" not in answer


async def test_mutation_without_write_scope_is_denied_and_changes_nothing(shop: Shop) -> None:
    """Law: a read scope cancels nothing."""
    await shop.control("scopes", revoke=["write_orders"], grant=["read_orders"])
    before = await shop.control("state")
    identity = before["orders"]["#1120"]["id"]
    answer = await shop.ask(
        operation("OrderCancel"), orderId=identity, reason="CUSTOMER", restock=True
    )
    await shop.http.post("/_control/clock", json={"advance_seconds": 5})
    after = await shop.control("state")
    assert answer["errors"][0]["extensions"]["code"] == "ACCESS_DENIED"
    assert after["orders"]["#1120"] == before["orders"]["#1120"]


async def test_unapproved_protected_data_is_null_beside_the_rest() -> None:
    """Law: without approval the name is refused, what is not protected still answers."""
    shop = Shop(ShopifyConfig(static_tokens=(TOKEN,), protected_data_approved=False))
    query = '{ customerByIdentifier(identifier: {phoneNumber: "+13125550100"}) { id firstName } }'
    answer = await shop.ask(query)
    assert answer["data"]["customerByIdentifier"]["firstName"] is None
    assert answer["errors"][0]["extensions"]["code"] == "ACCESS_DENIED"
    await shop.http.aclose()


async def test_cost_of_a_query_is_reported_and_the_unused_part_refunded(shop: Shop) -> None:
    """Law: the bucket pays what the answer cost, not what was asked."""
    answer = await shop.ask(operation("OrdersSearch"), q="name:1120")
    cost = answer["extensions"]["cost"]
    assert cost["requestedQueryCost"] == 18
    assert 0 < cost["actualQueryCost"] < 18
    assert cost["throttleStatus"]["currentlyAvailable"] >= 2000 - cost["actualQueryCost"]


async def test_empty_bucket_throttles_until_the_clock_refills_it(shop: Shop) -> None:
    """Law: THROTTLED has no data and no actual cost, and time alone heals it."""
    await shop.control("throttle")
    query = operation("ProductsPage")
    answer = await shop.ask(query, cursor=None, q=None)
    await shop.http.post("/_control/clock", json={"advance_seconds": 1})
    healed = await shop.ask(query, cursor=None, q=None)
    cost = answer["extensions"]["cost"]
    assert answer["errors"][0]["message"] == "Throttled"
    assert answer["errors"][0]["extensions"]["code"] == "THROTTLED"
    assert "data" not in answer
    assert (cost["requestedQueryCost"], cost["actualQueryCost"]) == (92, None)
    assert cost["throttleStatus"]["restoreRate"] == 100.0
    assert "errors" not in healed


async def test_query_above_the_single_limit_is_too_dear(shop: Shop) -> None:
    """Law: no single query costs more than 1000, however full the bucket is."""
    inner = "orders(first: 250) { nodes { lineItems(first: 250) { nodes { product { id } } } } }"
    answer = await shop.ask(f"{{ customers(first: 250) {{ nodes {{ {inner} }} }} }}")
    extensions = answer["errors"][0]["extensions"]
    assert (extensions["code"], extensions["maxCost"]) == ("MAX_COST_EXCEEDED", 1000)


async def test_token_exchange_gives_a_token_that_works_for_a_day(shop: Shop) -> None:
    """Law: a token is good until its 86,399 seconds are over on the vendor's clock."""
    body = (await shop.http.post(OAUTH, json=CREDENTIALS)).json()
    token = body["access_token"]
    fresh = await post(shop, token=token)
    await shop.http.post("/_control/clock", json={"advance_seconds": 86_398})
    late = await post(shop, token=token)
    await shop.http.post("/_control/clock", json={"advance_seconds": 2})
    over = await post(shop, token=token)
    assert (body["expires_in"], "read_orders" in body["scope"]) == (86_399, True)
    assert [fresh.status_code, late.status_code, over.status_code] == [200, 200, 401]


@pytest.mark.parametrize("token", [None, "shpat_wrong", "demo-client", "demo-secret"])
async def test_wrong_token_is_unauthorised(shop: Shop, token: str | None) -> None:
    """Law: no token, a wrong one and the credentials themselves are refused alike."""
    response = await post(shop, token=token)
    sentence = "[API] Invalid API key or access token (unrecognized login or wrong password)"
    assert (response.status_code, response.json()) == (401, {"errors": sentence})


async def test_revoked_token_is_refused_and_a_new_one_works(shop: Shop) -> None:
    """Law: a client that exchanges again after a 401 goes on."""
    old = await token_of(shop)
    await shop.control("tokens")
    refused = await post(shop, token=old)
    accepted = await post(shop, token=await token_of(shop))
    assert (refused.status_code, accepted.status_code) == (401, 200)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"client_secret": "x"}, "invalid_client"),
        ({"client_id": "x"}, "application_cannot_be_found"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
async def test_token_exchange_with_a_wrong_field_is_refused(
    shop: Shop, change: dict[str, str], error: str
) -> None:
    """Law: only the app's own credentials under the right grant give a token."""
    response = await shop.http.post(OAUTH, data={**CREDENTIALS, **change})
    assert (response.status_code, response.json()["error"]) == (400, error)


async def test_token_exchange_at_a_foreign_shop_is_not_permitted(shop: Shop) -> None:
    """Law: client credentials work inside one organisation only."""
    response = await shop.http.post("/other-brand/admin/oauth/access_token", data=CREDENTIALS)
    expected = (
        "Oauth error shop_not_permitted: Client credentials cannot be performed on this shop."
    )
    assert response.json()["error_description"] == expected


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-shop/admin/api/2026-10/graphql.json",
        "/cedar-slate/admin/api/latest/graphql.json",
        "/cedar-slate/admin/api/2026-10/orders.json",
        "/_control/no-such-control",
    ],
)
async def test_unknown_path_is_not_found(shop: Shop, path: str) -> None:
    """Law: a shop, version or path Shopify has not is a 404 in its words."""
    response = await post(shop, path)
    assert (response.status_code, response.json()) == (404, {"errors": "Not Found"})


async def test_other_version_falls_forward_and_the_header_tells(shop: Shop) -> None:
    """Law: another quarter is answered by the served version, named in the header."""
    response = await post(shop, "/cedar-slate/admin/api/2024-01/graphql.json")
    assert response.headers["X-Shopify-API-Version"] == "2026-10"


async def test_body_without_a_query_is_a_bad_request(shop: Shop) -> None:
    """Law: a request without a query text never reaches GraphQL."""
    headers = {"X-Shopify-Access-Token": TOKEN}
    response = await shop.http.post(GRAPHQL, json={"variables": {}}, headers=headers)
    expected = {"errors": {"query": "Required parameter missing or invalid"}}
    assert (response.status_code, response.json()) == (400, expected)
