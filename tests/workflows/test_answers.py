"""What a customer is told."""

import pytest

from tests.rig import AVA, Brand

pytestmark = pytest.mark.temporal


async def test_wismo_in_transit_is_answered_with_the_tracking_link(shop: Brand) -> None:
    """A parcel under way: the answer says so and gives the carrier's link, in one text."""
    await shop.text("Hi! Where is my order?")
    (reply,) = await shop.replies(1)
    assert "#1101" in reply
    print(reply)
    print(await shop.snapshot())
    h = await shop.history()
    print(len(h.events))
    await shop.status("waiting")
