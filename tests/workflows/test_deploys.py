"""A build is deployed, or taken back (F-30), while conversations are open: none is broken."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from tests.product import Product
from tests.rig import AVA, Brand, open_brand
from tests.wait import until
from tests.workflows.deployment import Deployment, build_of, new_deployment
from tests.workflows.next_build import FIRST_STEP, NextConversation, PatchedConversation
from workflows.conversation import Conversation
from workflows.notice import Notice

pytestmark = pytest.mark.temporal

_NEXT = (NextConversation, Notice)
_IDLE, _HUMAN = "+13125550114", "+13125550115"
_QUESTIONS = (
    "What are your store hours?",
    "What is your return policy?",
    "Where is my order?",
    "How do I wash a down jacket?",
)
_PATIENCE = 3
_PHONES = (_IDLE, _HUMAN)


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


async def test_deploy_over_open_conversations_loses_and_doubles_nothing(
    deployment: Deployment, shop: Brand, product: Product
) -> None:
    """In mid-turn, idle, with a human: turns end on the old build, the next ones run on the new."""
    for number in (AVA, _IDLE, _HUMAN):
        await shop.start_with(number)
    await shop.text("What are your store hours?", _IDLE)
    await shop.answered(1, _IDLE)
    await shop.handle(_HUMAN).execute_update("take_over", {"operator": "ada"})
    await _ask_slowly(shop, product)

    async with deployment.build("b2", _NEXT):
        await deployment.make_current("b2")
        assert await build_of(shop) == "b1"
        assert await shop.phone() == []
        await _answer_fast(product)
        assert "#1101" in (await shop.answered(1))[0]
        await _goes_on_under_b2(shop, AVA)

        await shop.text("What is your return policy?")
        assert "30 days" in (await shop.answered(2))[1]
        await shop.text("Where is my order?", _IDLE)
        assert "#1095" in (await shop.answered(2, _IDLE))[1]
        await _goes_on_under_b2(shop, _IDLE)
        await shop.handle(_HUMAN).execute_update("hand_back", {"operator": "ada"})
        await shop.text("What are your store hours?", _HUMAN)
        await shop.answered(1, _HUMAN)
        await _goes_on_under_b2(shop, _HUMAN)

        assert [len(await shop.phone(n)) for n in (AVA, _IDLE, _HUMAN)] == [2, 2, 1]
        assert len(shop.rows("outbox")) == 5
        assert (await shop.snapshot()).turn == 2


async def test_conversation_closed_in_mid_turn_over_a_deploy_stays_closed(
    deployment: Deployment, shop: Brand, product: Product
) -> None:
    """What an operator decided is not forgotten on the way to the next build."""
    await shop.start_with()
    await _ask_slowly(shop, product)

    async with deployment.build("b2", _NEXT):
        await deployment.make_current("b2")
        await shop.handle().execute_update("close", {"operator": "ada"})
        await _answer_fast(product)

        await shop.handle().result()
        assert [row["status"] for row in shop.conversations()] == ["closed_out"]
        assert await shop.phone() == []
        assert shop.rows("outbox") == []


async def test_changed_order_of_commands_replays_only_when_it_is_guarded(
    deployment: Deployment, shop: Brand, product: Product
) -> None:
    """Without versioned workers the next build must replay what the build before recorded."""
    await shop.start_with()
    await shop.text("Where is my order?")
    await shop.answered(1)
    history = await shop.history()

    await _replayer(product, Conversation).replay_workflow(history)
    await _replayer(product, PatchedConversation).replay_workflow(history)
    with pytest.raises(NondeterminismError):
        await _replayer(product, NextConversation).replay_workflow(history)


def _replayer(product: Product, build: type) -> Replayer:
    return Replayer(workflows=[build], data_converter=product.client.data_converter)


async def _ask_slowly(shop: Brand, product: Product) -> None:
    """Text, and wait until the turn waits for the model."""
    before = await _times_asked(product)
    await product.control("/openai/_control/latency", {"seconds": 2.5})
    await shop.text("Where is my order?")

    async def asked() -> bool:
        return await _times_asked(product) > before

    await until(asked, "the model asked")


async def _answer_fast(product: Product) -> None:
    await product.control("/openai/_control/latency", {"seconds": 0})


async def _times_asked(product: Product) -> int:
    return len(await product.requests("openai", "/responses"))


async def _goes_on_under_b2(shop: Brand, number: str) -> None:
    """Wait until the newest run belongs to the next build and began as only that one begins."""

    async def moved() -> bool:
        return await build_of(shop, number) == "b2"

    await until(moved, f"{number} on b2")
    timers = [
        event.user_metadata.summary.data.decode()
        for event in (await shop.history(number)).events
        if event.event_type == EventType.EVENT_TYPE_TIMER_STARTED
    ]
    assert FIRST_STEP in timers[0]


async def test_build_that_is_taken_back_gives_its_conversations_back(
    deployment: Deployment, shop: Brand
) -> None:
    """Two conversations go to b2 and back to b1 between turns: each text answered once."""
    await asyncio.gather(*(shop.start_with(number) for number in _PHONES))
    await _all_ask(shop, 1)
    async with deployment.build("b2", _NEXT):
        await deployment.make_current("b2")
        asked = await _ask_until_all_are_on(shop, "b2", 1)
        await deployment.make_current("b1")
        asked = await _ask_until_all_are_on(shop, "b1", asked)
    await _all_ask(shop, asked + 1)

    assert [len(await shop.phone(number)) for number in _PHONES] == [asked + 1] * 2
    assert len(shop.rows("outbox")) == 2 * (asked + 1)
    assert len(shop.conversations()) == 2


async def _all_ask(shop: Brand, nth: int) -> None:
    question = _QUESTIONS[nth % len(_QUESTIONS)]
    await asyncio.gather(*(shop.text(question, number) for number in _PHONES))
    await asyncio.gather(*(shop.answered(nth, number) for number in _PHONES))


async def _ask_until_all_are_on(shop: Brand, build: str, asked: int) -> int:
    """Ask until all have moved between two turns; the server tells queues of a build in its time.

    Returns:
        How many questions each has asked now.
    """

    async def are() -> bool:
        return {await build_of(shop, number) for number in _PHONES} == {build}

    for _more in range(_PATIENCE):
        asked += 1
        await _all_ask(shop, asked)
        with contextlib.suppress(AssertionError):
            await until(are, f"all conversations on {build}", 3)
            return asked
    msg = f"not on {build} after {asked} questions"
    raise AssertionError(msg)
