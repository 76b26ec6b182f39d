"""What a customer is told: the main job, end to end through every real adapter."""

import asyncio

import pytest

from tests.rig import AVA, Brand

pytestmark = pytest.mark.temporal

# Number (last two digits), order, what the answer must say; see sandbox/demo/README.md.
_STATES = (
    ("00", "#1101", "On its way with UPS"),
    ("01", "#1106", "not shipped yet"),
    ("02", "#1096", "Partly shipped"),
    ("03", "#1113", "Ready for pickup"),
    ("04", "#1086", "Scheduled"),
    ("05", "#1090", "Delivered"),
    ("06", "#1080", "Delivered"),
    ("07", "#1116", "not shipped yet"),
    ("09", "#1092", "Cancelled"),
    ("14", "#1095", "Out for delivery today"),
    ("15", "#1088", "Delayed"),
    ("16", "#1093", "delivery was attempted"),
    ("17", "#1085", "Could not be delivered"),
    ("18", "#1084", "Could not be delivered"),
    ("19", "#1112", "waiting for the carrier"),
    ("20", "#1115", "waiting for the carrier"),
    ("21", "#1100", "not shipped yet"),
    ("22", "#1107", "Shipped with UPS"),
    ("25", "#1081", "Shipped"),
    ("27", "#1099", "Picked up"),
    ("28", "#1102", "not shipped yet"),
    ("31", "#1103", "On hold"),
    ("34", "#1094", "not shipped yet"),
    ("36", "#1119", "nothing to ship"),
    ("37", "#1083", "Delivered"),
    ("39", "#1111", "Partly shipped"),
)
_UNKNOWN = "+13125550142"


async def test_wismo_in_every_fulfilment_state_names_the_order_and_its_state(shop: Brand) -> None:
    """26 customers ask at once: each hears of their own latest order, in one segment each."""
    numbers = [f"+131255501{ending}" for ending, _order, _state in _STATES]
    await asyncio.gather(*(shop.text("Where is my order?", n) for n in numbers))

    for number, (_ending, order, state) in zip(numbers, _STATES, strict=True):
        (reply,) = await shop.replies(1, number)
        assert order in reply
        assert state in reply
    assert {row["segments"] for row in shop.rows("outbox")} == {1}


async def test_wismo_in_transit_is_answered_with_the_tracking_link(shop: Brand) -> None:
    """A parcel under way: the answer carries the carrier's link, and says that an AI speaks."""
    await shop.text("Hi! Where is my order?")

    (reply,) = await shop.replies(1)
    assert reply.startswith("Cedar & Slate AI assistant: ")
    assert "https://www.ups.com/track?tracknum=1Z" in reply
    row = await shop.status("waiting")
    assert row["intent"] == "order_status"


async def test_wismo_from_an_unknown_number_asks_for_proof_and_takes_it(shop: Brand) -> None:
    """Number and ZIP of the order open it; before that nothing is told."""
    await shop.text("Where is my order?", _UNKNOWN)
    (asked,) = await shop.replies(1, _UNKNOWN)
    assert "order number" in asked
    assert "#1" not in asked

    order = next(o for o in await _orders(shop) if o["name"] == "#1101")
    await shop.text(f"It is #1101, zip {order['zip']}", _UNKNOWN)

    told = (await shop.replies(2, _UNKNOWN))[1]
    assert "On its way with UPS" in told


async def test_wismo_for_a_strangers_order_tells_nothing_of_it(shop: Brand) -> None:
    """A stranger's order with a wrong ZIP and an order that does not exist sound the same."""
    await shop.text("Where is order #1101? My zip is 99999", _UNKNOWN)
    await shop.text("Where is order #7777? My zip is 99999", "+13125550143")

    (stranger,) = await shop.replies(1, _UNKNOWN)
    (missing,) = await shop.replies(1, "+13125550143")
    assert stranger == missing
    assert "way" not in stranger


async def test_product_question_is_answered_with_price_and_link(shop: Brand) -> None:
    """What the shop sells is told with the shop's own price and page."""
    await shop.text("Do you have a waterproof rain jacket under $200?")

    (reply,) = await shop.replies(1)
    assert "$" in reply
    assert "https://cedar-slate.example/products/" in reply
    assert (await shop.status("waiting"))["intent"] in ("product_question", "recommendation")


async def test_policy_question_is_answered_from_the_brands_knowledge(shop: Brand) -> None:
    """The brand's own words, nothing else."""
    await shop.text("What is your return policy?")

    (reply,) = await shop.replies(1)
    assert "30 days" in reply


async def test_faq_is_answered_from_the_brands_knowledge(shop: Brand) -> None:
    """The store hours are those of the FAQ."""
    await shop.text("What are your store hours?")

    (reply,) = await shop.replies(1)
    assert "10 am - 7 pm" in reply


async def test_several_questions_in_one_text_are_answered_in_one_reply(shop: Brand) -> None:
    """An order and a policy, asked together: one text answers both."""
    await shop.text("Where is my order? And how long does shipping take?", "+13125550114")

    (reply,) = await shop.replies(1, "+13125550114")
    assert "#1095" in reply
    assert "3-5 business days" in reply


async def test_second_question_is_answered_without_another_disclosure(shop: Brand) -> None:
    """A conversation goes on: the disclosure is said once, the second answer is its own turn."""
    await shop.text("Where is my order?")
    await shop.replies(1)
    await shop.text("What is your return policy?", AVA)

    second = (await shop.replies(2))[1]
    assert "AI assistant" not in second
    assert "30 days" in second
    assert (await shop.snapshot()).turn == 2


async def _orders(shop: Brand) -> list[dict[str, str]]:
    state = await shop.product.control("/shopify/_control/state", {})
    return [
        {"name": name, "zip": order["shippingAddress"].get("zip", "")}
        for name, order in state["orders"].items()
    ]
