"""What the two protocols of OpenAI-compatible endpoints share: one call, its errors, the check."""

from abc import ABC, abstractmethod
from typing import Any

import httpx

from providers.llm.base import ModelReply, ModelRequest
from providers.llm.openai_call import RawAnswer, ask_for_ok, call
from providers.llm.openai_errors import Clock
from providers.llm.openai_options import ModelOptions, open_client

Json = dict[str, Any]


class OpenAIModel(ABC):
    """Speaks one path of the API; the protocols differ in the body and in the answer.

    Args:
        options: Endpoint and what it understands.
        now: Clock, for a Retry-After given as a date.
        http: Transport; None lets the vendor's library open its own.
    """

    name: str
    path: str

    def __init__(
        self, options: ModelOptions, now: Clock, http: httpx.AsyncClient | None = None
    ) -> None:
        self.options = options
        self._now = now
        self._client = open_client(options, http)

    async def complete(self, request: ModelRequest) -> ModelReply:
        """Call the model once.

        Args:
            request: Neutral request.

        Returns:
            The neutral answer, unverified.

        Raises:
            ProviderError: The endpoint failed, by who must act.
            ModelOutputError: The answer cannot be read.
        """
        # The library's typed methods walk the whole body once more, for milliseconds a call;
        # ours is JSON already, and tests hold it to the library's types.
        pending = self._client.post(self.path, cast_to=httpx.Response, body=self.body_of(request))
        return self.read(await call(pending, self.name, "complete", self._now))

    async def check(self, model: str) -> str:
        """Return one sentence on whether the model answers; raises when it does not."""
        return await ask_for_ok(self, model)

    @abstractmethod
    def body_of(self, request: ModelRequest) -> Json:
        """Return the exact JSON of one request."""

    @abstractmethod
    def read(self, raw: RawAnswer) -> ModelReply:
        """Return the neutral answer in a 2xx; raises as `complete` says."""
