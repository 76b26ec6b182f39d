"""SIGKILL at each boundary that a text crosses, B0 to B8: answered once, paid for once.

What marks a boundary is seen from outside: a vendor's request that is held, a row that is there,
bytes that have passed. Nothing in the product knows of these tests.
"""

import asyncio
import signal
import sqlite3
import time
from contextlib import closing

import httpx
import pytest

from tests.faults.conftest import NextPhone
from tests.faults.fleet import WORKERS
from tests.faults.proxy import a_proxy
from tests.faults.stage import DOUBTFUL, OUTBOX, Phone, Stage
from tests.wait import until

pytestmark = [pytest.mark.temporal, pytest.mark.timeout(300)]

_BAR_SECONDS = 20
_DISPATCHED = "SELECT 1 FROM inbound_message m JOIN contact c ON c.id = m.contact_id \
WHERE c.phone = ? AND m.dispatched_at IS NOT NULL"
_STORED = "SELECT 1 FROM inbound_message m JOIN contact c ON c.id = m.contact_id WHERE c.phone = ?"
_CONVERSATION = "conversation_id IN (SELECT v.id FROM conversation v JOIN contact c \
ON c.id = v.contact_id WHERE c.phone = ?)"
_STEP = f"SELECT 1 FROM turn_step WHERE {_CONVERSATION}"  # noqa: S608
_RESULT = f"SELECT 1 FROM tool_result WHERE {_CONVERSATION}"  # noqa: S608


async def test_worker_killed_at_every_boundary_answers_once_and_pays_once(
    stage: Stage, next_phone: NextPhone
) -> None:
    """Dispatched, classified, step stored, tool run, text taken, text recorded: all at one kill.

    The workers lose Temporal first, so that what they store is known to nobody but the store.
    """
    b2, b3, b4, b5, b7, b8 = (next_phone() for _ in range(6))
    await stage.world.control("/twilio/_control/settings", {"callbacks": "none"})
    await _held_before_the_cut(stage, b3, b4, b5, b7, b8)
    await stage.workers_cut_off()
    assert not stage.rows(_STEP, b4.number)
    assert not stage.rows(_RESULT, b5.number)
    assert not stage.rows(OUTBOX, "sent", b8.number)
    await b2.text()
    await stage.has_row(_DISPATCHED, b2.number)
    await stage.has_row(_STEP, b4.number)
    await stage.has_row(_RESULT, b5.number)
    await stage.has_row(OUTBOX, "sent", b8.number)
    for name in WORKERS:
        stage.fleet.send(name, signal.SIGSTOP)
    await b7.replied()
    assert stage.rows(OUTBOX, "sending", b7.number)
    paid = await _paid(stage, b4, b5)
    killed_at = time.monotonic()
    await stage.workers_replaced()

    everyone = (b2, b3, b4, b5, b7, b8)
    for phone in everyone:
        await phone.replied()
    assert time.monotonic() - killed_at < _BAR_SECONDS
    for phone in everyone:
        await phone.settled()
    assert [len(await phone.came()) for phone in everyone] == [1] * 6
    assert [len(await stage.asked("twilio", phone.to)) for phone in everyone] == [1] * 6
    model, shop = await _paid(stage, b4, b5)
    assert model == paid[0] + 1  # the step after the tool; the stored one was not asked for again
    assert shop == paid[1]


async def _held_before_the_cut(
    stage: Stage, b3: Phone, b4: Phone, b5: Phone, b7: Phone, b8: Phone
) -> None:
    """Bring each turn to its point; what takes longest to get there is held longest."""
    await stage.hold("twilio", b7.to, 7)
    await stage.hold("twilio", b8.to, 5)
    await asyncio.gather(b7.text(), b8.text())
    await asyncio.gather(*(stage.was_asked("twilio", p.to, 1) for p in (b7, b8)))
    await stage.hold("shopify", b5.number, 3)
    await b5.text()
    await stage.was_asked("shopify", b5.number, 1)
    await stage.hold("openai", b4.name, 2)
    await stage.hold("openai", b3.name, 0, 3)
    await asyncio.gather(b3.text(DOUBTFUL), b4.text())
    await asyncio.gather(
        stage.was_asked("openai", b3.name, 2), stage.was_asked("openai", b4.name, 1)
    )


async def _paid(stage: Stage, model: Phone, shop: Phone) -> tuple[int, int]:
    """Return how often the model was asked about one, and the shop about the other."""
    asked = await stage.asked("openai", model.name)
    return len(asked), len(await stage.asked("shopify", shop.number))


async def test_api_killed_around_its_commit_has_each_text_once(
    stage: Stage, next_phone: NextPhone
) -> None:
    """Before the commit (B0) and between it and the 200 (B1); the carrier comes again."""
    before, after = next_phone(), next_phone()
    async with a_proxy(stage.fleet.settings.api_port) as road:
        road.answer_bytes = 0
        with pytest.raises(httpx.TransportError):
            await after.post_webhook("SM" + "b" * 32, road.port)
        await stage.has_row(_STORED, after.number)
        with closing(sqlite3.connect(stage.fleet.folder / "agent.db", timeout=10)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            passed = road.passed
            posting = asyncio.create_task(before.post_webhook("SM" + "a" * 32, road.port))
            await until(lambda: road.passed > passed, "the webhook has reached the API")
            await stage.fleet.kill("api", 0)
            with pytest.raises(httpx.TransportError):
                await posting
            writer.rollback()
    assert not stage.rows(_STORED, before.number)
    await stage.fleet.all_ready()

    again = [await before.post_webhook("SM" + "a" * 32), await after.post_webhook("SM" + "b" * 32)]
    assert [answer.status_code for answer in again] == [200, 200]
    for phone in (before, after):
        await phone.replied()
        await phone.settled()
        assert len(await phone.came()) == 1
        assert len(stage.rows(_STORED, phone.number)) == 1


async def test_api_and_worker_told_to_end_under_load_are_done_within_ten_seconds(
    stage: Stage, next_phone: NextPhone
) -> None:
    """SIGTERM while texts come in and turns are under way: each text answered once (F-34)."""
    phones = [next_phone() for _ in range(4)]
    sids = [f"SM{number:032x}" for number in range(0xC0, 0xC4)]
    await stage.hold("openai", phones[0].name, 1)
    posting = asyncio.gather(*(_posted(p, sid) for p, sid in zip(phones, sids, strict=True)))
    await stage.was_asked("openai", phones[0].name, 1)
    told = {name: stage.fleet.ended[name] for name in ("api", WORKERS[0])}
    for name in told:
        stage.fleet.send(name, signal.SIGTERM)
    for name, before in told.items():
        await until(lambda n=name, b=before: stage.fleet.ended[n] > b, f"{name} has ended", 10)
    await posting

    for phone in phones:
        await phone.replied()
        await phone.settled()
    assert [len(await phone.came()) for phone in phones] == [1] * 4
    assert [len(stage.rows(_STORED, phone.number)) for phone in phones] == [1] * 4


async def _posted(phone: Phone, sid: str) -> None:
    """Post a webhook until it is answered with 200, as a patient carrier does, and once more."""
    for _ in range(2):

        async def is_taken() -> bool:
            try:
                return (await phone.post_webhook(sid)).status_code == 200
            except httpx.TransportError:
                return False

        await until(is_taken, f"{sid} taken")
