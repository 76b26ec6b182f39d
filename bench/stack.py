"""The real product on loopback for one benchmark: its own ports, its own folder, nothing else."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from bench.stack_settings import ROOT, stack_environment, stack_settings, write_brand_file
from runtime.settings import Settings
from runtime.temporal_server import server_command

_START_SECONDS = 60
_END_SECONDS = 15
_FAIR_KEY = "matching.enableFairness"
_FAIR = f"{_FAIR_KEY}=true"


@dataclass
class Stack:
    """Processes under test.

    Attributes:
        folder: Databases and logs; removed at the end.
        settings: As every process reads them.
        metrics_port: Where the Temporal server tells its counters.
        environment: Of every process; what this shell has set does not reach them.
    """

    folder: Path
    settings: Settings
    metrics_port: int
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def pids(self) -> dict[str, int]:
        """Return the process ids by name."""
        return {name: process.pid for name, process in self.processes.items()}

    @property
    def database(self) -> Path:
        """Return the product's database file."""
        return self.folder / "agent.db"

    def start_temporal(self, *, fair: bool = True) -> None:
        """Start the server, state in a file as in `sms-agent up`, with its metrics page.

        Args:
            fair: It heeds the brands' fairness keys; else tasks are taken as they come.
        """
        command = server_command(self.settings)
        if not fair:
            command = [word.replace(_FAIR, f"{_FAIR_KEY}=false") for word in command]
        self._start("temporal", [*command, f"--metrics-port={self.metrics_port}", "--headless"])
        self._wait_for("temporal", f"http://127.0.0.1:{self.metrics_port}/metrics")

    def start_sandbox(self, *numbers: str) -> None:
        """Start the emulated vendors, the carrier with these numbers of ours or the demo's."""
        given = self.settings
        self._start(
            "sandbox",
            [
                sys.executable, "-m", "sandbox",
                f"--port={given.sandbox_port}", f"--api-url={given.api_url}",
                *(f"--number={number}" for number in numbers),
            ],
        )  # fmt: skip
        self._wait_for("sandbox", f"{given.sandbox_url}/healthz")

    def start_worker(self) -> None:
        """Start the worker; it must be up before the API hands over, it registers attributes."""
        self._start("worker", [sys.executable, str(ROOT / "worker.py")])
        deadline = time.monotonic() + _START_SECONDS
        while b"worker_ready" not in (self.folder / "worker.log").read_bytes():
            self._check("worker", deadline)

    def start_api(self) -> None:
        """Start the API."""
        self._start("api", [sys.executable, "-m", "api"])
        self._wait_for("api", f"{self.settings.api_url}/healthz")

    def start_floor(self, port: int) -> None:
        """Start the endpoint that only checks the signature (`bench.floor`)."""
        self._start("floor", [sys.executable, "-m", "bench.floor", str(port)])
        self._wait_for("floor", f"http://127.0.0.1:{port}/healthz")

    def control(self, path: str, body: object) -> None:
        """Tell the sandbox something."""
        httpx.post(self.settings.sandbox_url + path, json=body, trust_env=False).raise_for_status()

    def command(self, *words: str) -> None:
        """Run one `sms-agent` command to its end."""
        subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, "-m", "runtime.cli", *words],
            cwd=self.folder, env=self.environment, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def end(self) -> None:
        """End what was started, the last first, and wait for each."""
        for name in reversed(self.processes):
            self.stop(name)
        self.processes.clear()

    def stop(self, name: str) -> None:
        """End one process."""
        process = self.processes[name]
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _start(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(  # noqa: S603 - our own commands
                command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def _wait_for(self, name: str, url: str) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(url, timeout=2, trust_env=False).is_success:
                    return
            self._check(name, deadline)

    def _check(self, name: str, deadline: float) -> None:
        if self.processes[name].poll() is not None or time.monotonic() > deadline:
            log = (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"{name} did not start: {log[-500:]}")
        time.sleep(0.05)


@contextlib.contextmanager
def new_stack(burst_window: float) -> Iterator[Stack]:
    """Make a folder with a migrated database and the demo brand; end all processes at the end.

    Args:
        burst_window: Seconds the brand waits for more texts.
    """
    with TemporaryDirectory(prefix="sms-agent-bench-") as name:
        folder = Path(name)
        settings, metrics_port = stack_settings(folder)
        stack = Stack(folder, settings, metrics_port, stack_environment(settings))
        # Ended from outside, this process still ends the ones it has started.
        signal.signal(signal.SIGTERM, _leave)
        try:
            stack.command("migrate")
            stack.command("settings", "import", str(write_brand_file(folder, burst_window)))
            yield stack
        finally:
            stack.end()


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)
