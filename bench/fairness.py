"""`python -m bench.fairness`: one brand's flood, and how long another brand's customers wait."""

import argparse
import asyncio
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import httpx
import yaml

from bench.conversations import Exchange, pair
from bench.numbers import BRAND_NUMBER, customers
from bench.processor import read_processor, spent
from bench.report import heading, percentile, ratio, table
from bench.stack import Stack, new_stack

_OTHER_NUMBER = "+13125550198"
_QUESTION = "What is your return policy?"
_ALONE = 3
_PAUSE_SECONDS = 0.5
_LOOK_SECONDS = 0.1
_WINDOW_SECONDS = 0.1
_DRAIN_SECONDS = 150
_SENT = "SELECT count(*) FROM outbox WHERE provider_message_id IS NOT NULL"
_OPEN = "SELECT count(*) FROM conversation"

Text = tuple[str, str]
"""A phone, and the carrier's id of what was texted from it."""


@dataclass(frozen=True)
class Run:
    """Seconds from text to reply, of the texts that were answered.

    Attributes:
        name: Whether the server heeded the keys.
        alone: The small brand's before the flood.
        small: The small brand's during the flood.
        flood: The flooding brand's.
        unanswered: Texts of either brand without an answer.
        others: Share of the CPU that unrelated processes took, 0 to 1.
    """

    name: str
    alone: list[float]
    small: list[float]
    flood: list[float]
    unanswered: int
    others: float


def main() -> None:
    """Flood twice, the keys heeded and ignored, and print a table."""
    given = _parse()
    runs = [_run(given, fair=True), _run(given, fair=False)]
    command = (
        f"python -m bench.fairness --texts {given.texts} --slots {given.slots} "
        f"--model-latency {given.model_latency:g}"
    )
    print(heading("Fairness between brands", command, max(r.others for r in runs)))
    print(format_runs(runs))


def format_runs(runs: Sequence[Run]) -> str:
    """Return the table; the first run is the one with keys."""
    rows = [
        [
            run.name, _seconds(run.alone, 0.5), _seconds(run.small, 0.5), _seconds(run.small, 1.0),
            _seconds(run.flood, 0.5), _seconds(run.flood, 1.0), run.unanswered,
        ]
        for run in runs
    ]  # fmt: skip
    head = [
        "fairness keys", "B alone p50, s", "B in A's flood p50, s", "max, s", "A's flood p50, s",
        "max, s", "unanswered",
    ]  # fmt: skip
    fair, unfair = (percentile(run.small, 0.5) if run.small else 0.0 for run in runs)
    return f"{table(head, rows)}\n\nB waits without keys: {ratio(unfair, fair)} as long."


def _run(given: argparse.Namespace, *, fair: bool) -> Run:
    with new_stack(burst_window=_WINDOW_SECONDS) as stack:
        stack.environment["WORKER_MODEL_SLOTS"] = str(given.slots)
        _import_other_brand(stack)
        stack.start_temporal(fair=fair)
        stack.start_sandbox(BRAND_NUMBER, _OTHER_NUMBER)
        stack.start_worker()
        stack.start_api()
        return asyncio.run(_measure(stack, given, "heeded" if fair else "ignored"))


def _import_other_brand(stack: Stack) -> None:
    """Let a second brand with the demo's settings have the second number."""
    file = stack.folder / "brand.yaml"
    brand = yaml.safe_load(file.read_text(encoding="utf-8"))
    brand |= {"brand": "small-brand", "senders": [{**brand["senders"][0], "number": _OTHER_NUMBER}]}
    other = stack.folder / "small-brand.yaml"
    other.write_text(yaml.safe_dump(brand, sort_keys=False), encoding="utf-8")
    stack.command("settings", "import", str(other))


async def _measure(stack: Stack, given: argparse.Namespace, name: str) -> Run:
    phones = customers()
    before = read_processor(stack.pids)
    # One HTTP client for many phones: its default limit of connections would thin the flood out.
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=60, trust_env=False, limits=limits) as http:

        async def text(to: str) -> Text:
            return await _text(stack, http, next(phones), to)

        await asyncio.gather(text(BRAND_NUMBER), text(_OTHER_NUMBER))  # warm-up
        await _counted(stack, _SENT, 2)
        stack.control("/openai/_control/latency", {"seconds": given.model_latency})
        alone = []
        for number in range(_ALONE):
            alone.append(await text(_OTHER_NUMBER))
            await _counted(stack, _SENT, 2 + number + 1)
        flood = await asyncio.gather(*(text(BRAND_NUMBER) for _ in range(given.texts)))
        # All of them wait for the model now: what follows measures the queue, not the processor.
        await _counted(stack, _OPEN, 2 + _ALONE + given.texts)
        small = []
        for _ in range(given.small):
            small.append(await text(_OTHER_NUMBER))
            await asyncio.sleep(_PAUSE_SECONDS)
        await _counted(stack, _SENT, 2 + _ALONE + given.texts + given.small)
        waits = [await _waits(stack, http, texts) for texts in (alone, small, flood)]
    expected = _ALONE + given.small + given.texts
    return Run(
        name=name,
        alone=waits[0],
        small=waits[1],
        flood=waits[2],
        unanswered=expected - sum(len(each) for each in waits),
        others=spent(before, read_processor(stack.pids)).share_of_others,
    )


async def _text(stack: Stack, http: httpx.AsyncClient, phone: str, to: str) -> Text:
    answer = await http.post(
        f"{stack.settings.sandbox_url}/twilio/_control/inbound",
        json={"from": phone, "to": to, "body": _QUESTION},
    )
    answer.raise_for_status()
    given = answer.json()
    assert given["webhook_status"] == 200, given
    return phone, str(given["sid"])


async def _counted(stack: Stack, query: str, rows: int) -> None:
    """Wait until there are that many rows, or until the time for it is over."""
    deadline = time.monotonic() + _DRAIN_SECONDS
    with closing(sqlite3.connect(f"file:{stack.database}?mode=ro", uri=True)) as database:
        while database.execute(query).fetchone()[0] < rows:
            if time.monotonic() > deadline:
                return
            await asyncio.sleep(_LOOK_SECONDS)


async def _waits(stack: Stack, http: httpx.AsyncClient, texts: Sequence[Text]) -> list[float]:
    """Return how long those waited who were answered, in seconds by the carrier's clock."""
    found: list[Exchange] = []
    for phone, sid in texts:
        url = f"{stack.settings.sandbox_url}/twilio/_control/phone/{phone}"
        found += pair([(sid, 0.0)], (await http.get(url)).json()["messages"])
    return [e.reply_seconds for e in found if e.reply_seconds is not None]


def _seconds(values: Sequence[float], share: float) -> str:
    return f"{percentile(values, share):.1f}" if values else "none"


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.fairness", description=__doc__)
    parser.add_argument("--texts", type=int, default=60, help="of brand A, all at once")
    parser.add_argument("--small", type=int, default=5, help="texts of brand B during the flood")
    parser.add_argument("--slots", type=int, default=4, help="model calls at the same time")
    parser.add_argument("--model-latency", type=float, default=2.0, help="seconds per model call")
    return parser.parse_args()


if __name__ == "__main__":
    main()
