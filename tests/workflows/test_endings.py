"""How conversations end, and that nothing is lost when they do."""

import asyncio
from datetime import timedelta

import pytest

from tests.product import Product
from tests.rig import Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand

pytestmark = pytest.mark.temporal

_A_DAY = timedelta(hours=24, minutes=2)
_UNKNOWN = "+13125550142"


async def test_silence_after_an_answer_ends_verified_by_the_judge(shop: Brand) -> None:
    """Asked and answered, then a day of silence: the judge agrees, the number is `verified`."""
    await shop.text("What are your store hours?")
    await shop.answered(1)
    await shop.pass_time(_A_DAY)

    assert (await shop.handle().result())["status"] == "resolved_verified"
    row = await shop.status("resolved_verified")
    assert row["closed_at"] is not None
    assert len(await shop.phone()) == 1


async def test_silence_after_a_question_of_the_agent_ends_contained(shop: Brand) -> None:
    """The agent asked for proof and nothing came: that is contained, not resolved."""
    await shop.text("Where is my order?", _UNKNOWN)
    await shop.answered(1, _UNKNOWN)
    await shop.pass_time(_A_DAY, _UNKNOWN)

    assert (await shop.handle(_UNKNOWN).result())["status"] == "contained"
    assert (await shop.status("contained"))["status"] == "contained"


async def test_silence_while_the_judge_is_away_ends_contained(
    shop: Brand, product: Product
) -> None:
    """Nobody could look: not verified is the honest number."""
    await shop.text("Where is my order?")
    await shop.answered(1)
    await product.fault(
        "openai", kind="status", status=400, body_contains="resolution_verdict", times=50
    )
    await shop.pass_time(_A_DAY)

    assert (await shop.handle().result())["status"] == "contained"


async def test_thanks_ends_confirmed_after_ten_minutes_without_a_text(shop: Brand) -> None:
    """The customer's thanks is the confirmation; it is not answered."""
    await shop.text("Where is my order?")
    await shop.answered(1)
    await shop.text("Thanks!")

    async def thanked() -> bool:
        return "thanks" in (await shop.snapshot()).last_decision

    await until(thanked, "the thanks noted")
    await shop.pass_time(timedelta(minutes=10, seconds=5))

    assert (await shop.handle().result())["status"] == "resolved_confirmed"
    assert len(await shop.phone()) == 1


async def test_question_after_thanks_keeps_the_conversation_open(shop: Brand) -> None:
    """Thanks, and then another question: answered in the same conversation."""
    await shop.text("Where is my order?")
    await shop.answered(1)
    await shop.text("Thanks!")
    await shop.text("What are your store hours?")
    await shop.answered(2)
    await shop.pass_time(timedelta(minutes=11))

    assert (await shop.snapshot()).status == "waiting"
    assert len(shop.conversations()) == 1


async def test_text_before_the_day_is_over_moves_the_end_away(shop: Brand) -> None:
    """The deadline follows the last word said."""
    await shop.text("Where is my order?")
    await shop.answered(1)
    await shop.pass_time(timedelta(hours=23))
    await shop.text("What are your store hours?")
    await shop.answered(2)
    await shop.pass_time(timedelta(hours=23))

    assert (await shop.snapshot()).status == "waiting"
    await shop.pass_time(timedelta(hours=2))
    assert (await shop.handle().result())["status"].startswith(("resolved", "contained"))


async def test_next_text_after_the_end_opens_the_next_conversation(shop: Brand) -> None:
    """One id, one run per conversation."""
    await shop.text("What are your store hours?")
    await shop.answered(1)
    await shop.pass_time(_A_DAY)
    await shop.handle().result()
    await shop.text("Where is my order?")

    assert "#1101" in (await shop.replies(2))[1]
    await shop.status("waiting")
    assert [c["status"] for c in shop.conversations()] == ["resolved_verified", "waiting"]


async def test_texts_at_the_very_moment_of_ending_are_each_answered(shop: Brand) -> None:
    """Close and text race twelve times over: no text is lost, none is answered twice."""
    numbers = [f"+131255501{n:02}" for n in range(14, 26)]
    await asyncio.gather(*(shop.text("Where is my order?", n) for n in numbers))
    for number in numbers:
        await shop.answered(1, number)

    async def race(number: str, index: int) -> None:
        closing = asyncio.create_task(
            shop.handle(number).execute_update("close", {"operator": "ada"})
        )
        for _yield in range(index * 3):
            await asyncio.sleep(0)
        await shop.text("What are your store hours?", number)
        await closing

    await asyncio.gather(*(race(number, index) for index, number in enumerate(numbers)))

    for number in numbers:
        replies = await shop.replies(2, number)
        assert "10 am - 7 pm" in replies[1]
        assert len(replies) == 2
    assert all(m["turn"] is not None for m in shop.rows("inbound_message"))


