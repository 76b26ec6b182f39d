"""Customers of the demo brand, each with a phone of their own, and what came back to them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx

from tests.processes.stack import OURS, Stack
from tests.wait import until

FIGURES: list[tuple[str, float]] = []
"""What was measured, in words and seconds; the test run prints it at its end."""

_WITH_ORDERS = "00 01 02 03 04 05 06 07 09 14 15 16 17 18 19 20 21 22 25 27 28 31 34 36 37 39"
PHONES: Iterator[str] = (f"+131255501{ending}" for ending in _WITH_ORDERS.split())
"""Numbers of customers who have orders; each test takes new ones."""


@dataclass(frozen=True)
class Customer:
    """One phone."""

    stack: Stack
    number: str

    async def text(self, body: str, **more: object) -> dict[str, Any]:
        """Text the brand; see `sandbox.twilio.inbound.InboundText`."""
        given = {"from": self.number, "to": OURS, "body": body, **more}
        return await self.stack.control("/twilio/_control/inbound", given)

    async def received(self) -> list[str]:
        """Return the texts the product has sent to this phone, oldest first."""
        shown = await self.stack.control(f"/twilio/_control/phone/{self.number}")
        return [m["body"] for m in shown["messages"] if m["author"] == "api"]

    async def reply(self, within: float = 60) -> float:
        """Wait for the first text and return how long it took, in seconds."""

        async def has_come() -> bool:
            return bool(await self.received())

        return await until(has_come, f"a reply for {self.number}", within)

    async def tickets(self) -> list[dict[str, Any]]:
        """Return the tickets about this customer."""
        found = await self.stack.control("/helpdesk/_control/tickets")
        return [t for t in found["tickets"] if self.number in str(t["opened"]["contact"])]

    async def settled(self) -> dict[str, Any]:
        """Wait until nothing more is due for the last text, and return its outcome."""
        last = (await self.stack.control(f"/twilio/_control/phone/{self.number}"))["messages"]
        sid = [m["sid"] for m in last if m["author"] == "phone"][-1]
        key = (self.stack.folder / "api-key").read_text(encoding="utf-8").strip()
        found: dict[str, Any] = {}

        async def is_settled() -> bool:
            with suppress(httpx.TransportError):  # the API may be the one that was killed
                answer = await self.stack.http.get(
                    f"{self.stack.api_url}/v1/inbound-messages/{sid}",
                    headers={"authorization": f"Bearer {key}"},
                )
                found.update(answer.json() if answer.is_success else {})
            return bool(found.get("settled"))

        await until(is_settled, f"the text of {self.number} is settled", 90)
        return found


def a_customer(stack: Stack) -> Customer:
    """Return a customer who has orders and has not written before."""
    return Customer(stack, next(PHONES))


async def all_texts(stack: Stack) -> dict[str, list[str]]:
    """Return all that the carrier has taken from the product, by the phone it went to."""
    texts: dict[str, list[str]] = {}
    for message in (await stack.control("/twilio/_control/messages"))["messages"]:
        if message["direction"] == "outbound-api":
            texts.setdefault(message["to"], []).append(message["body"])
    return texts
