"""One brand's mistake is not another one's loss."""

import pytest
from temporalio.activity import _Definition

from activities.upkeep_messages import Sweep, Swept
from domain.brand_accounts import Sender
from runtime.adapters import present
from runtime.dispatcher import TemporalDispatcher
from runtime.wiring import conversation_activities
from tests.product import Product
from tests.rig import Brand
from tests.workflows.conftest import OpenBrand

pytestmark = pytest.mark.temporal


async def _sweep(product: Product) -> Swept:
    runtime = product.runtime
    dispatcher = TemporalDispatcher(product.client, runtime.inbound, present, product.queues)
    for activity in conversation_activities(runtime, dispatcher):
        if _Definition.must_from_callable(activity).name == "sweep":
            swept: Swept = await activity(Sweep())
            return swept
    raise AssertionError("no sweep")


async def test_brand_with_an_unknown_carrier_keeps_no_other_text_from_the_sweeper(
    open_shop: OpenBrand, shop: Brand, product: Product
) -> None:
    """A carrier that does not exist is passed over; the others are asked what they received."""
    number = next(product.numbers)
    open_shop(senders=[Sender(number=number, provider="nobody").model_dump()], brand="a-first")
    await shop.text("Where is my order?", drop_webhook=True)

    assert (await _sweep(product)).imported == 1
    assert "#1101" in (await shop.replies(1))[0]
