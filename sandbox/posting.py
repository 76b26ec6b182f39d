"""How an emulator posts its webhooks: in order, after its answer, again when the receiver asks."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

Headers = dict[str, str]


@dataclass(frozen=True)
class Webhook:
    """One webhook; ``sign`` returns its headers, made anew for every attempt."""

    url: str
    body: bytes
    sign: Callable[[bytes], Headers]
    method: str = "POST"


@dataclass
class Poster:
    """Posts webhooks one after the other, so that none overtakes another.

    ``attempts`` is how often one is tried while ``again`` says so of the answer (None: nobody
    answered).
    """

    client: httpx.AsyncClient
    attempts: int = 1
    again: Callable[[httpx.Response | None], bool] = lambda answer: answer is None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _waiting: deque[Webhook] = field(default_factory=deque)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def post_later(self, webhooks: Sequence[Webhook]) -> None:
        """Post them once the request that caused them has been answered."""
        self._waiting.extend(webhooks)
        if webhooks:
            task = asyncio.get_running_loop().create_task(self.settle())
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def post(self, webhooks: Sequence[Webhook], copies: int = 1) -> dict[str, Any]:
        """Post them now, after all that were to be posted before, each ``copies`` times.

        Returns:
            ``status`` and ``body`` of the first post (None: nobody answered, or nothing was
            posted) and the ``statuses`` of all.
        """
        async with self._turn:
            await self._post_waiting()
            answers = [await self._try(one) for one in webhooks for _ in range(copies)]
        status, body = answers[0] if answers else (None, "nothing was posted")
        return {"status": status, "body": body, "statuses": [status for status, _ in answers]}

    async def settle(self) -> None:
        """Wait until everything has been posted."""
        async with self._turn:
            await self._post_waiting()

    async def _post_waiting(self) -> None:
        while self._waiting:
            await self._try(self._waiting.popleft())

    async def _try(self, webhook: Webhook) -> tuple[int | None, str]:
        for attempt in range(1, self.attempts + 1):
            answer = await self._post(webhook)
            if attempt == self.attempts or not self.again(answer):
                break
        return (None, "nobody answered") if answer is None else (answer.status_code, answer.text)

    async def _post(self, webhook: Webhook) -> httpx.Response | None:
        headers = {"content-type": "application/json", **webhook.sign(webhook.body)}
        try:
            return await self.client.request(
                webhook.method, webhook.url, content=webhook.body, headers=headers, timeout=12
            )
        except httpx.TransportError:
            return None
