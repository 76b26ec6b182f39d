"""A cancelled activity leaves nothing behind that hurts others."""

import asyncio

import pytest
from temporalio.activity import _Definition

from runtime.adapters import present
from runtime.dispatcher import TemporalDispatcher
from runtime.wiring import conversation_activities, model_activities
from tests.product import Product

pytestmark = pytest.mark.temporal


async def test_no_activity_in_a_thread_is_interrupted(product: Product) -> None:
    """An exception thrown into a thread may hit it while it holds the database's write lock.

    Seen: 20 conversations terminated while they opened left the lock taken for ever, and no
    webhook of the process could commit any more.
    """
    runtime = product.runtime
    dispatcher = TemporalDispatcher(product.client, runtime.inbound, present, product.queues)
    activities = (*conversation_activities(runtime, dispatcher), *model_activities(runtime))

    interrupted = [
        definition.name
        for definition in map(_Definition.must_from_callable, activities)
        if not asyncio.iscoroutinefunction(definition.fn)
        and not definition.no_thread_cancel_exception
    ]

    assert interrupted == []
