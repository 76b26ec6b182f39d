"""`python -m tests.replay.record`: play the scripts and keep the histories of this release.

A history that is there is left alone: it stands for conversations that were open when a change
was deployed. A change that breaks replay gets `workflow.patched`, not a new recording.
"""

import argparse
import asyncio
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from runtime.logs import configure_logs
from tests.product import running_product, temporal_server
from tests.replay.scripts import SCRIPTS, Script

HISTORIES = Path(__file__).parent / "histories"
VERSION = "v0.1"
_SDK_EXIT_PAUSE_SECONDS = 0.2
_PROCESS = re.compile(r"^\d+@[\w.]+")
"""Process number and host, as the SDK names workers and their queues."""

_OF_THE_MACHINE = frozenset({"stackTrace", "buildId"})


async def record(folder: Path, scripts: tuple[Script, ...], *, afresh: bool) -> list[str]:
    """Play scripts and write what is not there yet, or all; return the names written."""
    written = []
    with tempfile.TemporaryDirectory() as place:
        async with (
            temporal_server() as temporal,
            running_product(temporal, Path(place)) as product,
        ):
            for script in scripts:
                for name, history in (await script(product)).items():
                    path = folder / f"{name}.json"
                    if path.exists() and not afresh:
                        continue
                    told = without_machine(history.to_json_dict())
                    path.write_text(json.dumps(told, sort_keys=True) + "\n", "utf-8")
                    written.append(name)
                await product.reset()
    return written


def without_machine(value: Any) -> Any:  # noqa: ANN401  (any JSON)
    """Return a history without what tells of the machine it was recorded on; replay needs none."""
    if isinstance(value, list):
        return [without_machine(item) for item in value]
    if isinstance(value, str):
        return _PROCESS.sub("recorder", value)
    if not isinstance(value, dict):
        return value
    return {k: without_machine(v) for k, v in value.items() if k not in _OF_THE_MACHINE}


async def _run(folder: Path, names: list[str], *, afresh: bool) -> int:
    configure_logs("error")
    chosen = tuple(s for s in SCRIPTS if not names or s.__name__ in names)
    written = await record(folder, chosen, afresh=afresh)
    sys.stdout.write(f"recorded {len(written)} in {folder.name}: {', '.join(written) or 'none'}\n")
    await asyncio.sleep(_SDK_EXIT_PAUSE_SECONDS)
    return 0


def main() -> int:
    """Read the arguments and record."""
    parser = argparse.ArgumentParser(prog="python -m tests.replay.record", description=__doc__)
    parser.add_argument("--version", default=VERSION, help="the release these histories are of")
    parser.add_argument("--afresh", action="store_true", help="replace those of an unreleased one")
    parser.add_argument("names", nargs="*", help="scripts to play (default: all)")
    given = parser.parse_args()
    (HISTORIES / given.version).mkdir(parents=True, exist_ok=True)
    return asyncio.run(_run(HISTORIES / given.version, given.names, afresh=given.afresh))


if __name__ == "__main__":
    sys.exit(main())
