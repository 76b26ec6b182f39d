"""The webhook while something behind it is away: 200 only ever means committed."""

import asyncio
import time
from datetime import timedelta

import pytest
from temporalio.client import Client, WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from runtime.dispatch_loop import DispatchLoop
from runtime.settings import Settings
from runtime.temporal_client import connect, prepare_namespace
from runtime.temporal_server import temporal_binary
from tests.api.rig import Api, another_writer, open_api, pragma_on
from tests.wait import free_ports, until
from workflows.protocol import conversation_workflow_id

PENDING = "SELECT count(*) FROM inbound_message WHERE dispatched_at IS NULL"


async def test_text_is_answered_as_fast_as_ever_while_temporal_is_away(api: Api) -> None:
    """The carrier never waits for Temporal (F-07): the row is committed, the rest comes later."""
    started = time.monotonic()
    answers = [await api.text(MessageSid=f"SM{n:032x}") for n in range(10)]
    assert {answer.status_code for answer in answers} == {200}
    assert api.rows(PENDING) == [(10,)]
    assert time.monotonic() - started < 3


@pytest.mark.temporal
async def test_text_taken_while_temporal_was_away_is_handed_over_once_when_it_is_back(
    installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost to an outage and nothing doubled, and nobody has to restart anything."""
    monkeypatch.setattr(DispatchLoop, "LEFT_BEHIND_FOR", DispatchLoop.LEFT_BEHIND_FOR / 50)
    monkeypatch.setattr(DispatchLoop, "POLL_SECONDS", 0.1)
    (port,) = free_ports(1)
    settings = installation.model_copy(update={"temporal_address": f"127.0.0.1:{port}"})
    client = await connect(settings, lazy=True)
    async with open_api(settings, client) as api:
        assert (await api.text()).status_code == 200
        ready = (await api.http.get("/readyz")).json()
        assert (ready["temporal"], api.rows(PENDING)) == ("unreachable", [(1,)])
        server = await WorkflowEnvironment.start_local(
            port=port,
            dev_server_existing_path=str(temporal_binary()),
            data_converter=pydantic_data_converter,
        )
        async with server:
            await prepare_namespace(server.client)
            await until(lambda: api.rows(PENDING) == [(0,)], "the text is handed over")
            contact = str(api.rows("SELECT id FROM contact")[0][0])
            assert await _signals(server.client, contact) == 1


async def _signals(client: Client, contact_id: str) -> int:
    """Return how often the contact's conversation was told of a text."""
    handle: WorkflowHandle[object, object] = client.get_workflow_handle(
        conversation_workflow_id("acme", contact_id)
    )
    events = [event async for event in handle.fetch_history_events()]
    return sum(e.HasField("workflow_execution_signaled_event_attributes") for e in events)


async def test_text_waits_for_another_writer_and_is_stored(api: Api) -> None:
    """A lock that is let go in time costs the carrier patience, not the text (F-11)."""
    with another_writer(api.runtime) as let_go:
        waiting = asyncio.create_task(api.text())
        done, _ = await asyncio.wait({waiting}, timeout=0.3)
        assert not done
        let_go()
        answer = await waiting
    assert (answer.status_code, len(api.bodies())) == (200, 1)


async def test_text_is_refused_with_503_while_the_database_is_locked_too_long(
    installation: Settings,
) -> None:
    """What was not committed is not acknowledged: the carrier is asked to come again (F-11)."""
    async with open_api(installation, busy_timeout=timedelta(milliseconds=50)) as api:
        with another_writer(api.runtime):
            answer = await api.text()
        again = await api.text()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.headers["content-type"] == "application/problem+json"
    assert again.status_code == 200


@pytest.mark.parametrize("pragma", ["query_only=1", "max_page_count=1"], ids=["unwritable", "full"])
async def test_text_is_refused_with_503_while_nothing_can_be_written_and_taken_afterwards(
    api: Api, pragma: str
) -> None:
    """A full or read-only disk answers 503, and the process needs no restart (F-12)."""
    with pragma_on(api.runtime, pragma):
        refused = await api.text(Body="x" * 50_000)
        health = await api.http.get("/healthz")
    taken = await api.text(Body="x" * 50_000)
    assert refused.status_code == 503
    assert (health.status_code, taken.status_code, len(api.bodies())) == (200, 200, 1)


async def test_text_is_refused_with_503_when_the_database_is_gone(
    api: Api, installation: Settings
) -> None:
    """A database without tables is none: it is neither made nor written to by the webhook."""
    api.runtime.database.close()
    for path in installation.data_dir.glob("agent.db*"):
        path.unlink()
    answer = await api.text()
    ready = await api.http.get("/readyz")
    assert (answer.status_code, ready.status_code) == (503, 503)
    assert ready.json()["database"] == "unreachable"


async def test_status_callback_is_answered_at_once_while_temporal_is_away(api: Api) -> None:
    """A failed delivery is recorded whether or not its conversation can be told."""
    row = api.sent(await api.contact())
    started = time.monotonic()
    answer = await api.report(row, "undelivered", ErrorCode="30003")
    assert answer.status_code == 200
    assert time.monotonic() - started < 1
    assert api.rows("SELECT state, problem FROM outbox") == [("undelivered", "30003")]
