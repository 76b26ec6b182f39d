"""``python -m tests.faults.mutants``: with any one guard removed, the short run must fail.

Each mutant is a copy of the tree in a temporary folder with one edit. A run of the harness there
has to report that a law was broken which the guard stands for; a mutant that survives is a guard
that nothing would miss. Try `--only nothing` first: the tree as it is has to survive.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.faults.fleet import ROOT

_ROOMS = (
    "activities agent api domain providers runtime sandbox store tests workflows worker.py "
    "pyproject.toml"
).split()


@dataclass(frozen=True)
class Mutant:
    """One guard removed: `before` in a file, replaced by `after`; which laws then break.

    A guard that stands in two places is removed in both: `also` holds the second place.
    """

    name: str
    laws: tuple[str, ...]
    path: str
    before: str
    after: str
    also: tuple[str, str, str] | None = None


MUTANTS = (
    Mutant("nothing is removed", (), "worker.py", "import sys\n", "import sys\n"),
    Mutant(
        "the last look before a send finds nothing",
        ("after stop", "after takeover"),
        "store/send_veto.py",
        "    unreachable = _is_unreachable(connection, row)\n",
        "    return None\n    unreachable = _is_unreachable(connection, row)\n",
    ),
    Mutant(
        "a text may be sent whatever its row says",
        ("doubled",),
        "store/outbox.py",
        "    if row.state is not OutboxState.READY:\n",
        "    if row.state is not OutboxState.READY:\n        return Claim(row=row, granted=True)\n",
    ),
    Mutant(
        "a conversation acts on a message as often as it is told",
        ("doubled", "ticket doubled"),
        "workflows/state.py",
        "        if message_id in self.seen:\n            return False\n",
        "",
    ),
    Mutant(
        "a webhook that comes again is a new text",
        ("doubled", "ticket doubled"),
        "store/ingest.py",
        "inbound_id(message.provider, message.provider_message_id)\n",
        "new_id()\n"
        "        message = message.model_copy(update={\n"
        '            "provider_message_id": message.provider_message_id + message_id[:4]})\n',
    ),
    Mutant(
        "nobody looks after what a killed process left behind",
        ("lost", "lost human words"),
        "runtime/dispatch_loop.py",
        "                await self._look_after()\n",
        "                await asyncio.sleep(0)\n",
        also=(
            "activities/sweep.py",
            "        for message in messages:\n",
            "        for message in messages[:0]:\n",
        ),
    ),
    Mutant(
        "an answer that was lost counts as a send that was not tried",
        ("doubled",),
        "activities/sends.py",
        "                result = SendResult(state=OutboxState.UNKNOWN, problem=outcome.problem)\n",
        "                await self._not_tried(row, outcome.problem, 1.0)\n",
    ),
    Mutant(
        "a ticket has another id each time it is opened",
        ("handoff doubled",),
        "activities/tickets.py",
        'external_id=f"conv:{request.conversation_id}:{request.handoff}"',
        'external_id=f"conv:{request.conversation_id}:{self._clock().timestamp():.0f}"',
    ),
    Mutant(
        "an event has another id each time it is queued",
        ("event doubled",),
        "domain/events.py",
        ":{subject.episode}",
        ":{at.timestamp()}",
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
        _edit(folder, mutant.path, mutant.before, mutant.after)
        if mutant.also is not None:
            _edit(folder, *mutant.also)
        return not any(_broken(folder, seed, seconds) & {*mutant.laws} for seed in seeds)


def _edit(folder: Path, name: str, before: str, after: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{name} has changed: {before!r}"
    path.write_text(text.replace(before, after), encoding="utf-8")


def _broken(folder: Path, seed: int, seconds: float) -> set[str]:
    """Return the laws that a run reports as broken."""
    command = [sys.executable, "-m", "tests.faults.soak", f"--seed={seed}", "--conversations=40"]
    command += ["--quick", "--at-once=24", f"--seconds={seconds}", "--quiet=35"]
    command += [f"--folder={folder / f'run-{seed}'}"]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    lines = ended.stdout.splitlines()
    last = lines[-1] if lines else ended.stderr[-300:]
    assert last.startswith("violations: "), f"the harness itself failed: {last}"
    count = int(last.removeprefix("violations: "))
    violations = [line.strip() for line in lines[len(lines) - 1 - count : -1]]
    laws = Counter(violation.partition(": ")[0] for violation in violations)
    sys.stdout.write(f"    seed {seed}: {last} {dict(laws)}\n")
    for law in laws:
        shown = next(v for v in violations if v.startswith(f"{law}: "))
        sys.stdout.write(f"      {shown}\n")
    sys.stdout.flush()
    return {*laws}


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
        survivors += alive and bool(mutant.laws)
        sys.stdout.write(f"  {'SURVIVED' if alive else 'killed'}\n")
        sys.stdout.flush()
    sys.stdout.write(f"survivors: {survivors}\n")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
