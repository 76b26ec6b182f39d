"""SIGKILL between any two steps of a turn: nothing is lost, nothing is doubled.

Each test lets a vendor hold one request, kills a process while it waits, and reads from the
sandbox's own record what the customer and the helpdesk have received (F-01 to F-03, F-07).
"""

import asyncio
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from tests.processes.customers import FIGURES, Customer, a_customer, all_texts
from tests.processes.holds import (
    CARRIER,
    HELPDESK,
    MODEL,
    MODEL_AFTER_A_TOOL,
    SHOP,
    Place,
)
from tests.processes.stack import Stack

pytestmark = [pytest.mark.temporal, pytest.mark.timeout(300)]

WISMO = "Where is my order?"
HUMAN = "I want to talk to a human"
BAR_SECONDS = 30


@dataclass(frozen=True)
class Case:
    """A customer whose turn stands at one point when the worker dies.

    Attributes:
        asks: What the customer writes.
        held: Where the turn is held, None when it is not.
        seconds: How long it is held.
    """

    asks: str = WISMO
    held: Place | None = None
    seconds: float = 15

    async def begin(self, stack: Stack) -> Customer:
        """Text the brand and return when the turn stands where it should."""
        customer = a_customer(stack)
        if self.held is None:
            await customer.text(self.asks)
            return customer
        seen = await self.held.arrivals(stack)
        await self.held.hold(stack, self.seconds)
        await customer.text(self.asks)
        await self.held.arrived(stack, seen + 1)
        return customer


# The carrier's and the helpdesk's requests go on after the worker has died, and must end soon.
KILLED_BEFORE = {
    "model": Case(held=MODEL),
    "shop": Case(held=SHOP),
    "model after a tool": Case(held=MODEL_AFTER_A_TOOL),
    "ticket not opened yet": Case(HUMAN, HELPDESK, 6),
    "text not taken yet": Case(held=CARRIER, seconds=6),
    "turn not begun": Case(),
}


async def test_worker_killed_at_any_point_of_a_turn_answers_every_text_once(stack: Stack) -> None:
    """Six turns stand at six points when the worker dies: one reply, or one ticket, for each.

    A call that was under way is made again; a text that was is looked for and never repeated.
    """
    customers = {point: await case.begin(stack) for point, case in KILLED_BEFORE.items()}
    killed_at = time.monotonic()
    killed = stack.send("worker", signal.SIGKILL)
    await stack.replaced("worker", killed)
    await all_recovered(customers, killed_at)
    assert await what_came(customers) == {
        point: (1, int(case.asks == HUMAN)) for point, case in KILLED_BEFORE.items()
    }


async def test_worker_killed_after_a_vendor_did_its_part_does_not_ask_for_it_again(
    stack: Stack,
) -> None:
    """Taken by the carrier, opened by the helpdesk, and nobody left who knows (B7, I-8).

    The worker is stopped before it can read the answers, and killed when both vendors are done.
    No delivery report gives the text away: the carrier has to be asked for it.
    """
    await stack.control("/twilio/_control/settings", {"callbacks": "none"})
    replied = await Case().begin(stack)
    await replied.reply()
    sends, tickets = await CARRIER.answers(stack), await HELPDESK.answers(stack)
    customers = {
        "ticket opened": await Case(HUMAN, HELPDESK, 2).begin(stack),
        "text taken": await Case(held=CARRIER, seconds=2).begin(stack),
        "reply on the phone": replied,
    }
    stopped = stack.send("worker", signal.SIGSTOP)
    await CARRIER.answered(stack, sends + 1)
    await HELPDESK.answered(stack, tickets + 1)
    stack.send("worker", signal.SIGKILL)
    await stack.replaced("worker", stopped)
    for customer in customers.values():
        await customer.settled()
    assert await what_came(customers) == {
        "ticket opened": (1, 1),
        "text taken": (1, 0),
        "reply on the phone": (1, 0),
    }


async def all_recovered(customers: Mapping[str, Customer], since: float) -> None:
    """Wait for every reply, note how long after the kill it came, then for the end of the turns."""

    async def recovered(point: str, customer: Customer) -> None:
        await customer.reply()
        FIGURES.append((point, time.monotonic() - since))

    await asyncio.gather(*(recovered(*item) for item in customers.items()))
    assert time.monotonic() - since < BAR_SECONDS
    for customer in customers.values():
        await customer.settled()


async def what_came(customers: Mapping[str, Customer]) -> dict[str, tuple[int, int]]:
    """Return how many texts and how many tickets each customer's text led to."""
    return {
        point: (len(await customer.received()), len(await customer.tickets()))
        for point, customer in customers.items()
    }


async def test_api_killed_after_it_committed_hands_over_when_it_is_back(stack: Stack) -> None:
    """200 was said, the process is gone: what was committed is found and answered (F-02)."""
    customer = a_customer(stack)
    temporal = stack.send("temporal", signal.SIGSTOP)  # so that nothing can be handed over yet
    taken = await customer.text(WISMO)
    killed = stack.send("api", signal.SIGKILL)
    killed_at = time.monotonic()
    stack.send("temporal", signal.SIGCONT)
    assert (taken["webhook_status"], stack.pid("temporal")) == (200, temporal)
    await stack.replaced("api", killed)
    await all_recovered({"api killed before it handed over": customer}, killed_at)
    assert await what_came({"": customer}) == {"": (1, 0)}


async def test_temporal_killed_during_a_turn_is_answered_once_and_webhooks_go_on(
    stack: Stack,
) -> None:
    """The server is gone in the middle of a model call; texts of others are taken meanwhile."""
    first, second = a_customer(stack), a_customer(stack)
    await MODEL.hold(stack, 2)
    await first.text(WISMO)
    await MODEL.arrived(stack)
    killed = stack.send("temporal", signal.SIGKILL)
    killed_at = time.monotonic()
    asked_at = time.monotonic()
    taken = await second.text(WISMO)
    assert (taken["webhook_status"], time.monotonic() - asked_at < 2) == (200, True)
    await stack.replaced("temporal", killed)
    customers = {"temporal killed during a model call": first, "while it was away": second}
    await all_recovered(customers, killed_at)
    assert set((await what_came(customers)).values()) == {(1, 0)}


async def test_worker_told_to_end_under_load_loses_and_doubles_nothing(stack: Stack) -> None:
    """SIGTERM in the middle of eight conversations: each customer is answered once (F-34)."""
    customers = [a_customer(stack) for _ in range(8)]
    for customer in customers:
        await customer.text(WISMO)
    await MODEL_AFTER_A_TOOL.arrived(stack)
    told = stack.send("worker", signal.SIGTERM)
    told_at = time.monotonic()
    for customer in customers:
        await customer.reply()
    FIGURES.append(("worker told to end: last of 8 replies", time.monotonic() - told_at))
    for customer in customers:
        await customer.settled()
    await stack.replaced("worker", told)
    assert [len(await c.received()) for c in customers] == [1] * 8


async def test_no_phone_has_received_the_same_text_twice(stack: Stack) -> None:
    """Over all that was killed in this run (I-2)."""
    texts = await all_texts(stack)
    doubled = {phone: bodies for phone, bodies in texts.items() if len(set(bodies)) < len(bodies)}
    assert texts
    assert doubled == {}
