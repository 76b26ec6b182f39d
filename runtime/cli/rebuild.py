"""`sms-agent rebuild`: start conversations again that Temporal has lost."""

import argparse
import asyncio
import sys

from domain.errors import ConfigurationError
from runtime.cli.environment import service_environment
from runtime.rebuild import Rebuilder
from runtime.reviving import Outcome
from runtime.settings import Settings, load_settings
from runtime.telling import build_rebuilder
from runtime.temporal_client import AWAY, connect, prepare_namespace, start_sweeping
from runtime.wiring import build_runtime
from store.rebuild_records import OpenRow

_PROGRESS_EVERY = 100
_SDK_EXIT_PAUSE_SECONDS = 0.2


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--dry-run", action="store_true", help="only list what would be started")
    parser.add_argument("--brand", help="of this brand only")
    parser.set_defaults(run=run)


async def run(given: argparse.Namespace) -> int:
    """Start what the store holds as open and Temporal does not run; what runs is left alone.

    Returns:
        0 when nothing is left to do, 1 when some could not be started yet.
    """
    settings = service_environment(load_settings())
    try:
        return await _rebuild(settings, given)
    except AWAY as error:
        msg = f"Temporal at {settings.temporal_target}: {error}; nothing was changed by that call"
        raise ConfigurationError(msg) from error


async def _rebuild(settings: Settings, given: argparse.Namespace) -> int:
    client = await connect(settings)
    runtime = build_runtime(settings)
    try:
        rebuilder = build_rebuilder(client, runtime)
        lost = await rebuilder.losses.conversations(given.brand)
        if given.dry_run:
            _list(lost)
            return 0
        await prepare_namespace(client)
        waiting = await _start(rebuilder, lost)
        # The worker's first round hands over again what the store never heard of a conversation.
        await start_sweeping(client)
    finally:
        await runtime.close()
        # The SDK may abort when the interpreter ends right after its last call.
        await asyncio.sleep(_SDK_EXIT_PAUSE_SECONDS)
    return 1 if waiting else 0


async def _start(rebuilder: Rebuilder, lost: tuple[OpenRow, ...]) -> int:
    found = dict.fromkeys(Outcome, 0)
    async for row, outcome in rebuilder.rebuild(lost):
        found[outcome] += 1
        if outcome is Outcome.WAITS:
            print(f"waits    {_line(row)}")
        done = sum(found.values())
        if done % _PROGRESS_EVERY == 0:
            sys.stderr.write(f"{done} of {len(lost)} …\n")
    if not lost:
        print("nothing is lost: every open conversation runs")
        return 0
    print(
        f"{found[Outcome.STARTED]} started, {found[Outcome.RUNS]} ran already, "
        f"{found[Outcome.NONE_OPEN]} had ended, {found[Outcome.WAITS]} wait"
    )
    if found[Outcome.WAITS]:
        print("those that wait have a text of unknown outcome: the sweeper starts them by itself")
    return found[Outcome.WAITS]


def _list(lost: tuple[OpenRow, ...]) -> None:
    for row in lost:
        print(f"lost     {_line(row)}")
    print(f"{len(lost)} open conversations do not run; without --dry-run they are started")


def _line(row: OpenRow) -> str:
    return (
        f"{row.conversation_id}  brand {row.brand}  {row.status.value}, {row.owner} has the word, "
        f"open since {row.opened_at:%Y-%m-%d %H:%M} UTC"
    )
