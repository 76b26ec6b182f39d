"""Handing over in the background what a process has committed, and what others left behind."""

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine
from datetime import timedelta

import structlog
from temporalio.service import RPCError, RPCStatusCode

from activities.ports import Clock
from domain.errors import StoreUnavailable
from runtime.dispatcher import TemporalDispatcher
from runtime.keyed_locks import KeyedLocks
from runtime.temporal_client import AWAY
from store.base import InboundStore
from store.records import Ingested, PendingMessage

_log = structlog.get_logger(__name__)


class DispatchLoop:
    """Hands over what this process has committed, and looks after what others left behind.

    Args:
        dispatcher: Tells conversations.
        inbound: What waits.
        clock: The present.
    """

    POLL_SECONDS = 2.0
    """How often rows that nobody handed over are looked for."""

    NOTE_SECONDS = 0.1
    """How long texts handed over are gathered, so that one write notes them all."""

    TOLD_KEPT = 2_000
    """How many texts handed over are remembered: more than wait to be noted."""

    LEFT_BEHIND_FOR = timedelta(seconds=5)
    """Age at which a row counts as left behind."""

    def __init__(self, dispatcher: TemporalDispatcher, inbound: InboundStore, clock: Clock) -> None:
        self._dispatcher = dispatcher
        self._inbound = inbound
        self._clock = clock
        self._locks = KeyedLocks()
        self._under_way: set[asyncio.Task[None]] = set()
        # While Temporal is away each try costs more than the webhook that caused it.
        self._away = False
        self._unnoted: list[str] = []
        # A row read a moment before it was noted must not be told twice.
        self._told: OrderedDict[str, None] = OrderedDict()

    def submit(self, ingested: Ingested) -> None:
        """Hand over a committed message soon; never raises and never waits."""
        if ingested.handover is not None:
            self._spawn(self._hand_over(ingested.message_id))
        for notice in (ingested.notice_id, ingested.warning_id):
            if notice is not None:
                self.submit_notice(notice)

    def submit_notice(self, outbox_id: str) -> None:
        """Have a committed text sent soon; never raises and never waits."""
        self._spawn(self._start_notice(outbox_id))

    async def run(self) -> None:
        """Look after what was left behind, for as long as the process lives."""
        while True:
            try:
                await self._look_after()
            except (*AWAY, StoreUnavailable) as error:
                self._away = self._away or _means_away(error)
                _log.warning("dispatch_waits", problem=type(error).__name__)
            except Exception as error:  # one row that cannot be read must not end it for all
                _log.exception("dispatch_broken", problem=type(error).__name__)
            await asyncio.sleep(self.POLL_SECONDS)

    async def drain(self) -> None:
        """Wait for what is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def _look_after(self) -> None:
        before = self._clock() - self.LEFT_BEHIND_FOR
        if self._away:
            if not await self._dispatcher.answers():
                return
            self._away = False
            before = self._clock()  # nobody has handed over the newer ones meanwhile
        for message in await asyncio.to_thread(self._inbound.pending, before, 500):
            await self._in_order(message)
        for notice in await asyncio.to_thread(self._inbound.pending_notices, before, 100):
            await self._dispatcher.dispatch_notice(notice)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _hand_over(self, message_id: str) -> None:
        if self._away:
            return
        try:
            message = await asyncio.to_thread(self._inbound.pending_message, message_id)
            if message is not None:
                await self._in_order(message)
        except (*AWAY, StoreUnavailable) as error:
            # The row stays undispatched: this loop, or the sweeper, comes back to it.
            self._away = self._away or _means_away(error)
            _log.warning("dispatch_failed", message_id=message_id, problem=type(error).__name__)

    async def _start_notice(self, outbox_id: str) -> None:
        try:
            await self._dispatcher.dispatch_notice(outbox_id)
        except AWAY as error:
            _log.warning("notice_failed", outbox_id=outbox_id, problem=type(error).__name__)

    async def _in_order(self, message: PendingMessage) -> None:
        """Tell one contact's conversation one thing at a time."""
        lock = self._locks.of(message.contact_id)
        async with lock:
            if message.message_id in self._told:
                return
            if await self._dispatcher.tell(message):
                self._remember(message.message_id)

    def _remember(self, message_id: str) -> None:
        self._told[message_id] = None
        while len(self._told) > self.TOLD_KEPT:
            self._told.popitem(last=False)
        self._unnoted.append(message_id)
        if len(self._unnoted) == 1:
            self._spawn(self._note())

    async def _note(self) -> None:
        """Note what was handed over; what a crash leaves unnoted is told again, and dropped."""
        await asyncio.sleep(self.NOTE_SECONDS)
        told, self._unnoted = self._unnoted, []
        try:
            await asyncio.to_thread(self._inbound.mark_dispatched, told, self._clock())
        except StoreUnavailable as error:
            for message_id in told:
                self._told.pop(message_id, None)
            _log.warning("dispatch_unnoted", texts=len(told), problem=type(error).__name__)


def _means_away(error: Exception) -> bool:
    """Return whether no other text would fare better than the one that met this error."""
    if isinstance(error, RPCError):
        return error.status is RPCStatusCode.UNAVAILABLE
    return isinstance(error, AWAY)
