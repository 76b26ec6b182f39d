"""Every failure of Shopify is told by who must act; usable data survives the errors beside it."""

import json
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from domain.errors import (
    ProviderError,
    ProviderMisconfigured,
    ProviderRejected,
    ProviderThrottled,
    ProviderUnavailable,
)
from sandbox.edge import Fault
from sandbox.shopify.config import ShopifyConfig
from tests.contract.shop_rig import GRAPHQL, LOGIN, ShopifyRig

AVA = "+13125550100"


@pytest.fixture
def rig() -> ShopifyRig:
    """An emulated shop of one's own."""
    return ShopifyRig()


def _http(status: int, body: str = "{}", **headers: str) -> Fault:
    return Fault(kind="status", path_contains=GRAPHQL, status=status, body=body, headers=headers)


def _says(**body: object) -> Fault:
    return _http(200, json.dumps(body))


def _error(code: str, *path: object) -> dict[str, object]:
    found: dict[str, object] = {"message": f"no {AVA}", "extensions": {"code": code}}
    return found | ({"path": list(path)} if path else {})


_ROWS: dict[str, tuple[Fault, type[ProviderError]]] = {
    "401_twice": (_http(401).model_copy(update={"times": 2}), ProviderMisconfigured),
    "402_frozen": (_http(402), ProviderMisconfigured),
    "403": (_http(403), ProviderMisconfigured),
    "404_no_shop": (_http(404), ProviderMisconfigured),
    "423_locked": (_http(423), ProviderMisconfigured),
    "301_moved": (_http(301), ProviderMisconfigured),
    "400": (_http(400), ProviderRejected),
    "429": (_http(429), ProviderThrottled),
    "500": (_http(500), ProviderUnavailable),
    "502_html": (_http(502, "<html>"), ProviderUnavailable),
    "200_html": (_http(200, "<html>"), ProviderUnavailable),
    "200_list": (_http(200, "[]"), ProviderUnavailable),
    "200_nothing": (_says(), ProviderUnavailable),
    "200_other_shape": (_says(data={"orders": {"nodes": [{"id": 7}]}}), ProviderUnavailable),
    "errors_as_text": (_says(errors="Not Found"), ProviderRejected),
    "too_dear": (_says(errors=[_error("MAX_COST_EXCEEDED")]), ProviderRejected),
    "undefined_field": (_says(errors=[_error("undefinedField", "query X")]), ProviderRejected),
    "internal": (_says(errors=[_error("INTERNAL_SERVER_ERROR")]), ProviderUnavailable),
    "throttled": (_says(errors=[_error("THROTTLED")]), ProviderThrottled),
    "denied": (_says(errors=[_error("ACCESS_DENIED")]), ProviderMisconfigured),
    "root_failed": (
        _says(data={"orders": None}, errors=[_error("INTERNAL_SERVER_ERROR", "orders")]),
        ProviderUnavailable,
    ),
    "part_failed": (
        _says(
            data={"orders": {"nodes": None}},
            errors=[_error("INTERNAL_SERVER_ERROR", "orders", "nodes")],
        ),
        ProviderUnavailable,
    ),
    "cut": (Fault(kind="cut", path_contains=GRAPHQL), ProviderUnavailable),
    "lost_answer": (Fault(kind="lost_answer", path_contains=GRAPHQL), ProviderUnavailable),
    "login_500": (Fault(kind="status", path_contains=LOGIN, status=500), ProviderUnavailable),
    "login_429": (Fault(kind="status", path_contains=LOGIN, status=429), ProviderThrottled),
    "login_400": (Fault(kind="status", path_contains=LOGIN, status=400), ProviderMisconfigured),
}


@pytest.mark.parametrize(("fault", "expected"), _ROWS.values(), ids=_ROWS)
async def test_shopify_failure_is_told_by_who_must_act(
    rig: ShopifyRig, fault: Fault, expected: type[ProviderError]
) -> None:
    """Each refusal becomes its error; no vendor text and no number is passed on."""
    rig.edge.inject(fault)

    with pytest.raises(ProviderError) as raised:
        await rig.shop().order_by_name("1101")

    assert type(raised.value) is expected
    assert "5550100" not in str(raised.value)


