"""The real processes with a way to break each connection to Temporal, and phones that text them."""

import asyncio
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from runtime.temporal_client import connect
from sandbox.twilio.signature import sign
from tests.faults.fleet import WORKERS, Fleet, a_fleet
from tests.faults.proxy import Proxy, a_proxy
from tests.faults.world import OURS, World, a_client
from tests.wait import until
from workflows.protocol import conversation_workflow_id

WISMO = "Where is my order? {name} here"
DOUBTFUL = "not interested in the parka, where is my order? {name} here"
"""The rules doubt whether this is an opt-out; the model finds that it is a question."""

OUTBOX = """SELECT state FROM outbox WHERE state = ? AND conversation_id IN
    (SELECT v.id FROM conversation v JOIN contact c ON c.id = v.contact_id WHERE c.phone = ?)"""
"""Texts of a phone's conversations in a state."""

_ACCOUNT = "AC" + "0" * 31 + "1"
_TOKEN = "sandbox-auth-token"


@dataclass(frozen=True)
class Stage:
    """One installation of two workers.

    Attributes:
        fleet: Its processes.
        world: The vendors.
        doors: What stands between a process and Temporal, by the process's name.
        carrier: What stands between the workers and the carrier.
    """

    fleet: Fleet
    world: World
    doors: Mapping[str, Proxy]
    carrier: Proxy

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        """Return the rows of a query on the product's database."""
        path = f"file:{self.fleet.folder / 'agent.db'}?mode=ro"
        with closing(sqlite3.connect(path, uri=True, timeout=10)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(query, values).fetchall()

    async def has_row(self, query: str, *values: object, seconds: float = 30) -> None:
        """Wait until a query finds something."""
        what = f"{query} {values}"
        await until(lambda: bool(self.rows(query, *values)), what, seconds)

    async def asked(self, vendor: str, words: str) -> list[dict[str, Any]]:
        """Return the POSTs of the product to a vendor that hold these words, oldest first."""
        found = (await self.world.control(f"/{vendor}/_control/requests"))["requests"]
        return [r for r in found if r["method"] == "POST" and words in r["body"]]

    async def was_asked(self, vendor: str, words: str, count: int) -> None:
        """Wait until a vendor has so many such requests, answered or not."""

        async def have_come() -> bool:
            return len(await self.asked(vendor, words)) >= count

        await until(have_come, f"request {count} to {vendor} with {words}")

    async def hold(self, vendor: str, words: str, *seconds: float) -> None:
        """Let the next requests that hold these words wait, each as long as is said."""
        for wait in seconds:
            await self.world.fault(
                vendor, kind="delay", method="POST", body_contains=words, delay_seconds=wait
            )

    async def workers_cut_off(self) -> None:
        """Let nothing pass between the workers and Temporal any more."""
        for name in WORKERS:
            self.doors[name].stall()

    async def workers_replaced(self) -> None:
        """Kill both workers, forget what they had to say, and wait for their successors."""
        for name in WORKERS:
            await self.fleet.kill(name, 0)
        for name in WORKERS:
            self.doors[name].reset()
            self.doors[name].resume()
        await asyncio.sleep(0.3)  # a killed process is seen to be gone
        await self.fleet.all_ready()


@dataclass(frozen=True)
class Phone:
    """A customer who has orders."""

    stage: Stage
    number: str
    name: str

    @property
    def to(self) -> str:
        """Part of the carrier's request that only texts to this phone have."""
        return f"To=%2B{self.number[1:]}"

    async def text(self, words: str = WISMO) -> dict[str, Any]:
        """Text the brand."""
        given = {"from": self.number, "to": OURS, "body": words.format(name=self.name)}
        return await self.stage.world.control("/twilio/_control/inbound", given)

    async def came(self) -> list[str]:
        """Return the texts the product has sent to this phone, oldest first."""
        return [m["body"] for m in await self.stage.world.phone(self.number) if _is_ours(m)]

    async def replied(self, count: int = 1, seconds: float = 60) -> float:
        """Wait for so many texts and return how long it took, in seconds."""

        async def has_come() -> bool:
            return len(await self.came()) >= count

        return await until(has_come, f"{count} texts for {self.name}", seconds)

    async def settled(self) -> None:
        """Wait until nothing is under way for this phone."""
        query = """SELECT 1 FROM contact c WHERE c.phone = ? AND NOT EXISTS (
            SELECT 1 FROM outbox o WHERE o.contact_id = c.id
            AND o.state IN ('sending', 'unknown'))
            AND EXISTS (SELECT 1 FROM conversation v WHERE v.contact_id = c.id
            AND v.status <> 'open')"""
        await self.stage.has_row(query, self.number, seconds=60)

    async def looked_for(self) -> None:
        """Wait until a worker has found a claim of this phone's reply that is not its own."""
        (row,) = self.stage.rows("SELECT brand, id FROM contact WHERE phone = ?", self.number)
        client = await connect(self.stage.fleet.settings)
        handle = client.get_workflow_handle(conversation_workflow_id(row["brand"], row["id"]))

        async def looks() -> bool:
            events = (await handle.fetch_history()).events
            return any(b"outcome unknown" in e.user_metadata.summary.data for e in events)

        await until(looks, "the claim was found by another worker", 60)

    async def post_webhook(self, sid: str, port: int | None = None) -> httpx.Response:
        """Post this phone's text as the carrier would, through another port when one is given."""
        url = f"{self.stage.fleet.settings.api_url}/webhooks/sms/twilio"
        form = {"MessageSid": sid, "AccountSid": _ACCOUNT, "From": self.number, "To": OURS}
        form |= {"Body": WISMO.format(name=self.name), "NumMedia": "0", "NumSegments": "1"}
        headers = {"X-Twilio-Signature": sign(_TOKEN, url, form.items())}
        if port is not None:
            url = f"http://127.0.0.1:{port}/webhooks/sms/twilio"
        return await self.stage.world.http.post(url, data=form, headers=headers)


def _is_ours(message: dict[str, Any]) -> bool:
    return bool(message["author"] == "api")


@asynccontextmanager
async def a_stage(folder: Path) -> AsyncIterator[Stage]:
    """Give a fresh installation, running; nothing of it survives."""
    async with (
        a_proxy() as first,
        a_proxy() as second,
        a_proxy() as third,
        a_proxy() as carrier,
        a_client() as http,
    ):
        doors = {WORKERS[0]: first, WORKERS[1]: second, "api": third}
        async with a_fleet(folder, doors, carrier) as fleet:
            yield Stage(fleet, World(fleet, http), doors, carrier)


_GONE = ("sent", "delivered")


async def stopped_with_the_right_to_send(stage: Stage, next_phone: Callable[[], Phone]) -> Phone:
    """Stop the only worker when a claim is committed and its text has not been posted.

    The gap is a millisecond, so that it may be missed: then another customer tries. The other
    worker comes back some seconds later.
    """
    only, other = WORKERS
    for _ in range(8):
        await stage.fleet.all_ready()
        await stage.fleet.kill(other, 6)
        phone = next_phone()
        stage.fleet.slow_down(only)
        await phone.text()
        stopped = await asyncio.to_thread(_stop_when_claimed, stage, phone.number, only)
        if stopped and not await stage.asked("twilio", phone.to):
            stage.doors[only].reset()  # Temporal gives nothing more to who has fallen silent
            return phone
        stage.fleet.send(only, signal.SIGCONT)
    raise AssertionError("the gap between claim and post was missed eight times")


def _stop_when_claimed(stage: Stage, number: str, worker: str) -> bool:
    """Stop a worker as soon as it has claimed; return False when it was too quick to be seen."""
    path = f"file:{stage.fleet.folder / 'agent.db'}?mode=ro"
    with closing(sqlite3.connect(path, uri=True, timeout=10)) as connection:
        gives_up = time.monotonic() + 30
        while not connection.execute(OUTBOX, ("sending", number)).fetchall():
            gone = any(connection.execute(OUTBOX, (s, number)).fetchall() for s in _GONE)
            if gone or time.monotonic() > gives_up:
                return False
        stage.fleet.send(worker, signal.SIGSTOP)
    return True
