"""Building what tells conversations, and what starts those again that Temporal has lost."""

from temporalio.client import Client

from activities.business_events import BusinessEvents
from runtime.adapters import present
from runtime.dispatcher import QUEUES, Queues, TemporalDispatcher
from runtime.rebuild import Rebuilder
from runtime.wiring import Runtime, send_activities
from store.outbox_records import OutboxRecord


def build_rebuilder(client: Client, runtime: Runtime, queues: Queues = QUEUES) -> Rebuilder:
    """Return what starts lost conversations again."""
    events = BusinessEvents(runtime.conversations, runtime.events, present)
    sends = send_activities(runtime, events)

    async def look_for(row: OutboxRecord, last: bool) -> OutboxRecord:  # noqa: FBT001  (a callback)
        return await sends.look_for(row, last=last)

    stores = (runtime.rebuilds, runtime.brands, runtime.conversations, runtime.outbox)
    return Rebuilder(client, stores, present, look_for, queues)


def build_dispatcher(
    client: Client, runtime: Runtime, queues: Queues = QUEUES
) -> TemporalDispatcher:
    """Return what tells conversations, also those that Temporal has lost."""
    reviver = build_rebuilder(client, runtime, queues)
    return TemporalDispatcher(client, runtime.inbound, present, queues, reviver)
