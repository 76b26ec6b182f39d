"""A customer who plays a script against the running product."""

import asyncio
import time
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote

from tests.faults.story import HumanWords, Kind, Said, Story, Word
from tests.faults.world import OURS, World, now

PATIENCE_SECONDS = 60.0
_LOOK_SECONDS = 0.5


@dataclass
class Customer:
    """One phone, and the humans on the other side of it."""

    world: World
    story: Story
    rng: Random
    taken: str = ""
    """The conversation an operator has taken over."""

    async def says(
        self, body: str, kind: Kind = Kind.QUESTION, *, dropped: bool = False, copies: int = 0
    ) -> Said:
        """Text the brand; questions carry the customer's name."""
        if kind in (Kind.QUESTION, Kind.STOP_AND_QUESTION):
            body = f"{body} {self.story.name} here"
        at = now()
        given = {"from": self.story.number, "to": OURS, "body": body}
        more = {"drop_webhook": dropped, "duplicate": copies}
        answer = await self.world.control("/twilio/_control/inbound", given | more)
        acked = 200 in answer["webhook_statuses"]
        said = Said(body, kind, answer["sid"], at, now() if acked else None, dropped)
        self.story.said.append(said)
        return said

    async def insists(self, body: str, kind: Kind) -> None:
        """Text until the product has acknowledged it, as people do with STOP.

        The carrier itself hears START and lifts the block that opt-outs have put there.
        """
        for _ in range(20):
            if kind is Kind.START:
                unblocked = {"number": self.story.number, "blocked": False}
                await self.world.control("/twilio/_control/blocks", unblocked)
            if (await self.says(body, kind)).acked_at is not None:
                return
            await self.pauses(1, 1)

    async def pauses(self, least: float, most: float) -> None:
        """Do nothing for a while."""
        await asyncio.sleep(self.rng.uniform(least, most))

    async def is_answered(self) -> bool:
        """Wait until the last question has a reply on the phone or stands in a ticket.

        Returns:
            False when the customer gave up; the script ends then, so that a later reply cannot
            pass for the one that never came.
        """
        asked = self.story.questions()[-1]
        started = time.monotonic()
        while time.monotonic() - started < PATIENCE_SECONDS:
            shown = await self.world.phone(self.story.number)
            place = next(i for i, line in enumerate(shown) if line["sid"] == asked.sid)
            if any(line["author"] == "api" for line in shown[place:]):
                self.story.waits.append(time.monotonic() - started)
                return True
            if any(holds(ticket, asked.body) for ticket in await self.world.tickets()):
                return True
            await asyncio.sleep(_LOOK_SECONDS)
        self.story.unanswered = True
        return False

    async def throttle_next_send(self, seconds: float) -> None:
        """Let the carrier refuse the next text to this phone with 429 and a time to wait."""
        await self.world.fault(
            "twilio",
            kind="status",
            status=429,
            method="POST",
            path_contains="/Messages.json",
            body_contains=quote(self.story.number),
            headers={"retry-after": f"{seconds:.0f}"},
            body={"code": 20429, "message": "Too Many Requests", "status": 429},
        )

    async def send_was_tried(self) -> None:
        """Wait until the fault of `throttle_next_send` was met, or a while."""
        await self.pauses(1.5, 3.0)

    async def taken_over(self) -> bool:
        """Let an operator take the word; False when there was nothing to take."""
        conversation_id = await self._conversation_id()
        if conversation_id is None:
            return False
        if await self.world.operate(conversation_id, "take-over") != 200:
            return False
        self.taken = conversation_id
        self.story.words.append(Word(since=now()))
        return True

    async def operator_writes(self, body: str) -> None:
        """Let the operator write, under one key however often it takes."""
        words = HumanWords(f"{body} {self.story.name}", now())
        self.story.human.append(words)
        given = {"body": words.body}
        key = f"soak-{self.story.name}-{len(self.story.human)}"
        words.taken = await self.world.operate(self.taken, "messages", given, key) == 200

    async def handed_back(self) -> None:
        """Let the operator give the word back."""
        for word in self.story.words:
            word.until = word.until or now()
        await self.world.operate(self.taken, "hand-back")

    async def ticket(self) -> dict[str, Any] | None:
        """Wait for a ticket about this customer; None when none comes."""
        for _ in range(int(PATIENCE_SECONDS)):
            for ticket in await self.world.tickets():
                if self.story.number in str(ticket["opened"]["contact"]):
                    return ticket
            await asyncio.sleep(1)
        return None

    async def helpdesk_answers(self, ticket_id: str, body: str, copies: int) -> None:
        """Let a human answer in the helpdesk; it calls again until somebody has listened."""
        words = HumanWords(f"{body} {self.story.name}", now())
        self.story.human.append(words)
        given = {"ticket_id": ticket_id, "text": words.body, "copies": copies}
        given["message_id"] = f"{ticket_id}-{len(self.story.human)}"
        words.taken = await self._until_heard("reply", given)

    async def ticket_closed(self, ticket_id: str) -> None:
        """Let the human close the ticket."""
        await self._until_heard("close", {"ticket_id": ticket_id})

    async def _until_heard(self, act: str, given: dict[str, object]) -> bool:
        for _ in range(20):
            answer = await self.world.control(f"/helpdesk/_control/{act}", given)
            if 200 in answer["statuses"]:
                return True
            await asyncio.sleep(1)
        return False

    async def _conversation_id(self) -> str | None:
        for _ in range(20):
            outcome = await self.world.outcome(self.story.said[-1].sid)
            if outcome is not None and outcome["conversation_id"]:
                return str(outcome["conversation_id"])
            await asyncio.sleep(0.5)
        return None


def holds(ticket: dict[str, Any], body: str) -> bool:
    """Return whether a ticket shows a text, in its transcript or appended."""
    lines = [*ticket["opened"]["transcript"], *ticket["messages"]]
    return any(body in str(line) for line in lines)
