"""Klaviyo's two fixed windows per endpoint: a burst each second, a steady one each minute."""

from dataclasses import dataclass, field
from datetime import datetime

from sandbox.klaviyo.errors import RefusedError

Headers = dict[str, str]
XS, S, L, XL = (1, 15), (3, 60), (75, 750), (350, 3500)


@dataclass
class Limits:
    """Requests counted by endpoint and window; ``enabled`` is False for tests of other things."""

    enabled: bool
    counts: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def count(self, endpoint: str, tier: tuple[int, int], now: datetime) -> Headers:
        """Count one request and return the headers that tell of the steady window.

        Raises:
            RefusedError: 429 with Retry-After when either window is full.
        """
        seconds = int(now.timestamp())
        if not self.enabled:
            return {}
        left = 0
        for length, allowed in ((1, tier[0]), (60, tier[1])):
            key = (endpoint, length, seconds // length)
            used = self.counts.get(key, 0) + 1
            wait = length - seconds % length
            if used > allowed:
                detail = f"Request was throttled. Expected available in {wait} second(s)."
                headers = {"Retry-After": str(wait)}
                raise RefusedError(429, "throttled", ("/data/", detail), headers=headers)
            self.counts[key] = used
            left = allowed - used
        return {
            "RateLimit-Limit": f"{tier[1]}, {tier[0]};w=1, {tier[1]};w=60",
            "RateLimit-Remaining": str(left),
            "RateLimit-Reset": str(60 - seconds % 60),
        }
