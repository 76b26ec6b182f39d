"""A Temporal server elsewhere: spoken to over TLS, with a key that nobody else reads."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from domain.errors import ConfigurationError
from runtime.settings import load_settings
from runtime.temporal_client import answers, connect

_KEY = "quetzalcoatl-key"
_TLS_HANDSHAKE = 0x16


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Read neither this shell's Temporal nor a `.env`."""
    monkeypatch.chdir(tmp_path)
    for name in ("TEMPORAL_ADDRESS", "TEMPORAL_TLS", "TEMPORAL_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@asynccontextmanager
async def _listener() -> AsyncIterator[tuple[str, asyncio.Future[bytes]]]:
    """Listen on loopback; give the address and what the first caller says first."""
    heard: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        said = await reader.read(200)
        if not heard.done():
            heard.set_result(said)
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}", heard


@pytest.mark.parametrize("tls", [True, False])
async def test_server_is_spoken_to_over_tls_where_the_settings_say_so(
    monkeypatch: pytest.MonkeyPatch, *, tls: bool
) -> None:
    """The first byte on the wire tells."""
    async with _listener() as (address, heard):
        monkeypatch.setenv("TEMPORAL_ADDRESS", address)
        monkeypatch.setenv("TEMPORAL_TLS", str(tls))
        client = await connect(load_settings(), lazy=True)
        assert not await answers(client)
        said = await asyncio.wait_for(heard, 10)
    assert (said[0] == _TLS_HANDSHAKE) == tls


async def test_key_goes_to_the_server_and_into_no_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither the settings nor a failed connection repeat it."""
    async with _listener() as (address, _):
        monkeypatch.setenv("TEMPORAL_ADDRESS", address)
        monkeypatch.setenv("TEMPORAL_TLS", "true")
        monkeypatch.setenv("TEMPORAL_API_KEY", _KEY)
        settings = load_settings()
        assert (await connect(settings, lazy=True)).api_key == _KEY
        with pytest.raises(ConfigurationError, match="TEMPORAL_TLS") as refusal:
            await connect(settings)
    assert _KEY not in f"{settings!r} {refusal.value} {refusal.value.__cause__}"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"TEMPORAL_API_KEY": _KEY, "TEMPORAL_ADDRESS": "t:7233"}, "the key travels readable"),
        ({"TEMPORAL_TLS": "true"}, "needs TEMPORAL_ADDRESS"),
    ],
)
def test_key_without_tls_and_tls_without_a_server_are_refused(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], problem: str
) -> None:
    """Named at the start, before anything is sent anywhere."""
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=problem) as refusal:
        load_settings()
    assert _KEY not in str(refusal.value)