async def test_shopify_empty_bucket_says_how_long_it_takes_to_fill(rig: ShopifyRig) -> None:
    """The wait is what is missing of the requested cost, over the rate it comes back at."""
    rig = ShopifyRig(ShopifyConfig(restore_points_per_second=10))
    shop = rig.shop()
    await shop.check()
    await rig.control("throttle", available=0)

    with pytest.raises(ProviderThrottled) as raised:
        await shop.search_products("jacket")

    assert timedelta(seconds=7) < raised.value.retry_after <= timedelta(seconds=7.9)


async def test_shopify_nearly_full_bucket_waits_a_second_at_least(rig: ShopifyRig) -> None:
    """A wait of milliseconds would only ask again too early."""
    shop = rig.shop()
    await shop.check()
    await rig.control("throttle", available=70)

    with pytest.raises(ProviderThrottled) as raised:
        await shop.search_products("jacket")

    assert raised.value.retry_after == timedelta(seconds=1)


async def test_shopify_data_beside_errors_is_used() -> None:
    """Without approval for personal data an order is told as far as it may be read."""
    rig = ShopifyRig(ShopifyConfig(protected_data_approved=False))

    order = await rig.shop().order_by_name("1101")

    assert order is not None
    assert (order.name, order.email, order.zip_code, order.phone) == ("#1101", None, None, None)
    assert order.items


async def test_shopify_order_is_told_without_access_to_its_customer(rig: ShopifyRig) -> None:
    """A missing permission takes away what it guards, and nothing else."""
    await rig.control("scopes", granted=["read_orders"])

    order = await rig.shop().order_by_name("1101")

    assert order is not None
    assert (order.customer_id, order.name) == (None, "#1101")


async def test_shopify_hidden_numbers_identify_nobody() -> None:
    """When numbers may not be read, nobody can be told apart: the owner has to act."""
    rig = ShopifyRig(ShopifyConfig(protected_data_approved=False))

    with pytest.raises(ProviderMisconfigured, match="protected customer data"):
        await rig.shop().customers_by_phone(AVA)


async def test_shopify_failed_lookup_is_not_an_unknown_number(rig: ShopifyRig) -> None:
    """A root that is null because Shopify failed is a failure, though null alone means nobody."""
    failed = _error("INTERNAL_SERVER_ERROR", "exact")
    rig.edge.inject(_says(data={"exact": None, "found": {"nodes": []}}, errors=[failed]))

    with pytest.raises(ProviderUnavailable):
        await rig.shop().customers_by_phone(AVA)


async def test_shopify_errors_beside_data_are_logged_without_their_texts(rig: ShopifyRig) -> None:
    """The log names codes and fields; the vendor's sentences may hold customers' data."""
    rig.edge.inject(_says(data={"orders": {"nodes": []}}, errors=[_error("X", "orders", "nodes")]))

    with capture_logs() as logs:
        await rig.shop().order_by_name("1101")

    (entry,) = [log for log in logs if log["event"] == "shopify_errors"]
    assert (entry["codes"], entry["places"]) == (["X"], ["orders.nodes"])
    assert "5550100" not in str(logs)


async def test_shopify_other_version_is_reported_once(rig: ShopifyRig) -> None:
    """When Shopify answers with another version than asked for, one alarm is enough."""
    body = json.dumps({"data": {"orders": {"nodes": []}}})
    headers = {"x-shopify-api-version": "2027-01"}
    rig.edge.inject(_http(200, body, **headers), _http(200, body, **headers))
    shop = rig.shop()

    with capture_logs() as logs:
        await shop.order_by_name("1101")
        await shop.order_by_name("1101")

    reports = [log for log in logs if log["event"] == "shopify_version_differs"]
    assert [(r["asked"], r["answered"]) for r in reports] == [("2026-10", "2027-01")]


async def test_shopify_own_version_is_no_alarm(rig: ShopifyRig) -> None:
    """The version asked for is the one answered with, nothing is reported."""
    with capture_logs() as logs:
        await rig.shop().check()

    assert [log["event"] for log in logs if log["log_level"] in ("warning", "error")] == []
