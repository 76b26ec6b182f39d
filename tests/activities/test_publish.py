"""A receiver of events that is away costs its brand one try a round, and nobody else anything."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from temporalio.activity import _Definition

from activities.publish import PublishActivities
from activities.upkeep_messages import Sweep, Swept
from domain.brand_accounts import EventWebhook, KlaviyoAccount, MarketingSettings
from domain.errors import ProviderError
from providers.http_client import open_http
from runtime.adapters import BrandAdapters, present
from runtime.dispatcher import TemporalDispatcher
from runtime.environment import use_environment
from runtime.temporal_client import connect
from runtime.wiring import Runtime, build_runtime, conversation_activities
from sandbox.server import SandboxConfig, create_sandbox
from store.migrate import migrate
from tests.api.rig import some_installation
from tests.builders import some_settings
from tests.contract.marketing_rig import a_start
from tests.contract.wire import Wire
from tests.wait import until

_KEY = "pk_sandbox0000000000000000000000000000"
_SECRET = "whsec_c2FuZGJveC1ldmVudHMtc2VjcmV0"


@dataclass
class Marketing:
    """The queue of "acme", whose own endpoint and Klaviyo both listen, and both receivers."""

    runtime: Runtime
    control: httpx.AsyncClient

    def publisher(self, patience: timedelta = timedelta(seconds=8)) -> PublishActivities:
        """Return what delivers."""
        one = self.runtime
        return PublishActivities(one.brands, one.events, one.adapters, present, patience)

    async def sweep(self) -> Swept:
        """Run one round of the sweeper; Temporal is away and has nothing to be told."""
        client = await connect(self.runtime.settings, lazy=True)
        dispatcher = TemporalDispatcher(client, self.runtime.inbound, present)
        for activity in conversation_activities(self.runtime, dispatcher):
            if _Definition.must_from_callable(activity).name == "sweep":
                swept: Swept = await activity(Sweep())
                return swept
        raise AssertionError("no sweep")

    def queue(self, *conversations: str, brand: str = "acme") -> None:
        """Queue an event of each conversation, in this order."""
        for conversation in conversations:
            self.runtime.events.queue(a_start(conversation, brand=brand), "c")

    def add_brand(self, brand: str) -> None:
        """Open a brand with both receivers."""
        listens = MarketingSettings(
            webhook=EventWebhook(url="env:ACME_URL", secret="env:ACME_SECRET"),
            klaviyo=KlaviyoAccount(api_key="env:ACME_KEY"),
        )
        settings = some_settings(brand).model_copy(update={"marketing": listens})
        self.runtime.brands.save_settings(settings, "test", present())

    async def break_receiver(self, **fault: object) -> None:
        """Have the brand's own endpoint fail."""
        answer = await self.control.post("/events/_control/faults", json=fault)
        assert answer.is_success

    async def asked(self, vendor: str = "events") -> int:
        """Return how often a receiver was asked, the brand's own endpoint by default."""
        found = (await self.control.get(f"/{vendor}/_control/requests")).json()
        return len(found["requests"])

    async def has(self, vendor: str) -> list[str]:
        """Return the conversations whose events a receiver has, in the order they came."""
        found: dict[str, Any] = (await self.control.get(f"/{vendor}/_control/events")).json()
        ids = [e["unique_id"] if vendor == "klaviyo" else e["id"] for e in found["events"]]
        return [one.partition(":")[0] for one in ids]


@pytest.fixture
async def marketing(tmp_path: Path) -> AsyncIterator[Marketing]:
    """Give a store and two receivers that take everything."""
    use_environment({"ACME_URL": "http://vendor.test/events/webhook", "ACME_SECRET": _SECRET})
    use_environment({"ACME_KEY": _KEY})
    settings = some_installation(tmp_path, klaviyo_base_url="http://vendor.test/klaviyo")
    migrate(settings.database)
    runtime = build_runtime(settings)
    wire = Wire(create_sandbox(SandboxConfig()))
    async with (
        open_http(wire) as pool,
        httpx.AsyncClient(transport=wire, base_url="http://vendor.test") as control,
    ):
        adapters = BrandAdapters(settings, pool)
        opened = Marketing(replace(runtime, adapters=adapters), control)
        opened.add_brand("acme")
        yield opened
    await runtime.close()


