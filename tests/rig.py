"""One brand on the running product, its customers' phones, and what became of their texts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import text as sql
from temporalio.client import WorkflowHandle, WorkflowHistory
from temporalio.common import Priority
from temporalio.service import RPCError

from domain.brand import BrandSettings
from domain.brand_accounts import Sender
from domain.message import InboundMessage
from runtime.adapters import present
from runtime.dispatcher import TemporalDispatcher
from store.records import Opening
from tests.product import Product
from tests.wait import until
from workflows.conversation import Conversation
from workflows.protocol import ConversationSnapshot, conversation_workflow_id
from workflows.start import ConversationStart
from workflows.state import ConversationState

AVA = "+13125550100"
"""The demo customer whose order #1101 is in transit."""

Handle = WorkflowHandle[Any, Any]


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
            await until(has_come, f"{count} texts on {number}")
        except AssertionError as error:
            raise AssertionError(f"{error}; came: {await self.phone(number)}") from None
        return await self.phone(number)

    async def answered(self, count: int, number: str = AVA) -> list[str]:
        """Wait until the conversation itself knows of that many replies, and return them."""
        await self.replies(count, number)

        async def known() -> bool:
            return (await self.snapshot(number)).agent_texts >= count

        await until(known, f"{count} replies known to the conversation")
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
            await until(stands, f"status {expected}")
        except AssertionError as error:
            raise AssertionError(f"{error}; is {[r['status'] for r in found]}") from None
        return found[-1]

    async def taken(self, count: int) -> None:
        """Wait until that many texts belong to a turn, of the agent's or of a human's."""

        async def stamped() -> bool:
            return sum(m["turn"] is not None for m in self.rows("inbound_message")) >= count

        await until(stamped, f"{count} texts taken into a turn")

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

    async def histories(self) -> list[WorkflowHistory]:
        """Return the history of every contact's newest run."""
        found = []
        for contact in self.rows("contact"):
            workflow_id = conversation_workflow_id(self.settings.brand, contact["id"])
            try:
                handle = self.product.client.get_workflow_handle(workflow_id)
                found.append(await handle.fetch_history())
            except RPCError:  # nothing of theirs ever started a conversation
                continue
        return found

    async def pass_time(self, duration: timedelta, number: str = AVA) -> None:
        """Let the conversation's clock run ahead."""
        await self.product.temporal.fast_forward(self.handle(number), duration)

    async def start_with(self, from_: str = AVA, **policy: object) -> None:
        """Start a conversation with waits and caps that settings do not offer.

        Its state is handed over as by a run before it; the texts come afterwards.
        """
        runtime, conversation_id = self.product.runtime, uuid4().hex
        runtime.ingest(
            InboundMessage(
                provider="twilio",
                provider_message_id=f"SM{uuid4().hex}",
                sender=from_,
                recipient=self.number,
                body='Liked "hello"',
                received_at=present(),
            )
        )
        contact_id, brand = self.contact_id(from_), self.settings.brand
        opening = Opening(conversation_id=conversation_id, brand=brand, contact_id=contact_id)
        opened = runtime.conversations.open_conversation(opening, (), present())
        carry = ConversationState(
            conversation_id=conversation_id,
            policy=self.settings.policy(opened.settings.version).model_copy(update=policy),
            opened=True,
            started=True,
            last_activity=present(),
        )
        queues = self.product.queues
        await self.product.client.start_workflow(
            Conversation.run,
            ConversationStart(
                brand=brand, contact_id=contact_id, carry=carry, model_queue=queues.model
            ),
            id=conversation_workflow_id(brand, contact_id),
            task_queue=queues.conversations,
            priority=Priority(fairness_key=brand),
        )

    async def redispatch(self, message_id: str) -> None:
        """Tell the conversation of a text once more, as after a crash before the note of it."""
        runtime = self.product.runtime
        with runtime.database.write() as connection:
            forget = sql("UPDATE inbound_message SET dispatched_at = NULL WHERE id = :id")
            connection.execute(forget, {"id": message_id})
        message = runtime.inbound.pending_message(message_id)
        assert message is not None
        client, queues = self.product.client, self.product.queues
        await TemporalDispatcher(client, runtime.inbound, present, queues).dispatch(message)

    async def end(self) -> None:
        """End what still runs, so that it takes no fault and no webhook from a later test."""
        for contact in self.rows("contact"):
            workflow_id = conversation_workflow_id(self.settings.brand, contact["id"])
            try:
                await self.product.client.get_workflow_handle(workflow_id).terminate()
            except RPCError:  # ended by itself, or never started
                continue
        closed = {"mode": "closeout", "closeout": "Closed."}
        given = {**self.settings.model_dump(mode="json"), "helpdesk": None, "handoff": closed}
        self.product.runtime.brands.save_settings(
            BrandSettings.model_validate(given), "test", present()
        )


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
