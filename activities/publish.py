"""Delivering queued events to whoever the brand has named, in order within a conversation."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from temporalio import activity

from activities.failures import translated
from activities.ports import Adapters, Clock
from activities.upkeep_messages import Published, PublishEvent
from domain.business_event import BusinessEvent
from domain.errors import ProviderError, ProviderRejected, ProviderUnavailable
from providers.marketing.base import EventSink
from store.base import BrandStore, EventStore

_log = structlog.get_logger(__name__)

_BATCH = 200
_REMEMBERED = 5_000
# Less than the activities are given, so that what one receiver took is noted when another hangs.
_PATIENCE = timedelta(seconds=8)


@dataclass
class _Receiver:
    """One receiver of a brand's and what is remembered of it from round to round.

    Attributes:
        taken: Ids of what waits that it need not be asked about again; another one lacks them.
        failed: Conversations it failed on; they come last, so that an event it breaks on keeps no
            other conversation's from it.
        failure: What ended its last turn, None when nothing did.
    """

    taken: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    failure: ProviderError | None = None


class PublishActivities:
    """Activities on the brand's marketing platforms.

    Args:
        brands: Settings.
        events: The queue.
        adapters: Receivers.
        clock: The present.
        patience: How long one receiver may take for all that waits of a brand.
    """

    def __init__(
        self,
        brands: BrandStore,
        events: EventStore,
        adapters: Adapters,
        clock: Clock,
        patience: timedelta = _PATIENCE,
    ) -> None:
        self._brands = brands
        self._events = events
        self._adapters = adapters
        self._clock = clock
        self._patience = patience
        self._receivers: dict[tuple[str, EventSink], _Receiver] = {}

    @activity.defn(name="publish_event")
    async def publish_event(self, request: PublishEvent) -> Published:
        """Deliver what waits of one conversation; what fails stays queued for the sweeper."""
        with translated():
            return Published(delivered=await self.publish(request.brand, request.conversation_id))

    async def publish(self, brand: str, conversation_id: str | None) -> int:
        """Deliver what waits, oldest first, of one conversation or of all.

        Receivers are served side by side. One that fails gets nothing more this time: a receiver
        that is away costs one time-out, not one for each conversation, and each conversation's
        events stay in order. Whoever gets an event again drops it by its id.

        Returns:
            How many events every receiver has now.

        Raises:
            ProviderError: A receiver's failure, after everything else was tried.
        """
        settings = (await asyncio.to_thread(self._brands.settings, brand)).settings
        sinks = self._adapters.event_sinks(settings)
        known = [self._known(brand, sink, conversation_id) for sink in sinks]
        # What one receiver lacks for days must not hide what another has yet to get.
        limit = _BATCH + min(max((len(one.taken) for one in known), default=0), _REMEMBERED)
        waiting = await asyncio.to_thread(self._events.undelivered, brand, conversation_id, limit)
        await asyncio.gather(*map(self._give, sinks, known, [waiting] * len(sinks)))
        delivered = [e.event_id for e in waiting if all(e.event_id in one.taken for one in known)]
        if delivered:
            await asyncio.to_thread(self._events.mark_delivered, delivered, self._clock())
        for one in known:
            if one.failure is not None:
                raise one.failure
        return len(delivered)

    async def _give(
        self, sink: EventSink, receiver: _Receiver, waiting: Sequence[BusinessEvent]
    ) -> None:
        """Give a receiver what waits, oldest first, until it fails or its time is over."""
        receiver.failure = None
        receiver.taken &= {e.event_id for e in waiting}
        receiver.failed &= {e.conversation_id for e in waiting}
        lacking = [e for e in waiting if e.event_id not in receiver.taken]
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                for event in sorted(lacking, key=lambda e: e.conversation_id in receiver.failed):
                    receiver.failed.add(event.conversation_id)
                    await _deliver(event, sink)
                    receiver.failed.discard(event.conversation_id)
                    receiver.taken.add(event.event_id)
        except ProviderError as error:
            receiver.failure = error
        except TimeoutError:
            receiver.failure = ProviderUnavailable(sink.name, "deliver", "its time is over")

    def _known(self, brand: str, sink: EventSink, conversation_id: str | None) -> _Receiver:
        if conversation_id is not None:
            return _Receiver()
        # By the adapter: an account of other settings has been told nothing yet.
        return self._receivers.setdefault((brand, sink), _Receiver())


async def _deliver(event: BusinessEvent, sink: EventSink) -> None:
    """Give an event to a receiver; one that it refuses for good counts as taken."""
    try:
        await sink.deliver(event)
    except ProviderRejected as error:
        # It will never be taken: the rest must not wait behind it for ever.
        _log.error("event_refused", event_id=event.event_id, problem=str(error))
