"""All that is done for a brand carries its key, by which the server is fair to the others."""

import pytest

from tests.rig import Brand
from tests.wait import until
from workflows.protocol import notice_workflow_id

pytestmark = pytest.mark.temporal


async def test_conversation_carries_its_brand_as_fairness_key(shop: Brand) -> None:
    """Activities inherit it, so that the model's queue is fair too."""
    await shop.text("Where is my order?")
    await shop.answered(1)

    assert await _fairness_key(shop, shop.handle().id) == shop.settings.brand


async def test_conversation_keeps_its_fairness_key_in_a_fresh_history(shop: Brand) -> None:
    """A long conversation must not fall out of its brand's share."""
    await shop.start_with(turns_per_run=1)
    first = (await shop.handle().describe()).run_id
    await shop.text("Where is my order?")
    await shop.answered(1)

    async def fresh() -> bool:
        return (await shop.handle().describe()).run_id != first

    await until(fresh, "a fresh history")
    assert await _fairness_key(shop, shop.handle().id) == shop.settings.brand


async def test_notice_carries_its_brand_as_fairness_key(shop: Brand) -> None:
    """Fixed texts are sent on the queue of the conversations."""
    await shop.text("please stop texting me")
    await shop.replies(1)

    (sent,) = shop.rows("outbox")
    assert await _fairness_key(shop, notice_workflow_id(sent["id"])) == shop.settings.brand


async def _fairness_key(shop: Brand, workflow_id: str) -> str:
    found = await shop.product.client.get_workflow_handle(workflow_id).describe()
    return str(found.raw_description.workflow_execution_info.priority.fairness_key)
