"""Signs of life of an activity that takes long."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio import activity

_FIRST_BEAT_AFTER_SECONDS = 3.0


@asynccontextmanager
async def beating() -> AsyncIterator[None]:
    """Beat while the block runs, so that a killed worker is noticed within the time-out.

    The first beat comes late: an activity that ends before it costs none, and every beat that
    reaches the server is billed.
    """
    task = asyncio.create_task(_beat())
    try:
        yield
    finally:
        task.cancel()


async def _beat() -> None:
    while True:
        await asyncio.sleep(_FIRST_BEAT_AFTER_SECONDS)
        activity.heartbeat()
