"""Waiting for a condition, never for a length of time."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable


async def until(
    holds: Callable[[], bool] | Callable[[], Awaitable[bool]],
    what: str,
    seconds: float = 30,
) -> float:
    """Look until a condition holds and return how long that took, in seconds.

    Args:
        holds: The condition, a function or a coroutine function.
        what: The condition in words.
        seconds: How long to look.

    Raises:
        AssertionError: It did not hold in time.
    """
    started = time.monotonic()
    while True:
        found = holds()
        if found if isinstance(found, bool) else await found:
            return time.monotonic() - started
        assert time.monotonic() - started < seconds, f"not within {seconds} s: {what}"
        await asyncio.sleep(0.02)


def free_ports(count: int) -> list[int]:
    """Return ports on loopback that nobody listens on."""
    probes = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
