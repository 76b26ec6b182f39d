"""Starting a handful of processes, restarting those that die, ending all of them."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from domain.errors import ConfigurationError

Probe = Callable[[], Awaitable[bool]]
Say = Callable[[str], None]

_START_SECONDS = 60.0
_PROBE_SECONDS = 0.1
_END_SECONDS = 12.0
_FIRST_PAUSE_SECONDS = 0.2
_LONGEST_PAUSE_SECONDS = 5.0
_STEADY_SECONDS = 5.0
"""A process that ran so long did not fail at its start."""
_FATAL_EXIT = 2
"""A process that ends with this found its settings wrong: starting it again helps nobody."""


@dataclass(frozen=True)
class Service:
    """One process.

    Attributes:
        name: As progress and logs call it.
        command: What to run.
        ready: Says whether it can be worked with.
    """

    name: str
    command: Sequence[str]
    ready: Probe


@dataclass
class Supervisor:
    """Runs services; each writes to a log file of its own.

    Attributes:
        logs: Folder of the log files.
        environment: What every service is given.
        say: Shows a line of progress.
    """

    logs: Path
    environment: dict[str, str]
    say: Say
    _running: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)
    _watchers: list[asyncio.Task[None]] = field(default_factory=list)
    _ending: bool = False

    async def start(self, service: Service) -> None:
        """Start a service and wait until it is ready.

        Raises:
            ConfigurationError: It ended, or is not ready in time; shows the end of its log.
        """
        process = await self._spawn(service)
        waited = 0.0
        while not await service.ready():
            if process.returncode is not None or waited > _START_SECONDS:
                raise ConfigurationError(f"{service.name} did not start: {self._tail(service)}")
            await asyncio.sleep(_PROBE_SECONDS)
            waited += _PROBE_SECONDS
            if round(waited / _PROBE_SECONDS) % 50 == 0:
                self.say(f"  waiting for {service.name} … {waited:.0f} s")
        self.say(f"  {service.name} is up")
        self._watchers.append(asyncio.create_task(self._watch(service)))

    async def end(self) -> None:
        """End every service, the last started first, and wait for each."""
        self._ending = True
        for task in self._watchers:
            task.cancel()
        # A watcher may be starting a process at this very moment.
        await asyncio.gather(*self._watchers, return_exceptions=True)
        for name in reversed(self._running):
            await _end(self._running[name])

    async def _spawn(self, service: Service) -> asyncio.subprocess.Process:
        with self._log(service).open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *service.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                # Ctrl-C reaches only this process, which then ends the others in order.
                start_new_session=True,
            )
        self._running[service.name] = process
        return process

    async def _watch(self, service: Service) -> None:
        pause = _FIRST_PAUSE_SECONDS
        while not self._ending:
            started = time.monotonic()
            code = await self._running[service.name].wait()
            if code == _FATAL_EXIT:
                self.say(f"  {service.name} gave up: {self._tail(service)}")
                return
            self.say(f"  {service.name} ended ({code}); starting it again")
            if time.monotonic() - started > _STEADY_SECONDS:
                pause = _FIRST_PAUSE_SECONDS
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
            await self._spawn(service)

    def _log(self, service: Service) -> Path:
        return self.logs / f"{service.name}.log"

    def _tail(self, service: Service) -> str:
        text = self._log(service).read_text(encoding="utf-8", errors="replace").strip()
        last = text.splitlines()[-1] if text else "it wrote nothing"
        return f"{last} (see {self._log(service)})"


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    _signal_group(process.pid, signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), _END_SECONDS)
    except TimeoutError:
        _signal_group(process.pid, signal.SIGKILL)
        await process.wait()


def _signal_group(group: int, number: signal.Signals) -> None:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return


def python() -> str:
    """Return the interpreter that services run on."""
    return sys.executable
