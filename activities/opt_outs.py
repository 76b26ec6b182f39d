"""Telling others of an opt-out that we have confirmed."""

import asyncio

from temporalio import activity

from activities.beat import beating
from activities.failures import translated
from activities.ports import Adapters, Clock
from activities.send_messages import SendNotice
from activities.upkeep_messages import Done
from store.base import BrandStore
from store.operator_base import ConsentStore
from store.outbox_base import OutboxStore

_CARRIER = "carrier:"
"""Sources that begin so are the carrier's own words to us."""


class OptOutActivities:
    """Activities on others' opt-out lists.

    Args:
        brands: Settings.
        consents: Who opted out, and how we know.
        outbox: The confirmation that was sent.
        adapters: Carriers and marketing platforms.
        clock: The present.
    """

    def __init__(
        self,
        brands: BrandStore,
        consents: ConsentStore,
        outbox: OutboxStore,
        adapters: Adapters,
        clock: Clock,
    ) -> None:
        self._brands = brands
        self._consents = consents
        self._outbox = outbox
        self._adapters = adapters
        self._clock = clock

    @activity.defn(name="push_opt_out")
    async def push_opt_out(self, request: SendNotice) -> Done:
        """Have the carrier block a person whose opt-out we have confirmed, as a second lock.

        Runs after the confirmation has left: the carrier would refuse that too. A keyword that
        the carrier confirms by itself has none of ours.
        """
        async with beating():
            with translated():
                row = await asyncio.to_thread(self._outbox.get, request.outbox_id)
                if row is None:
                    return Done()
                source = await asyncio.to_thread(
                    self._consents.opt_out_source, row.brand, row.contact_id
                )
                if source is None:
                    return Done()  # it confirms something else, or START has come since
                if not source.startswith(_CARRIER):
                    carrier = self._adapters.sms(row.provider)
                    await carrier.push_opt_out(row.recipient, row.sender, self._clock())
                settings = (await asyncio.to_thread(self._brands.settings, row.brand)).settings
                for sink in self._adapters.opt_out_sinks(settings):
                    await sink.unsubscribe(row.recipient)
        return Done()