async def test_receiver_that_is_down_is_asked_once_a_round_however_many_conversations_wait(
    marketing: Marketing,
) -> None:
    """One failure tells enough of the round; the other receiver gets everything meanwhile."""
    marketing.queue("c-1", "c-2", "c-3")
    await marketing.break_receiver(kind="status", status=503, times=1000)

    with pytest.raises(ProviderError):
        await marketing.publisher().publish("acme", None)
    assert await marketing.has("klaviyo") == ["c-1", "c-2", "c-3"]
    assert await marketing.asked() == 1


async def test_receiver_that_hangs_keeps_the_round_no_longer_than_its_share(
    marketing: Marketing,
) -> None:
    """What the other one took is noted; the hanging one is told as unavailable."""
    marketing.queue("c-1", "c-2")
    await marketing.break_receiver(kind="delay", delay_seconds=3600, times=1000)

    with pytest.raises(ProviderError, match="its time is over"):
        await marketing.publisher(timedelta(seconds=0.5)).publish("acme", None)
    assert await marketing.has("klaviyo") == ["c-1", "c-2"]


async def test_event_that_a_receiver_breaks_on_keeps_no_other_conversation_from_it(
    marketing: Marketing,
) -> None:
    """Whoever failed in one round comes last in the next."""
    marketing.queue("c-1", "c-2", "c-3")
    await marketing.break_receiver(kind="status", status=500, body_contains="c-1", times=1000)
    publisher = marketing.publisher()

    for _ in range(2):
        with pytest.raises(ProviderError):
            await publisher.publish("acme", None)
    assert await marketing.has("events") == ["c-2", "c-3"]


async def test_receiver_that_listens_is_told_once_while_the_other_is_away(
    marketing: Marketing,
) -> None:
    """However long the outage and however much piles up, it gets what is new, and only that."""
    marketing.queue(*(f"c-{number:03}" for number in range(210)))
    await marketing.break_receiver(kind="status", status=503, times=1000)
    publisher = marketing.publisher(timedelta(seconds=60))

    for _ in range(3):
        with pytest.raises(ProviderError):
            await publisher.publish("acme", None)
    assert len(await marketing.has("klaviyo")) == 210
    assert await marketing.asked("klaviyo") == 210


async def test_events_of_a_conversation_stay_in_order_across_an_outage(
    marketing: Marketing,
) -> None:
    """The second does not go ahead when the first failed."""
    marketing.queue("c-1")
    marketing.runtime.events.queue(a_start("c-1", brand="acme", episode=2), "c")
    await marketing.break_receiver(kind="status", status=503)
    publisher = marketing.publisher()

    with pytest.raises(ProviderError):
        await publisher.publish("acme", None)
    assert await marketing.has("events") == []
    assert await publisher.publish("acme", None) == 2
    found = (await marketing.control.get("/events/_control/events")).json()["events"]
    assert [e["id"].rpartition(":")[2] for e in found] == ["1", "2"]


async def test_sweep_brand_whose_receiver_hangs_keeps_no_other_brand_waiting(
    marketing: Marketing,
) -> None:
    """The next brand's events leave while the first one's receiver has not answered."""
    marketing.add_brand("birch")
    marketing.queue("c-acme")
    marketing.queue("c-birch", brand="birch")
    hangs = {"kind": "delay", "delay_seconds": 3600, "times": 1000}
    await marketing.break_receiver(**hangs, body_contains="c-acme")
    sweep = asyncio.create_task(marketing.sweep())

    async def arrived() -> bool:
        return await marketing.has("events") == ["c-birch"]

    await until(arrived, "the other brand's event", 7)
    assert not sweep.done()
    sweep.cancel()
