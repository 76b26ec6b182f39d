"""Every shop adapter keeps the port's promise, against its emulator and the demo brand."""

from datetime import UTC, datetime

import httpx
import pytest

from domain.errors import ConfigurationError
from domain.orders import OrderState, order_state
from providers.commerce.registry import BUILDERS, build_shop
from tests.contract.shop_rig import GRAPHQL, RIGS, ShopifyRig

AVA = "+13125550100"
PRIYA = "+13125550102"
RUTH = "+13125550112"  # stands on Paul's address as well, who has no number of his own


@pytest.fixture(params=sorted(BUILDERS))
def rig(request: pytest.FixtureRequest) -> ShopifyRig:
    """One emulated shop; an adapter without a rig has no test and fails here."""
    return RIGS[request.param]()


async def _id(rig: ShopifyRig, phone: str) -> str:
    (customer,) = await rig.shop().customers_by_phone(phone)
    return customer.id


async def test_shop_known_number_finds_its_one_customer(rig: ShopifyRig) -> None:
    """The owner of a number is found with everything an identity check needs."""
    (ava,) = await rig.shop().customers_by_phone(AVA)

    assert (ava.first_name, ava.email, ava.phone, ava.order_count) == (
        "Ava",
        "ava.lindgren@example.com",
        AVA,
        3,
    )


@pytest.mark.parametrize(
    "phone", ["+13125550199", "+1312555010", "+131255501000", "' OR '1", "*", ""]
)
async def test_shop_unknown_number_finds_nobody(rig: ShopifyRig, phone: str) -> None:
    """Only the exact number counts; a part of one, or search syntax, finds nobody."""
    assert await rig.shop().customers_by_phone(phone) == ()


async def test_shop_number_on_anothers_address_is_shared(rig: ShopifyRig) -> None:
    """A number that also stands on someone else's address tells nobody apart."""
    names = [customer.first_name for customer in await rig.shop().customers_by_phone(RUTH)]

    assert names == ["Ruth", "Paul"]


async def test_shop_number_only_on_an_address_names_nobody(rig: ShopifyRig) -> None:
    """Anybody may have written a number on an address: without an owner it proves nothing."""
    await rig.control("seed", customers=[_ruth_without_number()])

    assert await rig.shop().customers_by_phone(RUTH) == ()


def _ruth_without_number() -> dict[str, object]:
    return {
        "id": 6200000013,
        "first_name": "Ruth",
        "last_name": "Berg",
        "email": "ruth@example.com",
        "phone": None,
        "locale": "en",
        "sms_consent": "NOT_SUBSCRIBED",
        "email_consent": "NOT_SUBSCRIBED",
        "created_hours": -900,
        "tags": [],
        "address": {
            "address1": "1 Elm St",
            "address2": None,
            "city": "Peoria",
            "province": "IL",
            "zip": "61602",
        },
    }


async def test_shop_orders_of_customer_are_the_latest_first(rig: ShopifyRig) -> None:
    """A customer's orders come newest first, no more than asked for, all their own."""
    customer = await _id(rig, AVA)

    orders = await rig.shop().orders_of_customer(customer, limit=2)

    assert [order.name for order in orders] == ["#1101", "#1058"]
    assert {order.customer_id for order in orders} == {customer}


async def test_shop_order_tells_what_a_customer_may_ask(rig: ShopifyRig) -> None:
    """An order carries its facts: who, when, what, how much, and each parcel's tracking."""
    order = (await rig.shop().orders_of_customer(await _id(rig, AVA)))[0]
    (parcel,) = order.fulfillments

    assert (order.email, order.zip_code, order.phone) == ("ava.lindgren@example.com", "60614", AVA)
    assert order.processed_at < datetime.now(UTC)
    assert order.total is not None
    assert order.total.endswith(" USD")
    assert order.items[0].quantity >= 1
    assert parcel.tracking[0].number
    assert (parcel.tracking[0].url or "").startswith("https://")
    assert order_state(order) is OrderState.IN_TRANSIT


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("#1120", OrderState.PREPARING),
        ("#1103", OrderState.ON_HOLD),
        ("#1086", OrderState.SCHEDULED),
        ("#1111", OrderState.PARTLY_SHIPPED),
        ("#1112", OrderState.LABEL_CREATED),
        ("#1107", OrderState.SHIPPED),
        ("#1101", OrderState.IN_TRANSIT),
        ("#1095", OrderState.OUT_FOR_DELIVERY),
        ("#1113", OrderState.READY_FOR_PICKUP),
        ("#1099", OrderState.PICKED_UP),
        ("#1093", OrderState.ATTEMPTED),
        ("#1088", OrderState.DELAYED),
        ("#1080", OrderState.DELIVERED),
        ("#1084", OrderState.NOT_DELIVERED),
        ("#1119", OrderState.NO_SHIPPING_NEEDED),
        ("#1092", OrderState.CANCELLED),
    ],
)
async def test_shop_order_in_every_state_is_read_as_it_is(
    rig: ShopifyRig, name: str, state: OrderState
) -> None:
    """Whatever the shop reports, the customer's word for it is the right one."""
    order = await rig.shop().order_by_name(name)

    assert order is not None
    assert order_state(order) is state


