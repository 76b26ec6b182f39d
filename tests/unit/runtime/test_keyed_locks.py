"""One contact is told one thing at a time, however many texts wait."""

import asyncio
from collections import Counter

from runtime.keyed_locks import KeyedLocks


async def test_lock_of_a_key_has_one_holder_however_late_the_next_one_comes() -> None:
    """Who asks while another is being woken waits behind it."""
    locks, inside, most = KeyedLocks(), Counter[str](), Counter[str]()

    async def enter(key: str) -> None:
        lock = locks.of(key)
        async with lock:
            inside[key] += 1
            most[key] = max(most[key], inside[key])
            for _ in range(5):
                await asyncio.sleep(0)
            inside[key] -= 1

    async with asyncio.TaskGroup() as tasks:
        for _ in range(20):
            for key in ("a", "b"):
                tasks.create_task(enter(key))
                await asyncio.sleep(0)
    assert most == {"a": 1, "b": 1}


async def test_lock_that_nobody_needs_is_forgotten() -> None:
    """A process that has told a million contacts keeps no lock of theirs."""
    locks = KeyedLocks()
    for key in map(str, range(100)):
        lock = locks.of(key)
        async with lock:
            assert len(locks) == 1
    del lock
    assert len(locks) == 0
