"""The fault schedule: what goes wrong, when and for how long, all drawn from the seed."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

from tests.faults.fleet import WORKERS
from tests.faults.world import World

_SEND = {"method": "POST", "path_contains": "/Messages.json"}
_ASKED = {"method": "POST", "path_contains": "/responses"}
_SHOP = {"method": "POST", "path_contains": "graphql"}
_DESK = {"method": "POST", "path_contains": "/tickets-webhook"}
_EVENTS = {"method": "POST", "path_contains": "/webhook"}
_GARBAGE: tuple[object, ...] = (
    "not json at all",
    {"id": "resp_1", "object": "response", "output": []},
    {"error": None, "status": "incomplete", "output": [{"type": "message", "content": []}]},
)

_SURELY = 3
"""So many kinds of fault happen in every run, however short."""

_NOTICED_SECONDS = 0.5
"""A killed process is seen to be gone after this."""

Faults = tuple[tuple[Callable[[], Awaitable[None]], int], ...]


@dataclass
class Mischief:
    """Injects faults until it is told to stop.

    Attributes:
        world: What is broken.
        rng: Where every choice comes from.
        slow: Also faults after which a text is looked for as long as two minutes.
        injected: How often each fault was injected.
    """

    world: World
    rng: Random
    slow: bool = False
    injected: Counter[str] = field(default_factory=Counter)

    async def run(self) -> None:
        """Break things for as long as it is let."""
        vendors = self._vendors() + (self._slow_ones() if self.slow else ())
        await asyncio.gather(
            self._keep_breaking(self._kills(), (1.0, 5.0), Random(self.rng.random())),  # noqa: S311
            self._keep_breaking(vendors, (0.5, 2.5), Random(self.rng.random())),  # noqa: S311
        )

    async def _keep_breaking(
        self, faults: Faults, every_seconds: tuple[float, float], rng: Random
    ) -> None:
        """Do one thing after the other, each once everything runs again.

        The first that a schedule names come first, then by chance.
        """
        acts, weights = zip(*faults, strict=True)
        surely = [*acts[:_SURELY]]
        while True:
            await asyncio.sleep(rng.uniform(*every_seconds))
            (act,) = [surely.pop(0)] if surely else rng.choices(acts, weights)
            self.injected[act.__name__.removeprefix("_").replace("_", " ")] += 1
            await act()
            if faults == self._kills():
                await asyncio.sleep(_NOTICED_SECONDS)
                await self.world.fleet.all_ready()

    def _kills(self) -> Faults:
        return (
            (self._store_locked_and_api_killed, 3),
            (self._carrier_slow_and_workers_killed, 4),
            (self._worker_killed, 4),
            (self._workers_killed, 2),
            (self._api_killed, 3),
            (self._temporal_killed, 2),
            (self._worker_frozen, 2),
            (self._temporal_frozen, 2),
            (self._store_locked, 2),
        )

    def _vendors(self) -> Faults:
        return (
            (self._carrier_loses_answers, 3),
            (self._helpdesk_loses_answers, 2),
            (self._receiver_fails, 2),
            (self._carrier_throttles, 2),
            (self._carrier_is_slow, 2),
            (self._carrier_muddles_callbacks, 2),
            (self._model_refuses, 3),
            (self._model_hangs, 1),
            (self._model_talks_nonsense, 2),
            (self._shop_fails, 2),
            (self._shop_throttles, 1),
            (self._helpdesk_fails, 2),
        )

    def _slow_ones(self) -> Faults:
        return ((self._carrier_fails, 1), (self._carrier_cuts, 1), (self._listing_fails, 1))

    async def _worker_killed(self) -> None:
        await self.world.fleet.kill(self.rng.choice(WORKERS), self.rng.uniform(0.1, 2))

    async def _workers_killed(self) -> None:
        for name in WORKERS:
            await self.world.fleet.kill(name, self.rng.uniform(0.1, 1))

    async def _api_killed(self) -> None:
        await self.world.fleet.kill("api", self.rng.uniform(0.1, 2))

    async def _temporal_killed(self) -> None:
        await self.world.fleet.kill("temporal", self.rng.uniform(0.1, 3))

    async def _worker_frozen(self) -> None:
        await self.world.fleet.freeze(self.rng.choice(WORKERS), self.rng.uniform(5.5, 8))

    async def _temporal_frozen(self) -> None:
        await self.world.fleet.freeze("temporal", self.rng.uniform(1, 7))

    async def _store_locked(self) -> None:
        await self._lock(self.rng.uniform(0.5, 3))

    async def _store_locked_and_api_killed(self) -> None:
        """What was signalled cannot be noted as signalled: it is signalled again later."""
        await asyncio.gather(self._lock(1.5), self._kill_api_within(1.2))

    async def _kill_api_within(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.world.fleet.kill("api", 0.1)

    async def _lock(self, seconds: float) -> None:
        path = self.world.fleet.folder / "agent.db"
        writer = sqlite3.connect(path, isolation_level=None, timeout=0.2)
        try:
            writer.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(seconds)
            writer.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return  # somebody else was writing
        finally:
            writer.close()

    async def _carrier_slow_and_workers_killed(self) -> None:
        """The text leaves while nobody is left who could note it."""
        await self._break("twilio", _SEND, kind="delay", delay_seconds=2.0, times=3)
        await asyncio.sleep(1.5)
        await self._workers_killed()

    async def _carrier_throttles(self) -> None:
        body = {"code": 20429, "message": "Too Many Requests", "status": 429}
        wait = {"retry-after": str(self.rng.randint(1, 3))}
        await self._break("twilio", _SEND, kind="status", status=429, body=body, headers=wait)

    async def _carrier_loses_answers(self) -> None:
        await self._break("twilio", _SEND, kind="lost_answer")

    async def _carrier_is_slow(self) -> None:
        await self._break("twilio", _SEND, kind="delay", delay_seconds=self.rng.uniform(0.5, 4))

    async def _carrier_fails(self) -> None:
        await self._break("twilio", _SEND, kind="status", status=500, times=1)

    async def _carrier_cuts(self) -> None:
        await self._break("twilio", _SEND, kind="cut", times=1)

    async def _listing_fails(self) -> None:
        listing = {"method": "GET", "path_contains": "/Messages.json"}
        await self._break("twilio", listing, kind="status", status=500)

    async def _carrier_muddles_callbacks(self) -> None:
        mode = self.rng.choice(("duplicate", "reversed", "none", "normal"))
        await self.world.control("/twilio/_control/settings", {"callbacks": mode})

    async def _model_refuses(self) -> None:
        status = self.rng.choice((429, 500, 503))
        body = {"error": {"message": "try again", "type": "server_error", "code": None}}
        wait = {"retry-after": "1"}
        await self._break("openai", _ASKED, kind="status", status=status, body=body, headers=wait)

    async def _model_hangs(self) -> None:
        await self._break("openai", _ASKED, kind="delay", delay_seconds=6.0)

    async def _model_talks_nonsense(self) -> None:
        body = self.rng.choice(_GARBAGE)
        await self._break("openai", _ASKED, kind="status", status=200, body=body)

    async def _shop_fails(self) -> None:
        kind = self.rng.choice(("status", "lost_answer", "delay"))
        await self._break("shopify", _SHOP, kind=kind, status=502, delay_seconds=3.0)

    async def _shop_throttles(self) -> None:
        await self.world.control("/shopify/_control/throttle", {"available": 0})

    async def _helpdesk_fails(self) -> None:
        status = self.rng.choice((429, 500, 503))
        await self._break("helpdesk", _DESK, kind="status", status=status)

    async def _helpdesk_loses_answers(self) -> None:
        await self._break("helpdesk", _DESK, kind="lost_answer")

    async def _receiver_fails(self) -> None:
        kind = self.rng.choice(("status", "lost_answer"))
        await self._break("events", _EVENTS, kind=kind, status=503)

    async def _break(self, vendor: str, where: dict[str, str], **fault: object) -> None:
        times = self.rng.randint(1, 4)
        await self.world.fault(vendor, **({"times": times} | where | fault))