async def test_shop_split_order_lists_every_parcel(rig: ShopifyRig) -> None:
    """Two parcels stay two, each with its own state."""
    orders = await rig.shop().orders_of_customer(await _id(rig, PRIYA))

    assert [parcel.status for parcel in orders[0].fulfillments] == ["DELIVERED", "IN_TRANSIT"]


async def test_shop_cancelled_order_still_tells_what_was_bought(rig: ShopifyRig) -> None:
    """Cancelling takes every line off an order; the customer still knows it by its lines."""
    order = await rig.shop().order_by_name("1092")

    assert order is not None
    assert order.cancelled_at is not None
    assert order.items


async def test_shop_unknown_customer_has_no_orders(rig: ShopifyRig) -> None:
    """An id nobody has is no error: there are no orders."""
    assert await rig.shop().orders_of_customer("gid://shopify/Customer/1") == ()


@pytest.mark.parametrize("name", ["1101", "#1101", " # 1101 ", "#1101\n"])
async def test_shop_order_name_is_found_however_it_is_written(rig: ShopifyRig, name: str) -> None:
    """The sign and the spaces around do not matter."""
    order = await rig.shop().order_by_name(name)

    assert order is not None
    assert order.name == "#1101"


async def test_shop_order_name_is_compared_exactly(rig: ShopifyRig) -> None:
    """A name that begins with another one is another order."""
    plain, suffixed = [await rig.shop().order_by_name(n) for n in ("1078", "1078-a")]

    assert (plain and plain.name, suffixed and suffixed.name) == ("#1078", "#1078-A")


@pytest.mark.parametrize(
    "name",
    [
        "9999",
        "110",
        "*",
        "1*",
        "A",
        "1101 OR 1080",
        "x' OR name:'1101",
        'x" OR name:"1101',
        "x\\' OR name:\\'1101",
        "1101\\",
        "email:ava.lindgren@example.com",
        "1101)",
        "\x00",
        "1" * 500,
    ],
)
async def test_shop_order_name_never_acts_as_a_search(rig: ShopifyRig, name: str) -> None:
    """Operators, quotes and wildcards in a name find nothing but an order with that name."""
    assert await rig.shop().order_by_name(name) is None


@pytest.mark.parametrize("name", ["", " ", "#", " # "])
async def test_shop_empty_order_name_asks_nobody(rig: ShopifyRig, name: str) -> None:
    """Without a name there is nothing to look up."""
    assert await rig.shop().order_by_name(name) is None
    assert rig.asked(GRAPHQL) == 0


async def test_shop_check_names_the_shop(rig: ShopifyRig) -> None:
    """The check is one sentence with the shop's name."""
    assert "Cedar & Slate" in await rig.shop().check()


def test_registry_unknown_vendor_names_the_known_ones() -> None:
    """A misspelt vendor is told with the names that exist."""
    with pytest.raises(ConfigurationError, match="shopify"):
        build_shop("shoppify", {}, httpx.AsyncClient(), lambda: datetime.now(UTC))


def test_registry_wrong_options_name_the_field_never_the_value() -> None:
    """A wrong option is named; what stood there is not repeated."""
    options = {"shop": "Not A Shop", "client_id": "i", "client_secret": "s3cret"}

    with pytest.raises(ConfigurationError, match="shop") as raised:
        build_shop("shopify", options, httpx.AsyncClient(), lambda: datetime.now(UTC))

    assert "s3cret" not in str(raised.value)
    assert "Not A Shop" not in str(raised.value)
