"""CPU time of processes and of the whole machine, read from /proc."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Reading:
    """CPU seconds used up to one instant.

    Attributes:
        at: Monotonic seconds.
        busy: Of the whole machine, idle and waiting for disks left out.
        by_process: By the name we call the process by.
    """

    at: float
    busy: float
    by_process: Mapping[str, float]


@dataclass(frozen=True)
class Spent:
    """CPU seconds used between two readings."""

    elapsed: float
    by_process: Mapping[str, float]
    others: float
    cores: int

    @property
    def share_of_others(self) -> float:
        """Return the share of the machine that unrelated processes took, 0 to 1."""
        return self.others / (self.elapsed * self.cores)


def read_processor(pids: Mapping[str, int]) -> Reading:
    """Read the clocks of the machine and of some processes; one that has ended counts 0."""
    return Reading(
        at=time.monotonic(),
        busy=_machine_seconds(),
        by_process={name: _process_seconds(pid) for name, pid in pids.items()},
    )


def spent(before: Reading, after: Reading) -> Spent:
    """Return what was used between two readings of the same processes."""
    ours = {n: after.by_process[n] - before.by_process[n] for n in before.by_process}
    others = (after.busy - before.busy) - sum(ours.values())
    return Spent(
        elapsed=after.at - before.at,
        by_process=ours,
        others=max(0.0, others),
        cores=os.cpu_count() or 1,
    )


def _process_seconds(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    # The name in brackets may hold blanks: fields are counted from behind it.
    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _machine_seconds() -> float:
    line = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]
    user, nice, system, _idle, _wait, interrupts, soft, stolen = (int(x) for x in line)
    return (user + nice + system + interrupts + soft + stolen) / _TICKS
