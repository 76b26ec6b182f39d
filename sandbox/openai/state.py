"""What the emulator remembers between requests."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from sandbox.openai.errors import rate_limited
from sandbox.openai.modes.chaos import Chaos
from sandbox.openai.neutral import Answer
from sandbox.openai.usage import PrefixCache

_WINDOW = timedelta(seconds=60)


class OpenAIConfig(BaseModel):
    """How the scripted model is set up.

    ``latency_seconds`` is waited before each answer, ``hang_seconds`` is how long chaos keeps a
    request it never answers; the two limits are per minute.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    api_key: str = "sk-sandbox"
    latency_seconds: float = 0.0
    hang_seconds: float = 120.0
    requests_per_minute: int = 100_000
    tokens_per_minute: int = 1_000_000_000


@dataclass
class State:
    """Latency now, queued chaos, recordings, the prefix cache, and the last minute's traffic."""

    config: OpenAIConfig
    latency_seconds: float = 0.0
    chaos_queue: list[Chaos] = field(default_factory=list)
    recorded: dict[str, Answer] = field(default_factory=dict)
    cache: PrefixCache = field(default_factory=PrefixCache)
    requests_seen: int = 0
    _recent: deque[tuple[datetime, int]] = field(default_factory=deque)
    _tokens: int = 0

    def admit(self, tokens: int, now: datetime) -> dict[str, str]:
        """Count a request of so many tokens and return the ``x-ratelimit-*`` headers.

        Raises:
            ApiError: 429 with ``retry-after`` when a limit of the last minute is used up.
        """
        while self._recent and self._recent[0][0] <= now - _WINDOW:
            self._tokens -= self._recent.popleft()[1]
        requests_left = self.config.requests_per_minute - len(self._recent) - 1
        tokens_left = self.config.tokens_per_minute - self._tokens - tokens
        frees = (self._recent[0][0] + _WINDOW - now).total_seconds() if self._recent else 0.0
        if requests_left < 0 or tokens_left < 0:
            raise rate_limited(max(int(frees) + 1, 1))
        self._recent.append((now, tokens))
        self._tokens += tokens
        return {
            "x-ratelimit-limit-requests": str(self.config.requests_per_minute),
            "x-ratelimit-remaining-requests": str(requests_left),
            "x-ratelimit-reset-requests": f"{frees:.3f}s",
            "x-ratelimit-limit-tokens": str(self.config.tokens_per_minute),
            "x-ratelimit-remaining-tokens": str(tokens_left),
            "x-ratelimit-reset-tokens": f"{frees:.3f}s",
        }
