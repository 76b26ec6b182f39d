"""The shop is slow, forgetful or closed to us: the customer is told the truth or gets a human."""

import pytest

from tests.product import Product
from tests.rig import Brand

pytestmark = pytest.mark.temporal


async def test_throttled_shop_is_asked_again_and_the_customer_is_answered(
    shop: Brand, product: Product
) -> None:
    """The bucket is empty for a moment: the lookup waits as long as the shop asks."""
    await product.control("/shopify/_control/throttle", {"available": 0})
    await shop.text("Where is my order?")

    assert "#1101" in (await shop.replies(1))[0]


async def test_revoked_token_is_replaced_and_the_customer_is_answered(
    shop: Brand, product: Product
) -> None:
    """A 401 costs one more log-in, not an answer."""
    await shop.text("Where is my order?")
    await shop.answered(1)
    await product.control("/shopify/_control/tokens", {})
    await shop.text("Where is my order?", "+13125550114")

    assert "#1095" in (await shop.replies(1, "+13125550114"))[0]


async def test_missing_scope_is_told_honestly_and_invents_nothing(
    shop: Brand, product: Product
) -> None:
    """The app may read neither orders nor customers: no order is made up."""
    granted = (await product.control("/shopify/_control/state", {}))["scopes"]
    await product.control("/shopify/_control/scopes", {"granted": ["read_products"]})
    try:
        await shop.text("Where is my order?")
        (said,) = await shop.replies(1)
    finally:
        await product.control("/shopify/_control/scopes", {"granted": granted})

    assert "#1101" not in said
    assert "way" not in said


async def test_shop_that_is_down_does_not_silence_the_agent(shop: Brand, product: Product) -> None:
    """Every lookup fails for good: the customer hears something true, in one text."""
    await product.fault("shopify", kind="status", status=400, path_contains="graphql", times=200)
    await shop.text("Where is my order?")

    (said,) = await shop.replies(1)
    assert "#1101" not in said


async def test_shop_that_answers_at_the_second_try_goes_unnoticed(
    shop: Brand, product: Product
) -> None:
    """A 503 and a broken connection are waited out."""
    await product.fault("shopify", kind="status", status=503, path_contains="graphql")
    await product.fault("shopify", kind="cut", path_contains="graphql")
    await shop.text("Where is my order?")

    assert "#1101" in (await shop.replies(1))[0]
