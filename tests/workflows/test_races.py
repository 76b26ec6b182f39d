"""What people do at the very moment at which a conversation does something else."""

import asyncio
from datetime import timedelta

import pytest

from tests.product import Product
from tests.rig import Brand
from tests.wait import until
from workflows.protocol import Close, HandBack, TakeOver

pytestmark = pytest.mark.temporal

ADA = "ada"


async def _asked(product: Product, times: int) -> None:
    async def asked() -> bool:
        return len(await product.requests("openai", "/responses")) >= times

    await until(asked, f"the model asked {times} times")


async def test_takeover_while_the_judge_thinks_keeps_the_conversation_with_the_human(
    shop: Brand, product: Product
) -> None:
    """A verdict about a silence that is over ends nothing: the operator still has the word."""
    await shop.text("Where is my order?")
    await shop.answered(1)
    before = len(await product.requests("openai", "/responses"))
    await product.control("/openai/_control/latency", {"seconds": 2})
    passing = asyncio.create_task(shop.pass_time(timedelta(hours=24, minutes=1)))
    await _asked(product, before + 1)
    await shop.handle().execute_update("take_over", TakeOver(operator=ADA))
    await passing
    await product.control("/openai/_control/latency", {"seconds": 0})

    async def judged() -> bool:
        return (await shop.snapshot()).last_decision.startswith("judged")

    await until(judged, "the verdict is in")
    assert (await shop.snapshot()).status == "handed_off"
    await shop.handle().execute_update("hand_back", HandBack(operator=ADA))
    await shop.handle().execute_update("close", Close(operator=ADA))
    assert (await shop.handle().result())["status"] == "closed_out"


async def test_takeover_while_a_doubtful_text_is_looked_at_ends_in_a_recorded_state(
    shop: Brand, product: Product
) -> None:
    """The model then finds that the text concerns nobody: the human has the word all the same."""
    await product.control("/openai/_control/latency", {"seconds": 1.5})
    await shop.text("lol who gave you my number")
    await _asked(product, 1)
    await shop.handle().execute_update("take_over", TakeOver(operator=ADA))
    await product.control("/openai/_control/latency", {"seconds": 0})

    await shop.handle().execute_update("hand_back", HandBack(operator=ADA))
    await shop.handle().execute_update("close", Close(operator=ADA))
    async with asyncio.timeout(20):
        ended = await shop.handle().result()
    assert ended["status"] in ("closed_out", "contained")
