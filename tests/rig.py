"""One brand on the running product, its customers' phones, and what became of their texts."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from temporalio.client import WorkflowHandle, WorkflowHistory
from temporalio.service import RPCError

from domain.brand import BrandSettings, Sender
from runtime.adapters import present
from tests.product import Product
from workflows.conversation import Conversation
from workflows.protocol import ConversationSnapshot, conversation_workflow_id

AVA = "+13125550100"
"""The demo customer whose order #1101 is in transit."""

_LOOK_SECONDS = 0.02
_PATIENCE_SECONDS = 25.0

Handle = WorkflowHandle[Any, Any]


async def wait_until(
    condition: Callable[[], Awaitable[object]], what: str, seconds: float = _PATIENCE_SECONDS
) -> None:
    """Wait until a condition holds; the test fails with `what` when it does not in time."""
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, f"waited {seconds:g} s in vain: {what}"
        await asyncio.sleep(_LOOK_SECONDS)


@dataclass(frozen=True)
class Brand:
    """A brand of its own: no other test writes to its number or knows its contacts."""

    product: Product
    settings: BrandSettings

    @property
    def number(self) -> str:
        """The number that customers text."""
        return self.settings.senders[0].number

    async def text(self, body: str, from_: str = AVA, **more: object) -> dict[str, Any]:
        """Text the brand through the carrier's real webhook; see `sandbox.twilio.inbound`."""
        given = {"from": from_, "to": self.number, "body": body, **more}
        answer = await self.product.control("/twilio/_control/inbound", given)
        if not more.get("drop_webhook"):
            assert set(answer["webhook_statuses"]) == {200}, answer
        return answer

    async def phone(self, number: str = AVA) -> list[str]:
        """Return the bodies that the product has sent to a phone, oldest first."""
        answer = await self.product.control(f"/twilio/_control/phone/{number}")
        return [
            m["body"]
            for m in answer["messages"]
            if m["author"] == "api" and m["from"] == self.number
        ]

    async def replies(self, count: int, number: str = AVA) -> list[str]:
        """Wait until the phone has received that many texts, and return them."""

        async def has_come() -> bool:
            return len(await self.phone(number)) >= count

        try:
            await wait_until(has_come, f"{count} texts on {number}")
        except AssertionError as error:
            raise AssertionError(f"{error}; came: {await self.phone(number)}") from None
        return await self.phone(number)

    async def tickets(self) -> list[dict[str, Any]]:
        """Return the tickets that the helpdesk has of this brand."""
        answer = await self.product.control("/helpdesk/_control/tickets")
        ids = {row["id"] for row in self.conversations()}
        return [t for t in answer["tickets"] if t["external_id"].split(":")[1] in ids]

    def conversations(self) -> list[dict[str, Any]]:
        """Return the brand's conversations as the store has them, oldest first."""
        query = "SELECT * FROM conversation WHERE brand = :brand ORDER BY opened_at, rowid"
        return self.product.rows(query, brand=self.settings.brand)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the brand's rows of a table."""
        query = f"SELECT * FROM {table} WHERE brand = :brand ORDER BY rowid"  # noqa: S608
        return self.product.rows(query, brand=self.settings.brand)

    async def status(self, expected: str, number: str = AVA) -> dict[str, Any]:
        """Wait until the last conversation has a status, and return its row."""
        found: list[dict[str, Any]] = []

        async def stands() -> bool:
            found[:] = self.conversations()
            return bool(found) and found[-1]["status"] == expected

        try:
            await wait_until(stands, f"status {expected}")
        except AssertionError as error:
            raise AssertionError(f"{error}; is {[r['status'] for r in found]}") from None
        return found[-1]

    def contact_id(self, number: str = AVA) -> str:
        """Return the id of whoever writes from a number."""
        return next(str(c["id"]) for c in self.rows("contact") if c["phone"] == number)

    def handle(self, number: str = AVA) -> Handle:
        """Return the contact's conversation: the newest run."""
        workflow_id = conversation_workflow_id(self.settings.brand, self.contact_id(number))
        return self.product.client.get_workflow_handle(workflow_id)

    async def snapshot(self, number: str = AVA) -> ConversationSnapshot:
        """Ask the conversation where it stands."""
        return await self.handle(number).query(Conversation.snapshot)

    async def history(self, number: str = AVA) -> WorkflowHistory:
        """Return the history of the newest run."""
        return await self.handle(number).fetch_history()

    async def pass_time(self, duration: timedelta, number: str = AVA) -> None:
        """Let the conversation's clock run ahead."""
        await self.product.temporal.fast_forward(self.handle(number), duration)

    async def end(self) -> None:
        """End what still runs, so that it takes no fault from a later test."""
        for contact in self.rows("contact"):
            workflow_id = conversation_workflow_id(self.settings.brand, contact["id"])
            try:
                await self.product.client.get_workflow_handle(workflow_id).terminate()
            except RPCError:  # ended by itself, or never started
                continue


def open_brand(product: Product, **changes: object) -> Brand:
    """Open the demo shop under a name and number of its own; texts are answered at once.

    Args:
        product: What runs.
        changes: Settings by field; a mapping changes only the fields it names.
    """
    given = product.demo.model_dump(mode="json")
    given |= {
        "brand": f"cedar-{uuid4().hex[:8]}",
        "senders": [Sender(number=next(product.numbers)).model_dump()],
        "shop": {
            **given["shop"],
            "client_id": "env:RIG_SHOPIFY_CLIENT_ID",
            "client_secret": "env:RIG_SHOPIFY_CLIENT_SECRET",
        },
        "helpdesk": {
            **given["helpdesk"],
            "url": "env:RIG_HELPDESK_URL",
            "secret": "env:RIG_HELPDESK_SECRET",
        },
    }
    given["timers"]["burst_window_seconds"] = 0
    for name, value in changes.items():
        given[name] = {**given[name], **value} if isinstance(value, dict) else value
    settings = BrandSettings.model_validate(given)
    product.runtime.brands.save_settings(settings, "test", present())
    return Brand(product, settings)
