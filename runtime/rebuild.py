"""Conversations that the store holds as open and Temporal has lost: started again, once each.

The store alone decides how one goes on (`runtime.rebuilt_state`). Temporal refuses to start a
conversation that runs, and every key that a rebuilt one uses is counted from the store, so that
rebuilding twice, or from several places at once, changes nothing.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta

import structlog
from temporalio.client import Client
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.ports import Clock
from domain.conversation import Status
from domain.errors import AgentError
from runtime.conversation_starts import start_conversation
from runtime.dispatcher import QUEUES, Queues
from runtime.losses import Losses
from runtime.rebuilt_state import Circumstances, Rebuilt, rebuild
from runtime.rebuilt_texts import IN_DOUBT, waits_for_outcome
from runtime.reviving import Outcome
from store.base import BrandStore, ConversationStore
from store.outbox_base import OutboxStore
from store.outbox_records import OutboxRecord
from store.rebuild_base import RebuildStore
from store.rebuild_records import ConversationRecord, OpenRow
from store.records import PendingMessage, StatusChange
from workflows.start import ConversationStart

_log = structlog.get_logger(__name__)

# As long as a workflow looks for its own text; what is not found by then is abandoned.
_LOOKED_FOR = timedelta(seconds=125)
_LOOK_EVERY_SECONDS = 10.0
_ROUND_SECONDS = 25.0
_AT_ONCE = 8

LookFor = Callable[[OutboxRecord, bool], Awaitable[OutboxRecord]]
"""Looks for a text of unknown outcome at its carrier; the flag says whether for the last time."""


class Rebuilder:
    """Starts lost conversations again.

    Attributes:
        losses: Says what is lost.

    Args:
        client: Temporal.
        stores: Open conversations, settings, conversations, outbox.
        clock: The present.
        look_for: Asks a carrier.
        queues: Where conversations run, and where their model calls do.
    """

    def __init__(
        self,
        client: Client,
        stores: tuple[RebuildStore, BrandStore, ConversationStore, OutboxStore],
        clock: Clock,
        look_for: LookFor,
        queues: Queues = QUEUES,
    ) -> None:
        self._client = client
        self.losses = Losses(client, stores[0], clock)
        self._store, self._brands, self._conversations, self._outbox = stores
        self._clock = clock
        self._look_for = look_for
        self._queues = queues
        self._looked_at: dict[str, float] = {}

    async def revive(self, brand: str, contact_id: str) -> Outcome:
        """Start a contact's open conversation again, unless it runs."""
        # In this order: what is read while it does not run stays true until somebody starts it.
        if await self.losses.runs(brand, contact_id):
            return Outcome.RUNS
        record = await self._settled_record(brand, contact_id)
        if record is None:
            return Outcome.NONE_OPEN
        if waits_for_outcome(record):
            return Outcome.WAITS
        rebuilt = await asyncio.to_thread(self._rebuild, record)
        start = ConversationStart(
            brand=brand,
            contact_id=contact_id,
            carry=rebuilt.state,
            first=rebuilt.first,
            model_queue=self._queues.model,
        )
        opened_at = record.row.opened_at
        try:
            await start_conversation(self._client, self._queues.conversations, start, opened_at)
        except WorkflowAlreadyStartedError:
            return Outcome.RUNS
        _log.warning(
            "conversation_rebuilt",
            brand=brand,
            conversation_id=record.row.conversation_id,
            status=rebuilt.state.status.value,
            turn=rebuilt.state.turn,
            texts=len(rebuilt.first),
        )
        return Outcome.STARTED

    async def rebuild_missing(self) -> int:
        """Start what is lost, for as long as a round may take; return how many were started."""
        missing = await self.losses.missing()
        started, until = 0, time.monotonic() + _ROUND_SECONDS
        async for _row, outcome in self.rebuild(missing):
            started += outcome is Outcome.STARTED
            if time.monotonic() > until:
                break  # the next round goes on
        return started

    async def stranded(self) -> tuple[PendingMessage, ...]:
        """Return texts whose conversation was lost before the store knew of it."""
        return await self.losses.texts()

    async def rebuild(self, rows: Sequence[OpenRow]) -> AsyncIterator[tuple[OpenRow, Outcome]]:
        """Start conversations again, a few at a time, and say what became of each."""
        for first in range(0, len(rows), _AT_ONCE):
            some = rows[first : first + _AT_ONCE]
            outcomes = await asyncio.gather(*(self._revive_row(row) for row in some))
            for row, outcome in zip(some, outcomes, strict=True):
                yield row, outcome

    async def _revive_row(self, row: OpenRow) -> Outcome:
        try:
            outcome = await self.revive(row.brand, row.contact_id)
        except (AgentError, ValueError) as error:  # it keeps no other one waiting
            _log.error(
                "conversation_not_rebuilt",
                brand=row.brand,
                conversation_id=row.conversation_id,
                problem=str(error),
            )
            return Outcome.WAITS
        await asyncio.to_thread(
            self._store.close_older, row.brand, row.conversation_id, self._clock()
        )
        return outcome

    async def _settled_record(self, brand: str, contact_id: str) -> ConversationRecord | None:
        """Return the record, once carriers were asked for what is of unknown outcome."""
        record = await asyncio.to_thread(self._store.record, brand, contact_id)
        if record is None or not waits_for_outcome(record):
            return record
        for outbox_id in waits_for_outcome(record):
            await self._look(outbox_id)
        return await asyncio.to_thread(self._store.record, brand, contact_id)

    async def _look(self, outbox_id: str) -> None:
        """Look for a text, now and then: whoever waits for its conversation asks every moment."""
        looked = self._looked_at.pop(outbox_id, None)
        if looked is not None and time.monotonic() - looked < _LOOK_EVERY_SECONDS:
            self._looked_at[outbox_id] = looked
            return
        row = await asyncio.to_thread(self._outbox.get, outbox_id)
        if row is None or row.state not in IN_DOUBT:
            return
        tried_for = self._clock() - (row.first_try_at or row.created_at)
        self._looked_at[outbox_id] = time.monotonic()
        try:
            await self._look_for(row, tried_for > _LOOKED_FOR)
        except AgentError as error:
            _log.warning("rebuild_waits", outbox_id=outbox_id, problem=str(error))

    def _rebuild(self, record: ConversationRecord) -> Rebuilt:
        """Rebuild a conversation and let its row say the same as its state."""
        row, now = record.row, self._clock()
        found = self._brands.settings(row.brand, row.settings_version)
        settings = found.settings
        within = timedelta(hours=settings.timers.reopen_within_hours)
        before = self._conversations.resolved_before(
            row.brand, row.contact_id, row.conversation_id, row.opened_at - within
        )
        about = Circumstances(
            policy=settings.policy(found.version),
            resolved_before=before,
            now=now,
        )
        rebuilt = rebuild(record, about)
        self._store.drop_ready(row.brand, row.conversation_id, now)
        # A handoff that begins again writes its status itself.
        if row.status is not rebuilt.state.status and row.status is not Status.HANDED_OFF:
            change = StatusChange(status=rebuilt.state.status)
            self._conversations.set_status(row.brand, row.conversation_id, change, now)
        return rebuilt
