"""``python -m tests.faults.soak --seed 1 --conversations 1000``: the conversation under fire.

The real stack runs as separate processes. Scripted customers talk to it while a seeded schedule
kills, freezes and starves its parts. When all have said what they had to say, the faults end, the
sweeper runs, and the laws are checked on what the sandbox has recorded.
"""

import argparse
import asyncio
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from temporalio.client import Client
from temporalio.service import RPCError

from activities.upkeep_messages import Sweep
from runtime.temporal_client import connect
from tests.faults.cast import a_cast, shop_rows
from tests.faults.checks import check, unfinished
from tests.faults.customer import Customer
from tests.faults.fleet import Fleet, a_fleet
from tests.faults.mischief import Mischief
from tests.faults.record import Record, Recorder
from tests.faults.scripts import Script
from tests.faults.story import Story
from tests.faults.table import table
from tests.faults.violation import Violation
from tests.faults.world import World, a_client
from workflows.protocol import CONVERSATIONS_QUEUE
from workflows.sweeper import Sweeper

_SWEEP_EVERY_SECONDS = 8.0
_LOOK_SECONDS = 2.0
_FIRST = asyncio.FIRST_COMPLETED

Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """One run.

    Attributes:
        seed: Where every choice comes from.
        conversations: How many customers.
        slow: Also faults that take minutes to heal.
        quiet_seconds: How long to wait for rest after the faults.
        fault_seconds: How long things go wrong and customers begin; None until all have talked.
        at_once: How many customers talk at the same time.
        progress_seconds: Time between two lines of progress.
    """

    seed: int
    conversations: int
    slow: bool = True
    quiet_seconds: float = 240
    fault_seconds: float | None = None
    at_once: int = 16
    progress_seconds: float = 5


@dataclass
class Run:
    """One run while it goes on, and what came of it."""

    plan: Plan
    fleet: Fleet
    world: World
    mischief: Mischief
    recorder: Recorder
    say: Say
    done: int = 0
    violations: list[Violation] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    @property
    def record(self) -> Record:
        """What was recorded."""
        return self.recorder.record

    async def play(self) -> None:
        """Play all customers under faults, let the product come to rest, check the laws."""
        cast = a_cast(self.plan.seed, self.plan.conversations)
        await self.world.control("/twilio/_control/settings", {"keyword_handling": False})
        rows = shop_rows([story for story, _, _ in cast])
        await self.world.control("/shopify/_control/seed", rows)
        progress = asyncio.create_task(self._tell())
        mischief = asyncio.create_task(self.mischief.run())
        room = asyncio.Semaphore(self.plan.at_once)
        talk = asyncio.gather(*(self._customer(room, *part) for part in cast))
        waiting: set[asyncio.Future[Any]] = {talk, mischief}
        await asyncio.wait(waiting, timeout=self.plan.fault_seconds, return_when=_FIRST)
        if mischief.done():
            await mischief  # it ends by a fault of its own only
        mischief.cancel()
        await asyncio.wait({mischief})
        await self._heal()
        await talk
        await self._rest()
        progress.cancel()

    async def _customer(
        self, room: asyncio.Semaphore, story: Story, script: Script, rng: Random
    ) -> None:
        async with room:
            limit = self.plan.fault_seconds
            if limit is not None and time.monotonic() - self.started > limit:
                return
            self.record.stories.append(story)
            await script(Customer(self.world, story, rng))
            self.done += 1

    async def _heal(self) -> None:
        self.say("the faults end")
        for name in ("temporal", "worker-1", "worker-2"):
            await self.fleet.freeze(name, 0)  # SIGCONT, should one have been left standing
        await self.fleet.all_ready()
        await self.recorder.heal_twilio()
        for vendor in ("openai", "shopify", "helpdesk", "events"):
            await self.world.control(f"/{vendor}/_control/reset", {})
        await self.world.heal()

    async def _rest(self) -> None:
        """Wait until nothing is missing any more, or for as long as the plan allows."""
        client = await connect(self.fleet.settings)
        began = time.monotonic()
        swept = float("-inf")
        while True:
            if time.monotonic() - swept > _SWEEP_EVERY_SECONDS:
                await _sweep(client, f"soak-sweep-{time.monotonic():.0f}")
                swept = time.monotonic()
            self.violations = check(await self.recorder.refresh())
            if not unfinished(self.violations):
                return
            if time.monotonic() - began > self.plan.quiet_seconds:
                return
            await asyncio.sleep(_LOOK_SECONDS)

    async def _tell(self) -> None:
        while True:
            await asyncio.sleep(self.plan.progress_seconds)
            seconds = time.monotonic() - self.started
            texts = sum(len(story.said) for story in self.record.stories)
            self.say(
                f"[{seconds:4.0f} s] {self.done}/{self.plan.conversations} conversations · "
                f"{texts} texts · {self.mischief.injected.total()} faults · "
                f"{self.fleet.ended.total()} kills · {self.fleet.recovered.total()} recoveries · "
                f"open: {len(self.violations)}"
            )
            for violation in self.violations[:3]:
                self.say(f"         {violation}")


async def soak(plan: Plan, folder: Path, say: Say) -> Run:
    """Run one plan on a fresh installation.

    Args:
        plan: What to do.
        folder: An empty folder; logs and databases stay in it.
        say: Takes a line of progress.
    """
    async with a_fleet(folder) as fleet, a_client() as http:
        world = World(fleet, http)
        run = Run(
            plan,
            fleet,
            world,
            Mischief(world, Random(f"mischief {plan.seed}"), slow=plan.slow),  # noqa: S311
            Recorder(world, Record(stories=[])),
            say,
        )
        await run.play()
        return run


async def _sweep(client: Client, workflow_id: str) -> None:
    try:
        await client.execute_workflow(
            Sweeper.run, Sweep(), id=workflow_id, task_queue=CONVERSATIONS_QUEUE
        )
    except RPCError:
        return


async def _until_told(running: Coroutine[None, None, Run]) -> Run:
    """Run to the end, or leave nothing behind when the process is told to stop."""
    task = asyncio.create_task(running)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    return await task


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Run from the command line; exit code 1 when a law was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--conversations", type=int, default=1000)
    parser.add_argument("--seconds", type=float, help="faults and new customers end then")
    parser.add_argument("--at-once", type=int, default=16, help="customers at the same time")
    parser.add_argument("--quick", action="store_true", help="no faults that take minutes to heal")
    parser.add_argument("--quiet", type=float, default=240, help="seconds to wait for rest")
    parser.add_argument("--folder", type=Path, help="keep logs and databases here")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="soak-"))
    folder.mkdir(parents=True, exist_ok=True)
    plan = Plan(
        given.seed,
        given.conversations,
        slow=not given.quick,
        quiet_seconds=given.quiet,
        fault_seconds=given.seconds,
        at_once=given.at_once,
    )
    _say(f"seed {plan.seed}, {plan.conversations} conversations; logs in {folder}")
    run = asyncio.run(_until_told(soak(plan, folder, _say)))
    for line in table(run.record, run.mischief.injected, run.fleet):
        _say(line)
    for violation in run.violations:
        _say(f"  {violation}")
    _say(f"violations: {len(run.violations)}")
    return 1 if run.violations else 0


if __name__ == "__main__":
    sys.exit(main())
