"""A vendor that lets one request wait, so that a process can be killed in the middle of it."""

from dataclasses import dataclass
from typing import Any

from tests.processes.stack import Stack
from tests.wait import until


@dataclass(frozen=True)
class Place:
    """Where a request is made to wait.

    Attributes:
        vendor: The emulator.
        path: Part of the path of the request.
        body: Part of its body.
    """

    vendor: str
    path: str
    body: str = ""

    async def hold(self, stack: Stack, seconds: float = 3) -> None:
        """Let the next such request wait."""
        fault = {"kind": "delay", "method": "POST", "delay_seconds": seconds}
        fault |= {"path_contains": self.path, "body_contains": self.body}
        await stack.control(f"/{self.vendor}/_control/faults", fault)

    async def arrivals(self, stack: Stack) -> int:
        """Return how many such requests have come since the vendor was healed."""
        return len(await self._requests(stack))

    async def arrived(self, stack: Stack, count: int = 1) -> None:
        """Wait until so many such requests have come."""

        async def have_come() -> bool:
            return await self.arrivals(stack) >= count

        await until(have_come, f"request {count} has come to {self.vendor}")

    async def answers(self, stack: Stack) -> int:
        """Return how many such requests the vendor is done with."""
        return sum(r["status"] is not None for r in await self._requests(stack))

    async def answered(self, stack: Stack, count: int) -> None:
        """Wait until the vendor is done with so many such requests."""

        async def are_done() -> bool:
            return await self.answers(stack) >= count

        await until(are_done, f"{self.vendor} has answered request {count}")

    async def _requests(self, stack: Stack) -> list[dict[str, Any]]:
        found = (await stack.control(f"/{self.vendor}/_control/requests"))["requests"]
        return [
            r
            for r in found
            if r["method"] == "POST" and self.path in r["path"] and self.body in r["body"]
        ]


MODEL = Place("openai", "/responses")
MODEL_AFTER_A_TOOL = Place("openai", "/responses", "function_call_output")
SHOP = Place("shopify", "graphql")
CARRIER = Place("twilio", "/Messages.json")
HELPDESK = Place("helpdesk", "/tickets-webhook")
