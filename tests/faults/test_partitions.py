"""A worker that comes back from the dead, and one that Temporal has lost sight of (F-05 to F-08).

What such a worker does late must change nothing: another has its work by then.
"""

import asyncio
import signal
import time

import pytest

from tests.faults.conftest import NextPhone
from tests.faults.fleet import WORKERS
from tests.faults.stage import OUTBOX, Stage, stopped_with_the_right_to_send
from tests.wait import until

pytestmark = [pytest.mark.temporal, pytest.mark.timeout(300)]


async def test_worker_that_slept_past_its_permission_does_not_post(
    stage: Stage, next_phone: NextPhone
) -> None:
    """Stopped between claim and post; a successor finds the claim, and the customer says STOP.

    When the sleeper wakes, what it was allowed to send then is not allowed any more.
    """
    phone = await stopped_with_the_right_to_send(stage, next_phone)
    await phone.looked_for()
    await phone.text("STOP")
    log = stage.fleet.folder / f"{WORKERS[0]}.log"
    written = log.stat().st_size
    stage.fleet.send(WORKERS[0], signal.SIGCONT)

    await until(lambda: log.stat().st_size > written, "the sleeper has acted")
    assert await stage.asked("twilio", phone.to) == []
    assert await phone.came() == []


async def test_post_that_the_network_delays_past_the_next_worker_is_the_only_one(
    stage: Stage, next_phone: NextPhone
) -> None:
    """The right to send is taken, the post held up on its way, the worker killed (B6).

    The next worker posts nothing; then the first one's post arrives after all.
    """
    phone = next_phone()
    stage.carrier.stall()
    taken = stage.carrier.taken
    await phone.text()
    await stage.has_row(OUTBOX, "sending", phone.number)
    await until(lambda: stage.carrier.taken > taken, "the post is on its way")
    for name in WORKERS:
        await stage.fleet.kill(name, 0)
    await phone.looked_for()
    assert await stage.asked("twilio", phone.to) == []
    passed = stage.carrier.passed
    stage.carrier.resume()

    await until(lambda: stage.carrier.passed > passed, "the first post has arrived")
    assert len(await stage.asked("twilio", phone.to)) <= 1
    assert len(await phone.came()) <= 1


async def test_worker_cut_off_from_temporal_doubles_nothing_and_holds_nothing_up(
    stage: Stage, next_phone: NextPhone
) -> None:
    """One of two falls silent with turns in hand; what it reports after the healing is late."""
    thinking = [next_phone() for _ in range(2)]
    sending = [next_phone() for _ in range(2)]
    everyone = thinking + sending
    for phone in sending:
        await stage.hold("twilio", phone.to, 3)
        await phone.text()
    await asyncio.gather(*(stage.was_asked("twilio", p.to, 1) for p in sending))
    for phone in thinking:
        await stage.hold("openai", phone.name, 2)
        await phone.text()
    await asyncio.gather(*(stage.was_asked("openai", p.name, 1) for p in thinking))
    cut = stage.doors[WORKERS[0]]
    cut.stall()
    await asyncio.gather(*(phone.replied() for phone in everyone))
    cut.resume()

    for phone in everyone:
        await phone.settled()
    assert [len(await phone.came()) for phone in everyone] == [1] * 4
    assert [len(await stage.asked("twilio", phone.to)) for phone in everyone] == [1] * 4


async def test_connections_to_temporal_that_break_in_mid_turn_cost_no_text(
    stage: Stage, next_phone: NextPhone
) -> None:
    """Reset, half closed, and cut in the middle of an answer: each turn ends with one reply."""
    phones = [next_phone() for _ in range(3)]
    worker, other, api = (stage.doors[name] for name in (*WORKERS, "api"))
    for phone in phones:
        await stage.hold("openai", phone.name, 1)
        await phone.text()
    await stage.was_asked("openai", phones[-1].name, 1)
    worker.reset()
    other.half_close()
    api.reset()

    for phone in phones:
        await phone.replied()
        await phone.settled()
    assert [len(await phone.came()) for phone in phones] == [1] * 3


async def test_slow_temporal_delays_answers_and_neither_acks_nor_opt_outs(
    stage: Stage, next_phone: NextPhone
) -> None:
    """A second more for each call of it: webhooks as fast as ever, every text answered once."""
    phones = [next_phone() for _ in range(4)]
    for door in stage.doors.values():
        door.latency_seconds = 0.5
    began = time.monotonic()
    acks = await asyncio.gather(*(phone.text() for phone in phones))
    assert time.monotonic() - began < 2
    assert {ack["webhook_status"] for ack in acks} == {200}
    stopped = phones.pop()
    await stopped.text("take me off this list")
    assert stage.rows("SELECT 1 FROM suppression s JOIN contact c ON c.id = s.contact_id")

    await asyncio.gather(*(phone.replied() for phone in phones))
    for phone in phones:
        await phone.settled()
    assert [len(await phone.came()) for phone in phones] == [1] * 3
    assert not any("#11" in text for text in await stopped.came())
