"""One round of the sweeper: whatever a crash or an outage left undone."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import structlog
from temporalio import activity

from activities.beat import beating
from activities.failures import translated
from activities.ports import Adapters, Clock, Dispatcher
from activities.publish import PublishActivities
from activities.sends import SendActivities
from activities.upkeep_messages import Sweep, Swept
from domain.errors import ConfigurationError, InboundRejected, ProviderError
from domain.listing import find_missed
from domain.message import InboundMessage
from store.base import BrandStore, InboundStore
from store.outbox_base import OutboxStore
from store.records import Ingested

_log = structlog.get_logger(__name__)

_UNDISPATCHED_FOR = timedelta(seconds=10)
_LISTED_SINCE = timedelta(hours=24)
# Longer than any workflow looks for its own text; what is still open then has no one.
_DOUBTED_FOR = timedelta(minutes=5)
_GIVEN_UP_AFTER = timedelta(minutes=15)
_BATCH = 200
_BRANDS_AT_ONCE = 20
# One brand's provider that is away, or set up wrongly, keeps the round from no other brand.
_PASSED_OVER = (ProviderError, ConfigurationError, InboundRejected)

Ingest = Callable[[InboundMessage], Ingested]


class SweepActivities:
    """The sweeper.

    Args:
        stores: Brands, inbound messages, outbox.
        ingest: Commits a text as the webhook would.
        dispatcher: Tells conversations.
        others: What looks for texts of unknown outcome, and what delivers events.
        adapters: Carriers.
        clock: The present.
    """

    def __init__(
        self,
        stores: tuple[BrandStore, InboundStore, OutboxStore],
        ingest: Ingest,
        dispatcher: Dispatcher,
        others: tuple[SendActivities, PublishActivities],
        adapters: Adapters,
        clock: Clock,
    ) -> None:
        self._brands, self._inbound, self._outbox = stores
        self._ingest = ingest
        self._dispatcher = dispatcher
        self._sends, self._publisher = others
        self._adapters = adapters
        self._clock = clock

    @activity.defn(name="sweep")
    async def sweep(self, _request: Sweep) -> Swept:
        """Import what never reached us, hand over what was not, settle what is in doubt."""
        async with beating():
            with translated():
                # What is here already does not wait for a provider that is slow to list.
                dispatched, notices = await self._hand_over()
                reconciled = await self._reconcile()
                imported = await self._import_missed()
                if imported:
                    more, others = await self._hand_over()
                    dispatched, notices = dispatched + more, notices + others
                published = await self._publish()
                # Last: after a great loss it takes as long as it is let.
                rebuilt = await self._dispatcher.rebuild_missing()
        return Swept(
            dispatched=dispatched,
            notices=notices,
            imported=imported,
            reconciled=reconciled,
            published=published,
            rebuilt=rebuilt,
        )

    async def _publish(self) -> int:
        """Deliver events, brands side by side: one whose receiver hangs keeps none waiting."""
        places = asyncio.Semaphore(_BRANDS_AT_ONCE)

        async def of(brand: str) -> int:
            async with places:
                try:
                    return await self._publisher.publish(brand, None)
                except _PASSED_OVER as error:
                    _log.warning("events_wait", brand=brand, problem=str(error))
                    return 0

        return sum(await asyncio.gather(*map(of, await asyncio.to_thread(self._brands.brands))))

    async def _hand_over(self) -> tuple[int, int]:
        before = self._clock() - _UNDISPATCHED_FOR
        messages = await asyncio.to_thread(self._inbound.pending, before, _BATCH)
        for message in messages:
            await self._dispatcher.dispatch(message)
        notices = await asyncio.to_thread(self._inbound.pending_notices, before, _BATCH)
        for outbox_id in notices:
            await self._dispatcher.dispatch_notice(outbox_id)
        return len(messages), len(notices)

    async def _import_missed(self) -> int:
        """Ask each number's provider what it received; webhooks get lost, messages do not."""
        imported = 0
        for brand in await asyncio.to_thread(self._brands.brands):
            settings = (await asyncio.to_thread(self._brands.settings, brand)).settings
            for provider in sorted({sender.provider for sender in settings.senders}):
                numbers = [s.number for s in settings.senders if s.provider == provider]
                try:
                    imported += await self._import_for(provider, numbers)
                except _PASSED_OVER as error:
                    _log.warning("listing_failed", brand=brand, problem=str(error))
        return imported

    async def _import_for(self, provider: str, numbers: list[str]) -> int:
        """Import from all numbers of a brand at once: which of two texts was first matters."""
        since, carrier = self._clock() - _LISTED_SINCE, self._adapters.sms(provider)
        listed: list[InboundMessage] = []
        for number in numbers:
            listed += await carrier.list_inbound(number, since)
        ids = [m.provider_message_id for m in listed]
        known = await asyncio.to_thread(self._inbound.known, provider, ids)
        missed = find_missed(listed, known)
        for message in missed:
            await asyncio.to_thread(self._ingest, message)
        return len(missed)

    async def _reconcile(self) -> int:
        now = self._clock()
        rows = await asyncio.to_thread(self._outbox.in_doubt, now - _DOUBTED_FOR, _BATCH)
        for row in rows:
            started = row.first_try_at or row.created_at
            try:
                await self._sends.look_for(row, last=now - started > _GIVEN_UP_AFTER)
            except _PASSED_OVER as error:
                _log.warning("reconcile_failed", outbox_id=row.outbox_id, problem=str(error))
        return len(rows)
