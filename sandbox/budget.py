"""How many calls an account may make in a sliding window."""

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class CallBudget:
    """``limit`` calls in any ``window``."""

    limit: int
    window: timedelta
    _calls: deque[datetime] = field(default_factory=deque)

    @property
    def used(self) -> int:
        """Return the calls that count at the last look."""
        return len(self._calls)

    def take(self, now: datetime) -> int:
        """Count one call; return 0, or the whole seconds to wait when there is none left."""
        while self._calls and self._calls[0] <= now - self.window:
            self._calls.popleft()
        if len(self._calls) >= self.limit:
            return max(1, math.ceil((self._calls[0] + self.window - now).total_seconds()))
        self._calls.append(now)
        return 0
