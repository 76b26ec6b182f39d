"""How Shopify lets us in: tokens kept and renewed, permissions missing and named."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from domain.errors import ProviderMisconfigured
from sandbox.edge import Fault
from sandbox.shopify.config import MINIMAL_SCOPES, ShopifyConfig
from tests.contract.shop_rig import GRAPHQL, LOGIN, ShopifyRig

AVA = "+13125550100"


@pytest.fixture
def rig() -> ShopifyRig:
    """An emulated shop of one's own."""
    return ShopifyRig()


async def test_shopify_token_is_fetched_once_and_kept(rig: ShopifyRig) -> None:
    """Requests at the same time share one token; later ones use it too."""
    rig.edge.inject(Fault(kind="delay", path_contains=LOGIN, delay_seconds=0.02))
    shop = rig.shop()

    await asyncio.gather(*(shop.order_by_name("1101") for _ in range(5)))
    await shop.order_by_name("1101")

    assert (rig.asked(LOGIN), rig.asked(GRAPHQL)) == (1, 6)


@pytest.mark.parametrize(("seconds", "logins"), [(86_330, 1), (86_340, 2)], ids=["kept", "renewed"])
async def test_shopify_token_is_renewed_a_minute_early(
    rig: ShopifyRig, seconds: int, logins: int
) -> None:
    """A token is used until a minute before its end, and then replaced before it is refused."""
    shop = rig.shop()
    await shop.check()
    rig.edge.offset += timedelta(seconds=seconds)

    await shop.check()

    assert rig.asked(LOGIN) == logins
    assert all(request.status == 200 for request in rig.edge.requests)


async def test_shopify_revoked_token_is_renewed_once(rig: ShopifyRig) -> None:
    """A token the shop no longer takes is replaced, and the request made again."""
    shop = rig.shop()
    await shop.check()
    await rig.control("tokens")

    order = await shop.order_by_name("1101")

    assert order is not None
    assert rig.asked(LOGIN) == 2


async def test_shopify_token_refused_twice_is_not_tried_a_third_time(rig: ShopifyRig) -> None:
    """One renewal per request: a shop that takes no token at all is not hammered."""
    rig.edge.inject(Fault(kind="status", path_contains=GRAPHQL, status=401, times=9))

    with pytest.raises(ProviderMisconfigured, match="401"):
        await rig.shop().check()

    assert (rig.asked(LOGIN), rig.asked(GRAPHQL)) == (2, 2)


async def test_shopify_fixed_token_needs_no_login() -> None:
    """A legacy app's token is used as it is."""
    rig = ShopifyRig(ShopifyConfig(static_tokens=("shpat_fixed",)))

    assert "Cedar & Slate" in await rig.shop(access_token="shpat_fixed").check()
    assert rig.asked(LOGIN) == 0


async def test_shopify_fixed_token_refused_is_misconfigured_at_once(rig: ShopifyRig) -> None:
    """There is nothing to renew, so nothing is asked again."""
    with pytest.raises(ProviderMisconfigured) as raised:
        await rig.shop(access_token="shpat_wrong").check()

    assert (rig.asked(LOGIN), rig.asked(GRAPHQL)) == (0, 1)
    assert "shpat" not in str(raised.value)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_id": "wrong"}, "application_cannot_be_found"),
        ({"shop": "foreign"}, "shop_not_permitted"),
        ({"shop": "nowhere"}, "404"),
    ],
    ids=["secret", "id", "foreign_shop", "no_shop"],
)
async def test_shopify_login_refused_names_the_vendors_code(
    options: dict[str, str], code: str
) -> None:
    """What is wrong with the credentials is named for the owner, the secret is not."""
    rig = ShopifyRig(ShopifyConfig(foreign_shops=("foreign",)))

    with pytest.raises(ProviderMisconfigured, match=code) as raised:
        await rig.shop(**options).check()

    assert "demo-secret" not in str(raised.value)


@pytest.mark.parametrize("scope", ["read_customers", "read_orders", "read_products"])
async def test_shopify_missing_scope_is_named(rig: ShopifyRig, scope: str) -> None:
    """Without a scope what needs it fails with its name, and the check tells before that."""
    granted = [s for s in MINIMAL_SCOPES if s not in (scope, scope.replace("read", "write"))]
    await rig.control("scopes", granted=granted)
    shop = rig.shop()
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "read_customers": lambda: shop.customers_by_phone(AVA),
        "read_orders": lambda: shop.order_by_name("1101"),
        "read_products": lambda: shop.search_products("jacket"),
    }

    with pytest.raises(ProviderMisconfigured, match=scope):
        await calls[scope]()

    assert (await shop.check()).endswith(f"missing permissions: {scope}")


async def test_shopify_write_scope_stands_for_the_read_scope(rig: ShopifyRig) -> None:
    """Who may write may read: the check does not ask for what is already there."""
    await rig.control("scopes", granted=["write_customers", "write_orders", "write_products"])

    assert (await rig.shop().check()).endswith("all permissions given")
