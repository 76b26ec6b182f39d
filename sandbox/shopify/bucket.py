"""The leaky bucket of one app at one shop, on the emulator's clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.wire import Json


@dataclass
class Bucket:
    """Points that refill at ``rate`` per second up to ``size``."""

    size: float
    rate: float
    now: Callable[[], datetime]
    _level: float = field(init=False)
    _at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.set(self.size)

    def available(self) -> float:
        """Return the points that may be spent now."""
        elapsed = max(0.0, (self.now() - self._at).total_seconds())
        return min(self.size, self._level + elapsed * self.rate)

    def spend(self, points: float) -> None:
        """Take points out; the caller has asked `available` for the requested cost."""
        self.set(self.available() - points)

    def set(self, points: float) -> None:
        """Put the level where it is told, from now on."""
        self._level, self._at = points, self.now()

    def status(self) -> Json:
        """Return Shopify's ``throttleStatus``."""
        return {
            "maximumAvailable": self.size,
            "currentlyAvailable": int(max(0.0, self.available())),
            "restoreRate": self.rate,
        }
