"""What marketers hear: each event once, in order, however long their platform was away."""

import json
from datetime import timedelta

import pytest

from activities.publish import PublishActivities
from domain.errors import ProviderError
from runtime.adapters import present
from tests.product import Product
from tests.rig import AVA, Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand
from tests.workflows.marketing import KLAVIYO, WEBHOOK, kinds, point_to, received, recorded

pytestmark = pytest.mark.temporal


@pytest.fixture
def open_listened(open_shop: OpenBrand, product: Product) -> OpenBrand:
    """Return what opens a brand whose own endpoint and Klaviyo both listen."""
    point_to(product.sandbox_url)

    def open_one(**changes: object) -> Brand:
        return open_shop(marketing={"webhook": WEBHOOK, "klaviyo": KLAVIYO, **changes})

    return open_one


def _sweeper_of_events(product: Product) -> PublishActivities:
    runtime = product.runtime
    return PublishActivities(runtime.brands, runtime.events, runtime.adapters, present)


async def _heard(shop: Brand, expected: list[str]) -> None:
    async def both() -> bool:
        return kinds(await received(shop)) == kinds(await recorded(shop)) == expected

    try:
        await until(both, f"events {expected}", 15)
    except AssertionError as error:
        came = kinds(await received(shop)), kinds(await recorded(shop))
        raise AssertionError(f"{error}; came: {came}") from None


async def test_conversation_that_is_resolved_is_told_as_started_and_resolved_once_each(
    open_listened: OpenBrand,
) -> None:
    """Two questions, one start; the resolution says how sure it is."""
    shop = open_listened()
    await shop.text("What are your store hours?")
    await shop.answered(1)
    await shop.text("What is your return policy?")
    await shop.answered(2)
    await shop.pass_time(timedelta(hours=24, minutes=2))
    assert (await shop.handle().result())["status"] == "resolved_verified"

    await _heard(shop, ["started", "resolved"])
    resolved = (await recorded(shop))[1]
    assert resolved["properties"]["Resolution"] == "resolved_verified"
    assert resolved["phone_number"] == AVA


async def test_conversation_that_goes_to_a_human_is_told_as_started_and_escalated_once_each(
    open_listened: OpenBrand,
) -> None:
    """The reason travels; asking for a person twice is one escalation."""
    shop = open_listened()
    await shop.text("Where is my order?")
    await shop.answered(1)
    await shop.text("I want to talk to a person")
    await shop.status("handed_off")
    await shop.text("A person, please!")
    await shop.taken(3)

    await _heard(shop, ["started", "escalated"])
    escalated = (await recorded(shop))[1]["properties"]
    assert (escalated["Escalation reason"], escalated["Assisted"]) == ("customer_asked", True)


async def test_reply_that_names_products_is_told_with_their_ids(
    open_listened: OpenBrand,
) -> None:
    """A recommendation is an event of its own, once per conversation."""
    shop = open_listened()
    await shop.text("Do you have a merino beanie?")
    await shop.answered(1)
    await shop.text("Do you have a rain jacket?")
    await shop.answered(2)
    await shop.text("I want to talk to a person")
    await shop.status("handed_off")

    await _heard(shop, ["started", "recommended", "escalated"])
    assert (await recorded(shop))[1]["properties"]["Product IDs"]


async def test_events_hold_no_words_and_no_number_unless_the_brand_shares_them(
    open_listened: OpenBrand,
) -> None:
    """Bodies are shared by choice; the number is who the event is about, never a property."""
    shop, sharing = open_listened(), open_listened(share_bodies=True)
    asked = "What are your store hours, please? Ava here"
    for one in (shop, sharing):
        await one.text(asked)
        await one.answered(1)
        await _heard(one, ["started"])

    quiet = [e["properties"] for e in await recorded(shop)]
    assert "Ava here" not in json.dumps(quiet)
    assert AVA not in json.dumps(quiet)
    assert "Ava here" not in json.dumps(await received(shop))
    shared = (await recorded(sharing))[0]["properties"]
    assert shared["First message"] == asked


async def test_receiver_that_was_down_gets_everything_later_in_order(
    open_listened: OpenBrand, product: Product
) -> None:
    """The customer is answered meanwhile; the sweeper brings the rest, nothing twice."""
    shop = open_listened()
    await product.fault("events", kind="status", status=503, times=1000)
    await shop.text("Where is my order?")
    await shop.answered(1)
    await shop.text("I want to talk to a person")
    await shop.replies(2)
    await shop.status("handed_off")
    assert await received(shop) == []
    with pytest.raises(ProviderError):
        await _sweeper_of_events(product).publish(shop.settings.brand, None)

    await product.control("/events/_control/reset", {})
    await _sweeper_of_events(product).publish(shop.settings.brand, None)
    await _heard(shop, ["started", "escalated"])
    assert await _sweeper_of_events(product).publish(shop.settings.brand, None) == 0
    answer = await product.control("/events/_control/deliveries")
    assert not any(d["differs"] for d in answer["deliveries"])
    assert all(row["delivered_at"] is not None for row in shop.rows("event"))


@pytest.mark.parametrize("status", [400, 422, 503])
async def test_receiver_that_takes_nothing_keeps_nothing_from_the_other(
    open_listened: OpenBrand, product: Product, status: int
) -> None:
    """A wrong secret or an outage at one place is that place's loss alone."""
    shop = open_listened()
    await product.fault("events", kind="status", status=status, times=1000)
    await shop.text("Where is my order?")
    await shop.answered(1)
    await shop.text("I want to talk to a person")
    await shop.status("handed_off")

    async def told() -> bool:
        return kinds(await recorded(shop)) == ["started", "escalated"]

    await until(told, "Klaviyo has both events", 20)
    assert await received(shop) == []
