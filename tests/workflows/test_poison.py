"""Texts, rows and signals that break something: a human gets it, and nobody else notices."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text as sql

from tests.product import Product
from tests.rig import Brand
from tests.unit.agent.garbage import GARBAGE
from tests.wait import until
from workflows.conversation import Conversation

pytestmark = pytest.mark.temporal

_BYSTANDER = "+13125550114"
_GIVEN_UP = timedelta(seconds=65)
_ODD_TEXTS = (
    "😀" * 700,
    "\u202edessap redro ym si erehW",
    "W\u0336\u0337\u0338h\u0335ere is my order?" * 20,
    "Where is my order? " * 500,
    "\u200b\u200d\ufeff where is my order?",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿👩‍👩‍👧‍👦 where is my order?",
    "Where is my order? \u0000 \u0007 \x1b[31m",
    "{{7*7}} ${jndi:ldap://x} where is my order?",
)


async def _a_human_has(shop: Brand, count: int = 1) -> None:
    async def has() -> bool:
        return len(await shop.tickets()) >= count

    await until(has, f"{count} tickets", 40)
    assert len(await shop.tickets()) == count


async def test_step_that_can_never_be_read_goes_to_a_human_and_holds_up_nobody(
    shop: Brand, product: Product
) -> None:
    """An activity that fails however often it is tried: given up within a minute, one ticket."""
    await shop.text("What are your store hours?")
    await shop.answered(1)
    _poison(shop, product, turn=2)
    await shop.text("Where is my order?")
    await shop.text("Where is my order?", _BYSTANDER)
    assert "#1095" in (await shop.replies(1, _BYSTANDER))[0]
    await shop.pass_time(_GIVEN_UP)

    await _a_human_has(shop)
    row = next(r for r in shop.conversations() if r["contact_id"] == shop.contact_id())
    assert (row["status"], row["escalation_reason"]) == ("handed_off", "model_unavailable")
    assert len(await shop.phone(_BYSTANDER)) == 1


def _poison(shop: Brand, product: Product, turn: int) -> None:
    """Store a step of a turn that no version of the product has ever written."""
    insert = sql("""INSERT INTO turn_step (conversation_id, turn, attempt, step, brand, outcome,
        model, input_tokens, cached_tokens, output_tokens, created_at)
        VALUES (:conversation, :turn, 1, 0, :brand, '{"kind": "poison"', 'x', 0, 0, 0, :now)""")
    with product.runtime.database.write() as connection:
        connection.execute(
            insert,
            {
                "conversation": shop.conversations()[0]["id"],
                "turn": turn,
                "brand": shop.settings.brand,
                "now": datetime.now(UTC).replace(tzinfo=None).isoformat(" "),
            },
        )


async def test_signals_that_cannot_be_read_leave_the_conversation_alive(
    shop: Brand, product: Product
) -> None:
    """Wrong type, wrong fields, unknown name, nothing: dropped; the next text is answered."""
    await shop.text("Where is my order?")
    await shop.answered(1)
    handle = shop.handle()
    for name, payload in (
        ("receive_inbound", "not a message"),
        ("receive_inbound", {"message_id": 7}),
        ("human_reply", 7),
        ("ticket_closed", [1, 2]),
        ("no_such_signal", {"a": 1}),
        ("receive_inbound", None),
        ("human_reply", None),
        ("ticket_closed", None),
    ):
        await handle.signal(name, payload)
    await shop.text("What are your store hours?")

    assert "10 am - 7 pm" in (await shop.replies(2))[1]
    assert (await handle.query(Conversation.snapshot)).waiting_texts == 0


async def test_odd_texts_end_in_a_recorded_state_and_hold_up_nobody(shop: Brand) -> None:
    """Emoji bombs, reversed writing, control characters, templates: each decided, none stuck."""
    numbers = [f"+131255501{n}" for n in range(40, 40 + len(_ODD_TEXTS))]
    pairs = zip(numbers, _ODD_TEXTS, strict=True)
    await asyncio.gather(*(shop.text(text, number) for number, text in pairs))
    await shop.text("Where is my order?", _BYSTANDER)

    assert "#1095" in (await shop.replies(1, _BYSTANDER))[0]

    def settled() -> bool:
        rows = shop.rows("inbound_message")
        told = {r["id"] for r in rows if r["handover"] is not None}
        return all(r["turn"] is not None for r in rows if r["id"] in told)

    await until(settled, "each text decided, and taken where it asked for it")
    assert len(shop.rows("decision")) >= len(_ODD_TEXTS) + 1
    for number in numbers:
        assert len(await shop.phone(number)) <= 1


async def test_garbage_of_every_kind_sends_nobody_a_word_of_it(
    shop: Brand, product: Product
) -> None:
    """A dozen customers, each with a model of its own madness: acknowledged, one ticket each."""
    names = [f"Mad{uuid4().hex[:6]}" for _ in range(12)]
    garbage = GARBAGE[3::7][: len(names)]
    numbers = [f"+131255501{n}" for n in range(60, 60 + len(names))]
    for name, said in zip(names, garbage, strict=True):
        part = {"type": "output_text", "text": said, "annotations": []}
        message = {"type": "message", "status": "completed", "content": [part]}
        body = {"id": "x", "status": "completed", "model": "mad", "output": [message]}
        await product.fault(
            "openai", kind="status", status=200, body=body, body_contains=name, times=9
        )
    asked = zip(numbers, names, strict=True)
    await asyncio.gather(*(shop.text(f"Where is my order? {n} here", to) for to, n in asked))

    for number in numbers:
        (acknowledged,) = await shop.replies(1, number)
        assert "A person will reply here" in acknowledged
    await _a_human_has(shop, len(names))
    for name in names:
        asked_about = [r for r in await product.requests("openai") if name in r["body"]]
        assert len(asked_about) == 2  # once, and one repair
