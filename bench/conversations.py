"""Customers who text, wait for the answer on their phone, and text again."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

import httpx

from bench.numbers import BRAND_NUMBER, customers
from bench.stack import Stack

QUESTIONS = (
    "Hi! Where is my order?",
    "What is your return policy?",
    "Do you have a rain jacket in stock?",
    "How long does shipping take?",
)
"""Each is one tool call and one reply in the scripted model's `rules` mode."""

MOST_TEXTS = 3
"""More at this speed, and the gate takes the customer for a machine."""

_LOOK_SECONDS = 0.03
_SENT = "SELECT recipient, count(*) FROM outbox WHERE provider_message_id IS NOT NULL GROUP BY 1"


@dataclass(frozen=True)
class Plan:
    """How much is texted.

    Attributes:
        conversations: Under way at the same time.
        rounds: Conversations after one another in each place, each of a customer of its own.
        texts: Per conversation, each sent when the one before is answered.
        wait_seconds: After which a text counts as unanswered.
    """

    conversations: int
    rounds: int
    texts: int
    wait_seconds: float = 90


@dataclass(frozen=True)
class Exchange:
    """One text and its answer.

    Attributes:
        sid: The carrier's id of the text.
        webhook_seconds: From the carrier's API to the product's 200 and back.
        reply_seconds: By the carrier's clock from text to reply, None when there was none.
        segments: Of the reply.
    """

    sid: str
    webhook_seconds: float
    reply_seconds: float | None
    segments: int


@dataclass
class Driver:
    """All the customers.

    Attributes:
        stack: What they text to.
        plan: How much.
    """

    stack: Stack
    plan: Plan
    phones: Iterator[str] = field(default_factory=customers)
    texted: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    _sent: dict[str, int] = field(default_factory=dict)

    async def run(self) -> None:
        """Play every conversation to its end."""
        async with httpx.AsyncClient(timeout=60, trust_env=False) as http:
            watching = asyncio.create_task(self._watch())
            places = range(self.plan.conversations)
            await asyncio.gather(*(self._play(place, http) for place in places))
            watching.cancel()

    async def read_phones(self) -> list[Exchange]:
        """Return what the phones show, one exchange for each text sent."""
        found: list[Exchange] = []
        async with httpx.AsyncClient(timeout=60, trust_env=False) as http:
            for phone, texts in self.texted.items():
                url = f"{self.stack.settings.sandbox_url}/twilio/_control/phone/{phone}"
                found += pair(texts, (await http.get(url)).json()["messages"])
        return found

    async def _play(self, place: int, http: httpx.AsyncClient) -> None:
        for turn in range(self.plan.rounds):
            phone = next(self.phones)
            for number in range(self.plan.texts):
                question = QUESTIONS[(place + turn + number) % len(QUESTIONS)]
                await self._text(http, phone, question)
                if not await self._answered(phone, number + 1):
                    break

    async def _text(self, http: httpx.AsyncClient, phone: str, body: str) -> None:
        begin = time.monotonic()
        answer = await http.post(
            f"{self.stack.settings.sandbox_url}/twilio/_control/inbound",
            json={"from": phone, "to": BRAND_NUMBER, "body": body},
        )
        taken = time.monotonic() - begin
        answer.raise_for_status()
        given = answer.json()
        assert given["webhook_status"] == 200, given
        self.texted.setdefault(phone, []).append((given["sid"], taken))

    async def _answered(self, phone: str, replies: int) -> bool:
        deadline = time.monotonic() + self.plan.wait_seconds
        while self._sent.get(phone, 0) < replies:
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(_LOOK_SECONDS)
        return True

    async def _watch(self) -> None:
        """Look which phones were answered: in the outbox, for asking each phone costs too much."""
        with closing(sqlite3.connect(f"file:{self.stack.database}?mode=ro", uri=True)) as database:
            while True:
                self._sent = dict(database.execute(_SENT).fetchall())
                await asyncio.sleep(_LOOK_SECONDS)


def pair(texts: Sequence[tuple[str, float]], shown: Sequence[dict[str, str]]) -> list[Exchange]:
    """Return the exchanges of one phone.

    Args:
        texts: The carrier's id of each text, and how long its webhook took, seconds.
        shown: What the phone shows, oldest first.
    """
    sent_at = {m["sid"]: m["at"] for m in shown if m["direction"] == "inbound"}
    replies = [m for m in shown if m["direction"] != "inbound"]
    found = []
    for number, (sid, webhook_seconds) in enumerate(texts):
        reply = replies[number] if number < len(replies) else None
        found.append(
            Exchange(
                sid=sid,
                webhook_seconds=webhook_seconds,
                reply_seconds=_seconds(sent_at[sid], reply["at"]) if reply else None,
                segments=int(reply["segments"]) if reply else 0,
            )
        )
    return found


def _seconds(begin: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(begin)).total_seconds()