async def test_stop_in_mid_turn_ends_at_once_and_no_reply_follows(
    shop: Brand, product: Product
) -> None:
    """An opt-out beats the draft under way; the contact is suppressed, the end recorded."""
    await product.control("/openai/_control/latency", {"seconds": 1.5})
    await shop.text("Where is my order?")

    async def thinking() -> bool:
        return bool(await product.requests("openai", "/responses"))

    await until(thinking, "the model is asked")
    await shop.text("please remove me from your list and stop texting me")

    assert (await shop.handle().result())["status"] == "opted_out"
    await shop.status("opted_out")
    bodies = await shop.phone()
    assert not any("#1101" in body for body in bodies)
    assert len(shop.rows("suppression")) == 1
    await shop.text("Where is my order?")
    assert not any("#1101" in body for body in await shop.phone())


async def test_continue_as_new_between_turns_loses_nothing(shop: Brand) -> None:
    """Three questions, the history starting afresh after each: one conversation, in order."""
    await shop.start_with(turns_per_run=1)
    asked = (
        ("Where is my order?", "#1101"),
        ("What are your store hours?", "10 am"),
        ("What is your return policy?", "30 days"),
    )
    runs = set()
    for number, (question, answer) in enumerate(asked, start=1):
        runs.add((await shop.handle().describe()).run_id)
        await shop.text(question)
        replies = await shop.answered(number)
        assert answer in replies[number - 1]
        assert "AI assistant" not in replies[number - 1] or number == 1

    snapshot = await shop.snapshot()
    assert (snapshot.turn, snapshot.agent_texts) == (3, 3)
    assert len(runs) == 3
    assert [c["id"] for c in shop.conversations()] == [snapshot.conversation_id]


async def test_texts_that_arrive_while_the_history_starts_afresh_are_all_taken(
    shop: Brand,
) -> None:
    """A flood across several runs: every text belongs to a turn, none is acted upon twice."""
    await shop.start_with(turns_per_run=1)
    about = ("shipping", "returns", "exchanges", "gift cards", "repairs", "payment", "sizes")
    await asyncio.gather(*(shop.text(f"What do you say about {topic}?") for topic in about))

    await shop.taken(len(about))
    await shop.replies(1)
    turns = {m["turn"] for m in shop.rows("inbound_message")} - {None}
    sent = [row for row in shop.rows("outbox") if row["kind"] == "reply"]
    assert len({row["turn"] for row in sent}) == len(sent) <= len(turns)
    assert len(shop.conversations()) == 1


async def test_brand_with_no_texts_admitted_records_no_conversation(
    open_shop: OpenBrand,
) -> None:
    """Noise opens nothing: there is no conversation to end."""
    shop = open_shop()
    await shop.text('Liked "Where is my order?"')
    await shop.text("I'm driving right now and will see your message later. (auto-reply)")

    assert shop.conversations() == []
    assert await shop.phone() == []
    assert {m["handover"] for m in shop.rows("inbound_message")} == {None}


async def test_second_silence_is_judged_by_what_was_said_since(
    shop: Brand, product: Product
) -> None:
    """A text comes while the judge thinks: its verdict is not taken for the next silence."""
    await shop.text("Where is my order?", _UNKNOWN)  # the agent asks for proof: not resolved
    await shop.answered(1, _UNKNOWN)
    before = len(await product.requests("openai", "/responses"))
    await product.control("/openai/_control/latency", {"seconds": 2})
    passing = asyncio.create_task(shop.pass_time(_A_DAY, _UNKNOWN))

    async def asked() -> bool:
        return len(await product.requests("openai", "/responses")) > before

    await until(asked, "the judge is asked")
    await shop.text("What are your store hours?", _UNKNOWN)
    await passing
    await product.control("/openai/_control/latency", {"seconds": 0})
    await shop.answered(2, _UNKNOWN)
    await shop.pass_time(_A_DAY, _UNKNOWN)

    assert (await shop.handle(_UNKNOWN).result())["status"] == "resolved_verified"
    assert len(shop.conversations()) == 1
