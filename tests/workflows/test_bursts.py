"""Several texts, newer texts, the same text again: each is answered once."""

import asyncio

import pytest

from tests.product import Product
from tests.rig import AVA, Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand

pytestmark = pytest.mark.temporal


async def _model_asked(product: Product, times: int) -> None:
    """Wait until the model has that many requests, answered or not."""

    async def asked() -> bool:
        return len(await product.requests("openai", "/responses")) >= times

    await until(asked, f"{times} requests to the model")


async def test_burst_of_three_texts_gets_one_reply_that_covers_all(open_shop: OpenBrand) -> None:
    """What comes within the window is one turn."""
    shop = open_shop(timers={"burst_window_seconds": 1})
    for body in ("hi", "where is my order?", "and what are your store hours?"):
        await shop.text(body, "+13125550114")

    (reply,) = await shop.replies(1, "+13125550114")
    assert "#1095" in reply
    assert "10 am - 7 pm" in reply
    assert {row["turn"] for row in shop.rows("inbound_message")} == {1}


async def test_newer_text_during_the_model_call_restarts_the_turn(
    open_shop: OpenBrand, product: Product
) -> None:
    """The draft for the old text is dropped; one reply answers both."""
    shop = open_shop()
    await product.control("/openai/_control/latency", {"seconds": 1.5})
    await shop.text("What are your store hours?", "+13125550114")
    await _model_asked(product, 1)
    await shop.text("Where is my order?", "+13125550114")
    await product.control("/openai/_control/latency", {"seconds": 0})

    (reply,) = await shop.replies(1, "+13125550114")
    assert "#1095" in reply
    assert "10 am - 7 pm" in reply
    assert (await shop.snapshot("+13125550114")).turn == 1
    assert len(shop.rows("outbox")) == 1


async def test_chatty_customer_is_answered_once_the_limit_of_restarts_is_reached(
    open_shop: OpenBrand, product: Product
) -> None:
    """After so many restarts the turn is finished; what came after is the next turn."""
    shop = open_shop(limits={"max_supersedes": 1})
    await product.control("/openai/_control/latency", {"seconds": 1.0})
    await shop.text("What are your store hours?")
    await _model_asked(product, 1)
    await shop.text("What is your return policy?")
    await _model_asked(product, 2)
    await shop.text("Where is my order?")

    first, second = await shop.replies(2)
    assert "10 am" in first or "30 days" in first
    assert "#1101" not in first
    assert "#1101" in second


async def test_twenty_copies_of_a_webhook_are_one_turn(shop: Brand, product: Product) -> None:
    """The carrier may deliver as often as it likes."""
    await shop.text("Where is my order?", duplicate=20)

    await shop.replies(1)
    await shop.text("What are your store hours?")
    assert len(await shop.replies(2)) == 2
    assert len(shop.rows("inbound_message")) == 2


async def test_signal_that_comes_twice_is_acted_upon_once(shop: Brand, product: Product) -> None:
    """A crash between the signal and its note signals again: the conversation drops it."""
    await shop.text("Where is my order?")
    await shop.replies(1)

    await asyncio.gather(*(_dispatch_again(shop) for _ in range(5)))
    snapshot = await shop.snapshot()
    assert (snapshot.turn, snapshot.waiting_texts) == (1, 0)
    await shop.text("What are your store hours?")

    second = (await shop.replies(2))[1]
    assert "10 am" in second
    assert "#1101" not in second


async def test_text_dispatched_again_after_the_end_is_not_answered_again(shop: Brand) -> None:
    """The next run finds in the store that its text was taken, and ends without a trace."""
    await shop.text("Where is my order?")
    await shop.replies(1)
    await shop.handle().execute_update("close", {"operator": "ada"})
    await shop.handle().result()

    await _dispatch_again(shop)

    outcome = await shop.handle().result()
    assert outcome["status"] == "ignored"
    assert outcome["turns"] == 0
    assert len(await shop.phone(AVA)) == 1
    assert len(shop.conversations()) == 1


async def _dispatch_again(shop: Brand) -> None:
    """Tell the conversation of its first text once more, as after a crash before the note."""
    await shop.redispatch(str(shop.rows("inbound_message")[0]["id"]))
