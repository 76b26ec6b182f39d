"""What is found in the history of a conversation in which something failed."""

import pytest

from tests.product import Product
from tests.rig import Brand

pytestmark = pytest.mark.temporal


async def test_failure_in_a_history_holds_no_line_of_source(shop: Brand, product: Product) -> None:
    """The model's refusal is told by its sentence and by places; no source, no path."""
    await product.fault("openai", kind="status", status=400, body={"error": {}}, times=50)
    await shop.text("What are your store hours?")
    await shop.replies(1)
    await shop.status("handed_off")

    history = (await shop.history()).to_json()
    assert "activityTaskFailedEventAttributes" in history
    assert "activities.failures:" in history
    for source in ('File \\"', "raise failure(", ".py"):
        assert source not in history
