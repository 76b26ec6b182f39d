"""A new build is taken back while conversations are open, and both run side by side (F-30)."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from tests.product import Product
from tests.rig import Brand, open_brand
from tests.wait import until
from tests.workflows.deployment import Deployment, build_of, new_deployment
from tests.workflows.next_build import NextConversation
from workflows.notice import Notice

pytestmark = pytest.mark.temporal

_NEXT = (NextConversation, Notice)
_QUESTIONS = (
    "What are your store hours?",
    "What is your return policy?",
    "Where is my order?",
    "How do I wash a down jacket?",
)
_PATIENCE = 3
_NUMBERS = tuple(f"+131255501{n}" for n in (14, 15))


@pytest.fixture
async def deployment(product: Product) -> AsyncIterator[Deployment]:
    """Return a deployment whose build b1 runs and is current."""
    deployment = new_deployment(product)
    async with deployment.build("b1"):
        await deployment.make_current("b1")
        yield deployment


@pytest.fixture
async def shop(deployment: Deployment, product: Product) -> AsyncIterator[Brand]:
    """Return a shop whose conversations start on the deployment's queues."""
    shop = open_brand(deployment.product)
    yield shop
    await product.reset()
    await shop.end()


async def test_build_that_is_taken_back_gives_its_conversations_back(
    deployment: Deployment, shop: Brand
) -> None:
    """Two conversations go to b2 and back to b1 between turns: each text answered once."""
    await asyncio.gather(*(shop.start_with(number) for number in _NUMBERS))
    await _all_ask(shop, 1)
    async with deployment.build("b2", _NEXT):
        await deployment.make_current("b2")
        asked = await _ask_until_all_are_on(shop, "b2", 1)
        await deployment.make_current("b1")
        asked = await _ask_until_all_are_on(shop, "b1", asked)
    await _all_ask(shop, asked + 1)

    assert [len(await shop.phone(number)) for number in _NUMBERS] == [asked + 1] * 2
    assert len(shop.rows("outbox")) == 2 * (asked + 1)
    assert len(shop.conversations()) == 2


async def _all_ask(shop: Brand, nth: int) -> None:
    question = _QUESTIONS[nth % len(_QUESTIONS)]
    await asyncio.gather(*(shop.text(question, number) for number in _NUMBERS))
    await asyncio.gather(*(shop.answered(nth, number) for number in _NUMBERS))


async def _ask_until_all_are_on(shop: Brand, build: str, asked: int) -> int:
    """Ask until all have moved between two turns; the server tells queues of a build in its time.

    Returns:
        How many questions each has asked now.
    """

    async def are() -> bool:
        return {await build_of(shop, number) for number in _NUMBERS} == {build}

    for _more in range(_PATIENCE):
        asked += 1
        await _all_ask(shop, asked)
        with contextlib.suppress(AssertionError):
            await until(are, f"all conversations on {build}", 3)
            return asked
    msg = f"not on {build} after {asked} questions"
    raise AssertionError(msg)
