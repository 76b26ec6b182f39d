"""``python -m tests.faults.mutants``: with any one guard removed, the short run must fail.

Each mutant is a copy of the tree in a temporary folder with one edit. A run of the harness there
has to report violations; a mutant that survives is a guard that nothing would miss.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.faults.fleet import ROOT

_ROOMS = (
    "activities agent api domain providers runtime sandbox store tests workflows worker.py "
    "pyproject.toml"
).split()


@dataclass(frozen=True)
class Mutant:
    """One guard removed: the texts `before` in a file, replaced by `after`."""

    name: str
    path: str
    before: str
    after: str


MUTANTS = (
    Mutant(
        "the last look before a send finds nothing",
        "store/send_veto.py",
        "    unreachable = _is_unreachable(connection, row)\n",
        "    return None\n    unreachable = _is_unreachable(connection, row)\n",
    ),
    Mutant(
        "a text may be sent whatever its row says",
        "store/outbox.py",
        "    if row.state is not OutboxState.READY:\n",
        "    if row.state is not OutboxState.READY:\n        return Claim(row=row, granted=True)\n",
    ),
    Mutant(
        "a conversation acts on a message as often as it is told",
        "workflows/state.py",
        "        if message_id in self.seen:\n            return False\n",
        "",
    ),
    Mutant(
        "a webhook that comes again is a new text",
        "store/ingest.py",
        'derived_id("inbound", message.provider, message.provider_message_id)\n',
        "new_id()\n"
        "        message = message.model_copy(update={\n"
        '            "provider_message_id": message.provider_message_id + message_id[:4]})\n',
    ),
    Mutant(
        "nobody looks after what a killed process left behind",
        "runtime/dispatch_loop.py",
        "                await self._look_after()\n",
        "                await asyncio.sleep(0)\n",
    ),
    Mutant(
        "an answer that was lost counts as a send that was not tried",
        "activities/sends.py",
        "                result = SendResult(state=OutboxState.UNKNOWN, problem=outcome.problem)\n",
        "                await self._not_tried(row, outcome.problem, 1.0)\n",
    ),
    Mutant(
        "a helpdesk that was asked twice knows nothing of the first time",
        "activities/tickets.py",
        'external_id=f"conv:{request.conversation_id}:{request.handoff}"',
        'external_id=f"conv:{request.conversation_id}:{self._clock().timestamp()}"',
    ),
    Mutant(
        "an event has another id each time it is queued",
        "domain/events.py",
        "event_id=",
        "event_id=str(at.timestamp()) + ",
    ),
)


def survives(mutant: Mutant, seeds: tuple[int, ...], seconds: float) -> bool:
    """Return whether a mutant gets through the short run of every seed."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as name:
        folder = Path(name)
        for room in _ROOMS:
            source = ROOT / room
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, folder / room)
        path = folder / mutant.path
        text = path.read_text(encoding="utf-8")
        assert text.count(mutant.before) == 1, f"{mutant.path} has changed: {mutant.before!r}"
        path.write_text(text.replace(mutant.before, mutant.after), encoding="utf-8")
        return all(_passes(folder, seed, seconds) for seed in seeds)


def _passes(folder: Path, seed: int, seconds: float) -> bool:
    command = [sys.executable, "-m", "tests.faults.soak", f"--seed={seed}", "--conversations=40"]
    command += ["--quick", "--at-once=24", f"--seconds={seconds}", "--quiet=60"]
    command += [f"--folder={folder / f'run-{seed}'}"]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    lines = ended.stdout.splitlines()
    for line in [line for line in lines if line.startswith("  ") and ": " in line][-3:]:
        sys.stdout.write(f"    {line.strip()}\n")
    sys.stdout.write(f"    seed {seed}: {lines[-1] if lines else ended.stderr[-300:]}\n")
    sys.stdout.flush()
    return ended.returncode == 0


def main() -> int:
    """Try every mutant; exit code 1 when one survives."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.mutants", description=__doc__)
    parser.add_argument("--only", default="", help="part of the name of the mutants to try")
    parser.add_argument("--seeds", default="1,2", help="seeds to try, separated by commas")
    parser.add_argument("--seconds", type=float, default=30, help="how long things go wrong")
    given = parser.parse_args()
    seeds = tuple(int(seed) for seed in given.seeds.split(","))
    survivors = 0
    for mutant in MUTANTS:
        if given.only not in mutant.name:
            continue
        sys.stdout.write(f"{mutant.name}\n")
        alive = survives(mutant, seeds, given.seconds)
        survivors += alive
        sys.stdout.write(f"  {'SURVIVED' if alive else 'killed'}\n")
        sys.stdout.flush()
    sys.stdout.write(f"survivors: {survivors}\n")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
