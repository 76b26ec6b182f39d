"""One lock for each key in use, forgotten with the last who holds it or waits for it."""

import asyncio
from weakref import WeakValueDictionary


class KeyedLocks:
    """Locks by key.

    Counting who waits is left to the references they hold: a lock that is dropped when nobody
    holds it, while somebody is about to be woken by it, would let two in at once.
    """

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, key: str) -> asyncio.Lock:
        """Return the key's lock; keep it in a variable for as long as it is needed."""
        return self._locks.setdefault(key, asyncio.Lock())

    def __len__(self) -> int:
        """Return how many keys are in use."""
        return len(self._locks)
