"""Delivering queued events to whoever the brand has named, in order within a conversation."""

import asyncio

import structlog
from temporalio import activity

from activities.failures import translated
from activities.ports import Adapters, Clock
from activities.upkeep_messages import Published, PublishEvent
from domain.business_event import BusinessEvent
from domain.errors import ProviderError, ProviderRejected
from providers.marketing.base import EventSink
from store.base import BrandStore, EventStore

_log = structlog.get_logger(__name__)

_BATCH = 200

_Failed = dict[tuple[str, int], ProviderError]
"""Failures by conversation and receiver."""


class PublishActivities:
    """Activities on the brand's marketing platforms.

    Args:
        brands: Settings.
        events: The queue.
        adapters: Receivers.
        clock: The present.
    """

    def __init__(
        self, brands: BrandStore, events: EventStore, adapters: Adapters, clock: Clock
    ) -> None:
        self._brands = brands
        self._events = events
        self._adapters = adapters
        self._clock = clock

    @activity.defn(name="publish_event")
    async def publish_event(self, request: PublishEvent) -> Published:
        """Deliver what waits of one conversation; what fails stays queued for the sweeper."""
        with translated():
            return Published(delivered=await self.publish(request.brand, request.conversation_id))

    async def publish(self, brand: str, conversation_id: str | None) -> int:
        """Deliver what waits, oldest first, of one conversation or of all.

        A receiver's failure holds back the later events of the conversation from it, so that they
        stay in order; the other receivers go on. Whoever gets an event again drops it by its id.

        Returns:
            How many events every receiver has now.

        Raises:
            ProviderError: The last failure, after everything else was tried.
        """
        settings = (await asyncio.to_thread(self._brands.settings, brand)).settings
        sinks = self._adapters.event_sinks(settings)
        waiting = await asyncio.to_thread(self._events.undelivered, brand, conversation_id, _BATCH)
        failed: _Failed = {}
        delivered = [e.event_id for e in waiting if await _deliver(e, sinks, failed)]
        if delivered:
            await asyncio.to_thread(self._events.mark_delivered, delivered, self._clock())
        if failed:
            raise next(reversed(failed.values()))
        return len(delivered)


async def _deliver(event: BusinessEvent, sinks: tuple[EventSink, ...], failed: _Failed) -> bool:
    """Give an event to every receiver; return whether none needs to be asked again."""
    everyone = True
    for number, sink in enumerate(sinks):
        key = (event.conversation_id, number)
        if key in failed:
            everyone = False
            continue
        try:
            await sink.deliver(event)
        except ProviderRejected as error:
            # It will never be taken: the rest must not wait behind it for ever.
            _log.error("event_refused", event_id=event.event_id, problem=str(error))
        except ProviderError as error:
            failed[key] = error
            everyone = False
    return everyone
