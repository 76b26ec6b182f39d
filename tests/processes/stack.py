"""The real product as `sms-agent up` starts it: processes, free ports, a folder of its own.

A test kills the processes and reads from the sandbox's own record what the customer received.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import yaml

from runtime.environment import process_environment
from tests.processes.processes import children, command_line, marked_with
from tests.wait import free_ports, until

ROOT = Path(__file__).parents[2]
OURS = "+13125550199"
PORTS = ("API_PORT", "CONSOLE_PORT", "SANDBOX_PORT", "TEMPORAL_PORT", "TEMPORAL_UI_PORT")
SERVICES = {
    "worker": "worker.py",
    "api": "-m api",
    "sandbox": "-m sandbox",
    "temporal": "server start-dev",
}
_FOREIGN = ("TWILIO_", "SHOPIFY_", "HELPDESK_", "MODEL_", "API_KEY", "DATABASE_URL", "TEMPORAL_")


@dataclass
class Stack:
    """One installation and the `up` that runs it.

    Attributes:
        folder: Its data folder; no other process has it in its environment.
        environment: What every command of it is given.
        http: For the sandbox's controls and the webhook.
        said: What `up` has printed, line by line.
    """

    folder: Path
    environment: Mapping[str, str]
    http: httpx.AsyncClient
    said: list[str] = field(default_factory=list)
    _up: asyncio.subprocess.Process | None = None

    @property
    def sandbox_url(self) -> str:
        """Where the emulated vendors answer."""
        return f"http://127.0.0.1:{self.environment['SANDBOX_PORT']}"

    @property
    def api_url(self) -> str:
        """Where the API answers."""
        return f"http://127.0.0.1:{self.environment['API_PORT']}"

    async def start(self) -> None:
        """Run `up` and wait until it says READY."""
        self.said.clear()
        self._up = await self._spawn("up", "--no-sample")
        assert self._up.stdout is not None
        while line := (await self._up.stdout.readline()).decode():
            self.said.append(line.rstrip())
            if line.startswith("READY "):
                asyncio.create_task(self._listen(self._up.stdout))  # noqa: RUF006  (ends with it)
                return
        raise AssertionError("\n".join(self.said))

    async def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send `up` a signal and return its exit code."""
        assert self._up is not None
        self._up.send_signal(number)
        return await asyncio.wait_for(self._up.wait(), 40)

    async def run(self, *words: str) -> tuple[int, str, str]:
        """Run a command of `sms-agent` to its end; returns code, output and errors."""
        process = await self._spawn(*words, stderr=asyncio.subprocess.PIPE)
        out, err = await asyncio.wait_for(process.communicate(), 90)
        return process.returncode or 0, out.decode(), err.decode()

    async def ask(self, *words: str) -> dict[str, Any]:
        """Run `sms-agent text --json` and return what it prints."""
        code, out, err = await self.run("text", "--json", *words)
        assert code == 0, f"{out}{err}"
        found: dict[str, Any] = json.loads(out)
        return found

    def pid(self, service: str) -> int | None:
        """Return the process of a service, None while it is not there."""
        assert self._up is not None
        fitting = [p for p in children(self._up.pid) if SERVICES[service] in command_line(p)]
        return fitting[0] if fitting else None

    def send(self, service: str, number: signal.Signals) -> int:
        """Send a signal to a service's process and return which process that was."""
        pid = self.pid(service)
        assert pid is not None, f"{service} does not run"
        os.kill(pid, number)
        return pid

    async def replaced(self, service: str, pid: int) -> None:
        """Wait until another process has taken a service's place."""
        await until(lambda: self.pid(service) not in (None, pid), f"{service} runs again")

    def left_behind(self) -> list[str]:
        """Return the command lines of all processes of this installation."""
        return [command_line(p) for p in marked_with(f"DATA_DIR={self.folder}")]

    async def control(self, path: str, body: object = None) -> dict[str, Any]:
        """Ask the sandbox: a GET without a body, else a POST."""
        method = "GET" if body is None else "POST"
        answer = await self.http.request(method, self.sandbox_url + path, json=body)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text[:300]}"
        found: dict[str, Any] = answer.json()
        return found

    async def _spawn(
        self, *words: str, stderr: int = asyncio.subprocess.STDOUT
    ) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "runtime.cli",
            *words,
            cwd=ROOT,
            env=self.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=stderr,
            start_new_session=True,
        )

    async def _listen(self, stream: asyncio.StreamReader) -> None:
        while line := (await stream.readline()).decode():
            self.said.append(line.rstrip())


@asynccontextmanager
async def an_installation(folder: Path, **timers: float) -> AsyncIterator[Stack]:
    """Give an installation of the demo brand that does not run yet; nothing of it survives.

    Args:
        folder: An empty folder.
        timers: Waits of the brand that differ from its file's.
    """
    environment = {
        name: value
        for name, value in process_environment().items()
        if not name.startswith(_FOREIGN) and name not in PORTS
    }
    environment |= dict(zip(PORTS, map(str, free_ports(len(PORTS))), strict=True))
    environment |= {"DATA_DIR": str(folder), "BRAND_FILES": str(_brand_file(folder, timers))}
    async with httpx.AsyncClient(timeout=20, trust_env=False) as http:
        stack = Stack(folder, environment, http)
        try:
            yield stack
        finally:
            for pid in marked_with(f"DATA_DIR={folder}"):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def _brand_file(folder: Path, timers: Mapping[str, float]) -> Path:
    demo = ROOT / "sandbox" / "demo"
    settings = yaml.safe_load((demo / "brand.yaml").read_text(encoding="utf-8"))
    settings["knowledge"] = str(demo / "knowledge.json")
    if timers:
        settings["timers"] = dict(timers)
    path = folder / "brand.yaml"
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return path
