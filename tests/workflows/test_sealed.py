"""With payload keys, nothing that Temporal stores has a word of what was said."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.client import Client

from domain.errors import ConfigurationError
from runtime.payload_codec import build_converter, read_keys
from tests.product import Product, running_product, temporal_server
from tests.rig import AVA, Brand, open_brand
from tests.wait import until

pytestmark = pytest.mark.temporal

_KEYS = "main:" + base64.b64encode(bytes(range(32))).decode()
_SECRET = "quetzalcoatl"
"""A word that stands nowhere but in what the customer writes."""


@pytest.fixture(scope="module")
async def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the server keeps everything."""
    return tmp_path_factory.mktemp("sealed")


@pytest.fixture(scope="module")
async def sealed(stored: Path) -> AsyncIterator[Product]:
    """Return a product with keys, on a server that stores into files."""
    async with temporal_server("--db-filename", str(stored / "temporal.db")) as temporal:
        service = temporal.client.service_client
        client = Client(service, data_converter=build_converter(read_keys(_KEYS)))
        (stored / "product").mkdir()
        async with running_product(temporal, stored / "product", client=client) as product:
            yield product


def _found(stored: Path, words: str) -> list[str]:
    """Return the server's files that hold the words."""
    files = stored.glob("temporal.db*")
    return [path.name for path in files if words.encode() in path.read_bytes()]


async def _talk(shop: Brand) -> list[str]:
    """Have an answer, a failure, an operator's text and a handoff; return what was said to Ava."""
    await shop.text(f"Where is my order, {_SECRET}?")
    await shop.answered(1)
    fault = {"body": {"error": {"message": f"{_SECRET} went wrong"}}, "times": 50}
    await shop.product.fault("openai", kind="status", status=400, **fault)
    await shop.text(f"And your store hours, {_SECRET}?")
    await shop.replies(2)
    await shop.status("handed_off")
    said = {"operator": "ada", "body": f"Ada here, {_SECRET}!", "key": "k1"}
    await shop.handle().execute_update("send_as_human", said)
    await shop.replies(3)
    await shop.product.reset()
    await shop.handle().execute_update("close", {"operator": "ada"})
    await shop.handle().result()
    return await shop.phone()


async def test_no_word_of_a_conversation_is_found_in_what_the_server_stores(
    sealed: Product, stored: Path
) -> None:
    """Texts, drafts, updates, failures and summaries: 0 hits, while ids are found."""
    shop = open_brand(sealed)
    said = await _talk(shop)
    workflow_id = f"conversation:{shop.settings.brand}"

    def is_written() -> bool:
        return bool(_found(stored, workflow_id)) and bool(_found(stored, "closed_out"))

    await until(is_written, "the conversation written to disk")
    assert _found(stored, _SECRET) == []
    assert [text for text in said if _found(stored, text[:20])] == []
    assert _found(stored, AVA[1:]) == []
    assert _found(stored, "more texts coming") == []
    assert _found(stored, "model step") == []
    assert _found(stored, "responses complete") == []
    history = (await shop.history()).to_json()
    assert _SECRET not in history
    assert "binary/encrypted" in base64_words(history)


def base64_words(history: str) -> str:
    """Return a history with the metadata that its JSON writes in base64 made readable."""
    return history.replace(base64.b64encode(b"binary/encrypted").decode(), "binary/encrypted")


async def test_sealed_conversation_is_read_with_the_key_and_not_without(sealed: Product) -> None:
    """Operators see it in words; another key says that it is another one."""
    shop = open_brand(sealed)
    await shop.text("What are your store hours?")
    await shop.answered(1)
    shown = str(await shop.handle().query("__temporal_workflow_metadata"))
    assert "store hours" in shown

    other = read_keys("main:" + base64.b64encode(bytes(32)).decode())
    service = sealed.client.service_client
    stranger = Client(service, data_converter=build_converter(other))
    handle = stranger.get_workflow_handle(shop.handle().id)
    with pytest.raises((ConfigurationError, RuntimeError)):
        await handle.query("__temporal_workflow_metadata")
    await shop.end()
