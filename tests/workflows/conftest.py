"""One product for all conversations of the session, a brand of its own for each test."""

from collections.abc import AsyncIterator, Callable

import pytest
from temporalio.worker import Replayer

from runtime.payload_codec import build_converter
from tests.product import Product, running_product, temporal_server
from tests.rig import Brand, open_brand
from workflows.conversation import Conversation

OpenBrand = Callable[..., Brand]


@pytest.fixture(scope="session")
async def product(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Product]:
    """Return the running product; it ends with the session."""
    async with (
        temporal_server() as temporal,
        running_product(temporal, tmp_path_factory.mktemp("product")) as running,
    ):
        yield running


@pytest.fixture
async def open_shop(product: Product) -> AsyncIterator[OpenBrand]:
    """Return what opens a brand with settings of the test's choice; healed and ended after it.

    Whatever a test has made of a conversation replays: a worker that dies in the middle of it
    leaves it to another one, which knows nothing but the history.
    """
    opened: list[Brand] = []

    def open_one(**changes: object) -> Brand:
        opened.append(open_brand(product, **changes))
        return opened[-1]

    yield open_one
    await product.reset()
    replayer = Replayer(workflows=[Conversation], data_converter=build_converter(None))
    for brand in opened:
        await brand.end()
        for history in await brand.histories():
            await replayer.replay_workflow(history)


@pytest.fixture
async def shop(open_shop: OpenBrand) -> Brand:
    """Return the demo shop with its own settings, but for the burst window: there is none."""
    return open_shop()
