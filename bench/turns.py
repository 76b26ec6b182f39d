"""`python -m bench.turns`: turns per second, latency, CPU, events and actions of whole turns."""

import argparse
import asyncio
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.conversations import MOST_TEXTS, Driver, Exchange, Plan
from bench.ledger import (
    History,
    count_actions,
    count_by_status,
    count_model_calls,
    read_histories,
)
from bench.numbers import customers
from bench.processor import Spent, read_processor, spent
from bench.report import heading, milliseconds, table
from bench.stack import Stack, new_stack
from runtime.temporal_client import connect

_HISTORIES = 30
_METRICS_SECONDS = 1.5
"""The server's metrics page is refreshed about once a second."""


@dataclass(frozen=True)
class Run:
    """All that one run has measured; `own` is our time in each answered turn, seconds."""

    exchanges: list[Exchange]
    own: list[float]
    model_calls: float
    elapsed: float
    cpu: Spent
    actions: int
    histories: list[History]
    statuses: dict[str, int]


def main() -> None:
    """Run conversations through the whole product and print a table."""
    given = _parse()
    with new_stack(burst_window=given.window) as stack:
        stack.start_temporal()
        stack.start_sandbox()
        stack.start_worker()
        stack.start_api()
        run = asyncio.run(measure(stack, given))
    command = (
        f"python -m bench.turns --conversations {given.conversations} --rounds {given.rounds} "
        f"--texts {given.texts} --model-latency {given.model_latency:g} --window {given.window:g}"
    )
    print(heading("Whole turns", command, run.cpu.share_of_others))
    print(format_run(run))


async def measure(stack: Stack, given: argparse.Namespace) -> Run:
    """Warm up, run the plan, and gather what it has cost."""
    stack.control("/openai/_control/latency", {"seconds": given.model_latency})
    driver = Driver(stack, Plan(given.conversations, given.rounds, given.texts))
    await Driver(stack, Plan(2, 1, 2), phones=_others()).run()
    namespace = stack.settings.temporal_namespace
    await asyncio.sleep(_METRICS_SECONDS)
    actions = count_actions(stack.metrics_port, namespace)
    pids = stack.pids | {"driver": os.getpid()}
    before, begin = read_processor(pids), time.monotonic()
    await driver.run()
    elapsed, after = time.monotonic() - begin, read_processor(pids)
    await asyncio.sleep(_METRICS_SECONDS)
    actions = count_actions(stack.metrics_port, namespace) - actions
    exchanges = await driver.read_phones()
    calls = count_model_calls(stack.database)
    client = await connect(stack.settings)
    own = [
        e.reply_seconds - given.window - calls.get(e.sid, 0) * given.model_latency
        for e in exchanges
        if e.reply_seconds is not None
    ]
    return Run(
        exchanges=exchanges,
        own=own,
        model_calls=sum(calls.get(e.sid, 0) for e in exchanges) / len(exchanges),
        elapsed=elapsed,
        cpu=spent(before, after),
        actions=actions,
        histories=await read_histories(client, stack.database, list(driver.texted)[:_HISTORIES]),
        statuses=count_by_status(stack.database),
    )


def format_run(run: Run) -> str:
    """Return the table of one run."""
    answered = [e for e in run.exchanges if e.reply_seconds is not None]
    turns = max(1, len(answered))
    webhook = [e.webhook_seconds for e in run.exchanges]
    replies = [e.reply_seconds for e in answered if e.reply_seconds is not None]
    cpu = {name: seconds * 1000 / turns for name, seconds in run.cpu.by_process.items()}
    ours = sum(v for name, v in cpu.items() if name in ("api", "worker", "temporal"))
    parts = ", ".join(f"{name} {value:.1f}" for name, value in cpu.items())
    first = [h.first_turn for h in run.histories]
    later = [h.later_turns for h in run.histories if h.later_turns is not None]
    statuses = ", ".join(f"{name} {count}" for name, count in sorted(run.statuses.items()))
    rows = [
        ["texts / answered / unanswered", f"{len(run.exchanges)} / {len(answered)} / "
            f"{len(run.exchanges) - len(answered)}"],
        ["turns per second", f"{turns / run.elapsed:.1f}"],
        ["carrier's webhook call p50 / p99, ms", _pair(webhook)],
        ["text to reply p50 / p99, ms", _pair(replies)],
        ["our own time per turn p50 / p99, ms", _pair(run.own)],
        ["CPU per turn (API + worker + Temporal), ms", f"{ours:.1f}"],
        ["CPU per turn by process, ms", parts],
        ["history events, first turn / each later one", f"{_mean(first)} / {_mean(later)}"],
        ["billable actions per turn", f"{run.actions / turns:.1f}"],
        ["model calls per turn", f"{run.model_calls:.2f}"],
        ["segments per reply", f"{sum(e.segments for e in answered) / turns:.2f}"],
        ["conversations by status", statuses],
    ]  # fmt: skip
    return table(["what", "measured"], rows)


def _pair(seconds: list[float]) -> str:
    return f"{milliseconds(seconds, 0.5)} / {milliseconds(seconds, 0.99)}"


def _mean(values: list[int] | list[float]) -> str:
    return f"{sum(values) / len(values):.1f}" if values else "none"


def _others() -> Iterator[str]:
    """Yield numbers that the measured conversations do not reach."""
    return reversed(list(customers()))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.turns", description=__doc__)
    parser.add_argument("--conversations", type=int, default=20, help="at the same time")
    parser.add_argument("--rounds", type=int, default=3, help="conversations one after another")
    parser.add_argument("--texts", type=int, default=3, choices=range(1, MOST_TEXTS + 1))
    parser.add_argument("--model-latency", type=float, default=0.0, help="seconds per model call")
    parser.add_argument("--window", type=float, default=0.1, help="burst window, seconds")
    return parser.parse_args()


if __name__ == "__main__":
    main()
