"""A brand without a shop: what it cannot look up it hands over, and never guesses."""

import pytest

from tests.workflows.conftest import OpenBrand

pytestmark = pytest.mark.temporal


async def test_r10_brand_without_a_shop_answers_policies_from_its_knowledge(
    open_shop: OpenBrand,
) -> None:
    """FAQ works without Shopify."""
    shop = open_shop(shop=None)
    await shop.text("What is your return policy?")

    (reply,) = await shop.replies(1)

    assert "30 days" in reply


async def test_r10_brand_without_a_shop_hands_over_a_question_about_an_order(
    open_shop: OpenBrand,
) -> None:
    """No shop, no order fact: a person gets the question."""
    shop = open_shop(shop=None)
    await shop.text("Where is my order?")

    (reply,) = await shop.replies(1)

    assert "A person will reply" in reply
    assert shop.rows("tool_result") == []
