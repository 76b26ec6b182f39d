"""A worker that reaches Temporal and the vendors, but not the database (F-06)."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from tests.faults.fleet import WORKERS, a_fleet
from tests.faults.proxy import Proxy, a_proxy
from tests.faults.stage import Phone, Stage
from tests.faults.world import World, a_client
from tests.postgres import PostgresServer, postgres_server
from tests.wait import until

__all__ = ["postgres_server"]

pytestmark = [pytest.mark.temporal, pytest.mark.postgres, pytest.mark.timeout(300)]

_PHONES = {f"+131255501{n:02}": name for n, name in enumerate(("Abelard", "Bertram", "Cosima"))}
_AT_ODDS = """SELECT id, status, owner FROM conversation
    WHERE closed_at IS NULL AND (owner = 'human') <> (status = 'handed_off')"""
_UNDER_WAY = """SELECT 1 FROM outbox WHERE state IN ('ready', 'sending', 'unknown')
    UNION ALL SELECT 1 FROM conversation WHERE status = 'open'"""


@pytest.fixture
async def cut(
    postgres_server: PostgresServer, tmp_path: Path
) -> AsyncIterator[tuple[Stage, Proxy, str]]:
    """Give an installation on PostgreSQL, one worker's way to the database, and the database."""
    name = postgres_server.create_database()
    place = psycopg.conninfo.conninfo_to_dict(_plain(postgres_server.url(name)))
    async with a_proxy(f"{place['host']}/.s.PGSQL.5432") as door, a_client() as http:
        through = f"postgresql+psycopg://{place['user']}@127.0.0.1:{door.port}/{name}"
        urls = {"": postgres_server.url(name), WORKERS[0]: through}
        async with a_fleet(tmp_path, databases=urls) as fleet:
            yield Stage(fleet, World(fleet, http), {}, door), door, _plain(urls[""])
    postgres_server.drop_database(name)


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg", "postgresql")


async def test_worker_cut_off_from_the_store_loses_and_doubles_nothing(
    cut: tuple[Stage, Proxy, str],
) -> None:
    """Its steps hang and are done by the other; what it commits late changes nothing."""
    stage, door, database = cut
    phones = [Phone(stage, number, name) for number, name in _PHONES.items()]
    for phone in phones:
        await stage.hold("openai", phone.name, 1.5)
        await phone.text()
    await asyncio.gather(*(stage.was_asked("openai", p.name, 1) for p in phones))
    door.stall()
    for phone in phones:
        await phone.replied(seconds=120)
    door.resume()

    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:

        async def finds_nothing(query: str) -> bool:
            return await (await connection.execute(query.encode())).fetchone() is None

        await until(lambda: finds_nothing(_UNDER_WAY), "nothing is under way", 60)
        assert await finds_nothing(_AT_ODDS)
    assert [len(await phone.came()) for phone in phones] == [1] * len(phones)
