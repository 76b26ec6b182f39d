"""What runs on this machine, read from /proc."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")


def children(parent: int) -> list[int]:
    """Return the living children of a process."""
    return [pid for pid in _all() if _parent_and_state(pid) in {(parent, s) for s in "RSDTt"}]


def command_line(pid: int) -> str:
    """Return a process's command line, "" when it has ended."""
    return _read(pid, "cmdline").replace("\0", " ").strip()


def marked_with(entry: str) -> list[int]:
    """Return the living processes that have an entry ("NAME=value") in their environment."""
    return [pid for pid in _all() if entry in _read(pid, "environ").split("\0")]


def _all() -> Iterator[int]:
    return (int(path.name) for path in _PROC.iterdir() if path.name.isdecimal())


def _parent_and_state(pid: int) -> tuple[int, str]:
    # The name in parentheses may itself hold spaces and parentheses.
    fields = _read(pid, "stat").rpartition(")")[2].split()
    return (int(fields[1]), fields[0]) if len(fields) > 1 else (0, "")


def _read(pid: int, name: str) -> str:
    with contextlib.suppress(OSError):
        return (_PROC / str(pid) / name).read_bytes().decode("utf-8", "replace")
    return ""
