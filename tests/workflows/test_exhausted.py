"""A Temporal server that refuses calls for being asked too often (F-08)."""

import asyncio

import pytest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from tests.product import running_product, temporal_server
from tests.rig import open_brand
from tests.wait import until

pytestmark = pytest.mark.temporal

_CALLS_A_SECOND = 40
_NUMBERS = tuple(f"+131255501{n}" for n in (14, 15, 16, 17, 18, 19))


async def test_temporal_that_refuses_most_calls_loses_and_doubles_no_text(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Six customers at once while another client eats the allowance: each answered once."""
    limit = f"frontend.namespaceRPS={_CALLS_A_SECOND}"
    async with (
        temporal_server("--dynamic-config-value", limit) as temporal,
        running_product(temporal, tmp_path_factory.mktemp("exhausted")) as product,
    ):
        shop = open_brand(product)
        refused = 0

        async def eat() -> None:
            nonlocal refused
            while True:
                refused += await _is_refused(product.client)

        eating = asyncio.create_task(eat())
        await until(lambda: refused > 0, "the server refuses calls")
        await asyncio.gather(*(shop.text("Where is my order?", n) for n in _NUMBERS))
        for number in _NUMBERS[:3]:
            await shop.replies(1, number)
        eating.cancel()
        for number in _NUMBERS:
            await shop.answered(1, number)
        assert [len(await shop.phone(number)) for number in _NUMBERS] == [1] * 6
        assert len(shop.conversations()) == 6
        await shop.end()


async def _is_refused(client: Client) -> bool:
    request = DescribeNamespaceRequest(namespace=client.namespace)
    try:
        await client.workflow_service.describe_namespace(request, retry=False)
    except RPCError as error:
        return error.status is RPCStatusCode.RESOURCE_EXHAUSTED
    return False
