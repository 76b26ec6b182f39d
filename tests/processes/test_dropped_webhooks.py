"""Texts whose webhook never came: the carrier is asked for them (F-24)."""

import signal
import time

import pytest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from activities.upkeep_messages import Sweep, Swept
from tests.processes.customers import FIGURES, a_customer
from tests.processes.stack import Stack
from workflows.protocol import CONVERSATIONS_QUEUE
from workflows.sweeper import Sweeper

pytestmark = [pytest.mark.temporal, pytest.mark.timeout(300)]


async def test_text_dropped_while_the_api_was_down_is_imported_and_answered_once(
    stack: Stack,
) -> None:
    """A round of the sweeper finds it; the next round finds it known."""
    customer = a_customer(stack)
    killed = stack.send("api", signal.SIGKILL)
    dropped = await customer.text("Where is my order?", drop_webhook=True)
    dropped_at = time.monotonic()
    assert dropped["webhook_status"] is None
    await stack.replaced("api", killed)
    await sweep(stack, "first")
    await customer.reply()
    FIGURES.append(
        ("text dropped by the carrier, from the sweep on", time.monotonic() - dropped_at)
    )
    again = await sweep(stack, "second")
    assert again.imported == 0
    await customer.settled()
    assert len(await customer.received()) == 1


async def sweep(stack: Stack, name: str) -> Swept:
    """Run one round now instead of waiting for the minute."""
    client = await Client.connect(
        f"127.0.0.1:{stack.environment['TEMPORAL_PORT']}", data_converter=pydantic_data_converter
    )
    return await client.execute_workflow(
        Sweeper.run, Sweep(), id=f"sweep-{name}", task_queue=CONVERSATIONS_QUEUE
    )
