"""`python -m bench.statements`: database statements and commits per turn, all in one process.

CPU and latency of this mode mean nothing; only what is counted does.
"""

import argparse
import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import uvicorn
from sqlalchemy import Engine, event

from api.app import create_app
from bench.conversations import MOST_TEXTS, Driver, Plan
from bench.report import table
from bench.stack import Stack, new_stack
from runtime.environment import use_environment
from runtime.logs import configure_logs
from runtime.temporal_client import connect, prepare_namespace
from runtime.wiring import Runtime, build_runtime
from runtime.worker_process import running_workers


@dataclass
class Counts:
    """What an engine has executed; transactions that only read end with a rollback."""

    statements: Counter[str] = field(default_factory=Counter)
    transactions: Counter[str] = field(default_factory=Counter)
    commits: int = 0

    def listen(self, engine: Engine) -> None:
        """Count from now on."""

        @event.listens_for(engine, "before_cursor_execute")
        def _execute(*given: object) -> None:
            statement = str(given[2])
            if statement.startswith("BEGIN"):
                self.transactions[statement] += 1
            else:
                self.statements[shape_of(statement)] += 1

        @event.listens_for(engine, "commit")
        def _commit(_connection: object) -> None:
            self.commits += 1


def shape_of(statement: str) -> str:
    """Return what a statement does to which table: "SELECT contact"."""
    words = statement.split()
    verb = words[0]
    if verb == "SELECT":
        return f"SELECT {_after(words, 'FROM')}"
    return f"{verb} {_after(words, 'INTO') if verb == 'INSERT' else words[1]}"


def _after(words: list[str], word: str) -> str:
    return words[words.index(word) + 1].strip("(),") if word in words else "?"


def main() -> None:
    """Count over whole conversations and print two tables."""
    given = _parse()
    with new_stack(burst_window=0) as stack:
        stack.start_temporal()
        stack.start_sandbox()
        counts, turns = asyncio.run(_count(stack, given))
    command = f"python -m bench.statements --conversations {given.conversations}"
    print(f"### Database, per turn\n\n`{command}` · {turns} turns, {MOST_TEXTS} a conversation\n")
    print(format_counts(counts, turns))


async def _count(stack: Stack, given: argparse.Namespace) -> tuple[Counts, int]:
    use_environment({k: v for k, v in stack.environment.items() if k not in ("PATH", "HOME")})
    configure_logs("error")
    counts = Counts()
    runtime = build_runtime(stack.settings)
    async with _served(stack, runtime):
        await Driver(stack, Plan(1, 1, MOST_TEXTS), phones=iter(["+19195550199"])).run()
        counts.listen(runtime.database.engine)
        driver = Driver(stack, Plan(given.conversations, 1, MOST_TEXTS))
        await driver.run()
        exchanges = await driver.read_phones()
    await runtime.close()
    return counts, sum(e.reply_seconds is not None for e in exchanges)


@asynccontextmanager
async def _served(stack: Stack, runtime: Runtime) -> AsyncIterator[None]:
    client = await connect(stack.settings)
    await prepare_namespace(client)
    config = uvicorn.Config(
        create_app(runtime, client), port=stack.settings.api_port, log_level="critical"
    )
    server = uvicorn.Server(config)
    async with running_workers(runtime, client):
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.05)
        yield
        server.should_exit = True
        await serving


def format_counts(counts: Counts, turns: int) -> str:
    """Return the totals and, below them, each kind of statement."""
    writes = sum(n for s, n in counts.transactions.items() if "IMMEDIATE" in s)
    reads = sum(counts.transactions.values()) - writes
    totals = [
        ["statements", f"{sum(counts.statements.values()) / turns:.1f}"],
        ["write transactions", f"{writes / turns:.1f}"],
        ["commits", f"{counts.commits / turns:.1f}"],
        ["read transactions", f"{reads / turns:.1f}"],
    ]
    kinds = [[shape, f"{n / turns:.1f}"] for shape, n in counts.statements.most_common()]
    return table(["per turn", "count"], totals) + "\n\n" + table(["statement", "per turn"], kinds)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.statements", description=__doc__)
    parser.add_argument("--conversations", type=int, default=4)
    return parser.parse_args()


if __name__ == "__main__":
    main()
