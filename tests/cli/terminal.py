"""Commands of `sms-agent` as processes of their own, with settings that are only the test's."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from runtime.environment import process_environment
from tests.wait import free_ports

ROOT = Path(__file__).parents[2]
PORTS = ("API_PORT", "CONSOLE_PORT", "SANDBOX_PORT", "TEMPORAL_PORT", "TEMPORAL_UI_PORT")


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Terminal:
    """A terminal in a folder of its own.

    Attributes:
        folder: Data folder; empty at first.
        environment: Variables of every command.
    """

    folder: Path
    environment: dict[str, str]

    def run(
        self,
        *words: str,
        stdin: bytes = b"",
        cwd: Path = ROOT,
        variables: Mapping[str, str] = MappingProxyType({}),
    ) -> Said:
        """Run `sms-agent WORDS` to its end."""
        command = [sys.executable, "-m", "runtime.cli", *words]
        return self.execute(command, stdin=stdin, cwd=cwd, variables=variables)

    def execute(
        self,
        command: Sequence[str],
        *,
        stdin: bytes = b"",
        cwd: Path = ROOT,
        variables: Mapping[str, str] = MappingProxyType({}),
    ) -> Said:
        """Run any command to its end."""
        done = subprocess.run(  # noqa: S603  (the words are the test's own)
            command,
            input=stdin,
            capture_output=True,
            cwd=cwd,
            env={**self.environment, "PYTHONPATH": str(ROOT), **variables},
            timeout=60,
            check=False,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def a_terminal(folder: Path) -> Terminal:
    """Return a terminal without any setting but its folder and free ports."""
    kept = {k: v for k, v in process_environment().items() if k in ("PATH", "HOME", "LANG")}
    ports = dict(zip(PORTS, map(str, free_ports(len(PORTS))), strict=True))
    return Terminal(folder, {**kept, **ports, "DATA_DIR": str(folder)})
