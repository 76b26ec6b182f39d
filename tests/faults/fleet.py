"""The real processes of one installation: started, killed, frozen, and started again."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import yaml

from runtime.adapters import present
from runtime.brand_files import read_brand_file
from runtime.environment import process_environment
from runtime.settings import Settings
from runtime.temporal_server import server_command
from runtime.wiring import build_runtime
from store.migrate import migrate
from tests.faults.proxy import Proxy
from tests.processes.processes import marked_with
from tests.wait import free_ports, until

ROOT = Path(__file__).parents[2]
OPERATOR_KEY = "soak-operator-key"
WORKERS = ("worker-1", "worker-2")
TIMERS = {
    "burst_window_seconds": 0.4,
    "thanks_after_minutes": 0.05,
    "idle_after_hours": 0.006,
}
"""Short enough that conversations also end within a run."""

_PORTS = ("API_PORT", "CONSOLE_PORT", "SANDBOX_PORT", "TEMPORAL_PORT", "TEMPORAL_UI_PORT")
_FOREIGN: tuple[str, ...] = (
    "TWILIO_",
    "SHOPIFY_",
    "HELPDESK_",
    "MODEL_",
    "EVENTS_",
    "KLAVIYO_",
    "API_",
    "DATABASE_",
)
_FOREIGN += ("TEMPORAL_", "PUBLIC_", "PAYLOAD_", "BRAND_FILES", "SANDBOX")
_VENDORS = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 31 + "1",
    "TWILIO_AUTH_TOKEN": "sandbox-auth-token",
    "TWILIO_BASE_URL": "{sandbox}/twilio",
    "TWILIO_ACCOUNTS_BASE_URL": "{sandbox}/twilio",
    "SHOPIFY_CLIENT_ID": "demo-client",
    "SHOPIFY_CLIENT_SECRET": "demo-secret",
    "SHOPIFY_BASE_URL": "{sandbox}/shopify/{shop}",
    "HELPDESK_URL": "{sandbox}/helpdesk/tickets-webhook",
    "HELPDESK_SECRET": "whsec_c2FuZGJveC1oZWxwZGVzay1zZWNyZXQ=",
    "EVENTS_URL": "{sandbox}/events/webhook",
    "EVENTS_SECRET": "whsec_c2FuZGJveC1ldmVudHMtc2VjcmV0",
    "MODEL_API_KEY": "sk-sandbox",
    "MODEL_NAME": "rules",
    "MODEL_BASE_URL": "{sandbox}/openai/v1",
    "MODEL_TIMEOUT_SECONDS": "4",
}


@dataclass
class Fleet:
    """All processes of one run; whichever ends is started again.

    Attributes:
        folder: Data folder, in the environment of these processes and of no others.
        settings: As the processes read them.
        environment: What every process is given.
        own: What some processes are given besides, by their name.
        ended: How often each process was ended, by its name.
        recovered: How often one that had ended was ready again.
    """

    folder: Path
    settings: Settings
    environment: Mapping[str, str]
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ended: Counter[str] = field(default_factory=Counter)
    recovered: Counter[str] = field(default_factory=Counter)
    _commands: dict[str, Sequence[str]] = field(default_factory=dict)
    _running: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)
    _pauses: dict[str, float] = field(default_factory=dict)
    _watchers: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        """Start everything and wait until it is ready."""
        ports = [f"--port={self.settings.sandbox_port}", f"--api-url={self.settings.api_url}"]
        self._commands = {
            "temporal": server_command(self.settings),
            "sandbox": [sys.executable, "-m", "sandbox", *ports],
            **{name: [sys.executable, "worker.py"] for name in WORKERS},
            "api": [sys.executable, "-m", "api"],
        }
        for name in self._commands:
            await self._spawn(name)
        for name in self._commands:
            await until(lambda name=name: self._is_ready(name), f"{name} is up", 90)
            self._watchers.append(asyncio.create_task(self._watch(name)))

    async def kill(self, name: str, down_seconds: float) -> None:
        """SIGKILL a process; it stays away so long."""
        self._pauses[name] = down_seconds
        self.send(name, signal.SIGKILL)
        await asyncio.sleep(0)

    async def freeze(self, name: str, seconds: float) -> None:
        """Let a process stand still (SIGSTOP, SIGCONT)."""
        process = self._running[name]
        self.send(name, signal.SIGSTOP)
        await asyncio.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGCONT)

    def slow_down(self, name: str) -> None:
        """Let every other process go first, so that a moment in this one can be met."""
        with contextlib.suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self._running[name].pid, 19)

    async def all_ready(self, seconds: float = 90) -> None:
        """Wait until every process runs and works."""
        for name in self._commands:
            await until(lambda name=name: self._is_ready(name), f"{name} is up again", seconds)

    async def end(self) -> None:
        """End every process of this folder."""
        for watcher in self._watchers:
            watcher.cancel()
        await asyncio.gather(*self._watchers, return_exceptions=True)
        for pid in marked_with(f"DATA_DIR={self.folder}"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for process in self._running.values():
            await process.wait()

    def send(self, name: str, number: signal.Signals) -> None:
        """Send a signal to a process, if it is there."""
        with contextlib.suppress(ProcessLookupError):
            self._running[name].send_signal(number)

    async def _watch(self, name: str) -> None:
        while True:
            await self._running[name].wait()
            self.ended[name] += 1
            await asyncio.sleep(self._pauses.pop(name, 0.2))
            await self._spawn(name)
            process = self._running[name]
            while process.returncode is None:
                if await self._is_ready(name):
                    self.recovered[name] += 1
                    break
                await asyncio.sleep(0.1)

    async def _spawn(self, name: str) -> None:
        with self._log(name).open("ab") as log:
            log.write(f"--- started at {time.time():.3f}\n".encode())
            self._running[name] = await asyncio.create_subprocess_exec(
                *self._commands[name],
                cwd=ROOT,
                env={**self.environment, **self.own.get(name, {})},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def _is_ready(self, name: str) -> bool:
        if self._running[name].returncode is not None:
            return False
        if name in WORKERS:
            last = self._log(name).read_bytes().rpartition(b"--- started at")[2]
            return b"worker_ready" in last
        port = self.settings.temporal_port
        if name != "temporal":
            port = self.settings.api_port if name == "api" else self.settings.sandbox_port
            return await _answers(f"http://127.0.0.1:{port}/healthz")
        return await _listens(port)

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


@asynccontextmanager
async def a_fleet(
    folder: Path,
    detours: Mapping[str, Proxy] | None = None,
    carrier: Proxy | None = None,
    databases: Mapping[str, str] | None = None,
) -> AsyncIterator[Fleet]:
    """Give a fresh installation of the demo brand, running; nothing of it survives.

    Args:
        folder: An empty folder.
        detours: Through what some processes reach Temporal, by their name.
        carrier: Through what texts are sent.
        databases: URL by which some processes reach the database, by their name, and "" that of
            all others; SQLite in the folder by default.
    """
    urls = {"": None, **(databases or {})}
    given = dict(zip(_PORTS, free_ports(len(_PORTS)), strict=True))
    brand = _brand_file(folder)
    settings = Settings(
        _env_file=None,
        data_dir=folder,
        database_url=urls[""],
        **{name.lower(): port for name, port in given.items()},  # type: ignore[arg-type]
    )
    environment = {
        name: value
        for name, value in process_environment().items()
        if not name.startswith(_FOREIGN) and name not in _PORTS
    }
    environment |= {name: str(port) for name, port in given.items()}
    environment |= {k: v.replace("{sandbox}", settings.sandbox_url) for k, v in _VENDORS.items()}
    environment |= {"DATA_DIR": str(folder), "BRAND_FILES": str(brand), "API_KEY": OPERATOR_KEY}
    migrate(settings.database)
    runtime = build_runtime(settings)
    try:
        runtime.brands.save_settings(read_brand_file(brand), "soak", present())
    finally:
        runtime.database.close()
    if carrier is not None:
        carrier.target = settings.sandbox_port
        environment["TWILIO_BASE_URL"] = f"http://127.0.0.1:{carrier.port}/twilio"
    own: dict[str, dict[str, str]] = {
        name: {"DATABASE_URL": urls.get(name) or settings.database} for name in (*WORKERS, "api")
    }
    for name, proxy in (detours or {}).items():
        proxy.target = settings.temporal_port
        own[name]["TEMPORAL_ADDRESS"] = f"127.0.0.1:{proxy.port}"
    fleet = Fleet(folder, settings, environment, own)
    try:
        await fleet.start()
        yield fleet
    finally:
        await fleet.end()


def _brand_file(folder: Path) -> Path:
    demo = ROOT / "sandbox" / "demo"
    settings: dict[str, Any] = yaml.safe_load((demo / "brand.yaml").read_text(encoding="utf-8"))
    settings["knowledge"] = str(demo / "knowledge.json")
    settings["timers"] = TIMERS
    settings["marketing"] = {"webhook": {}}
    path = folder / "brand.yaml"
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return path


async def _answers(url: str) -> bool:
    async with httpx.AsyncClient(timeout=2, trust_env=False) as http:
        try:
            return (await http.get(url)).status_code == 200
        except httpx.HTTPError:
            return False


async def _listens(port: int) -> bool:
    try:
        _reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True
