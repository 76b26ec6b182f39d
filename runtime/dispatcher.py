"""Telling conversations what has been committed: off the webhook's path, in order per contact."""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import timedelta

import structlog
from temporalio.client import Client
from temporalio.common import (
    Priority,
    SearchAttributePair,
    TypedSearchAttributes,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.messages import SendNotice
from activities.ports import Clock
from domain.errors import StoreUnavailable
from domain.handover import STARTS_CONVERSATION, Handover, escalation_reason
from runtime.temporal_client import AWAY, BRAND_ATTRIBUTE, CHANNEL_ATTRIBUTE, OPENED_AT_ATTRIBUTE
from store.base import InboundStore
from store.records import Ingested, PendingMessage
from workflows.conversation import Conversation, ConversationStart
from workflows.notice import Notice
from workflows.protocol import (
    CONVERSATIONS_QUEUE,
    MODEL_QUEUE,
    RECEIVE_INBOUND,
    ReceiveInbound,
    conversation_workflow_id,
    notice_workflow_id,
)
from workflows.session import STATUS_ATTRIBUTE

_log = structlog.get_logger(__name__)

_RPC_TIMEOUT = timedelta(seconds=5)


@dataclass(frozen=True)
class Queues:
    """Task queues of one installation."""

    conversations: str = CONVERSATIONS_QUEUE
    model: str = MODEL_QUEUE


QUEUES = Queues()


class TemporalDispatcher:
    """Implements `activities.ports.Dispatcher`.

    Args:
        client: Temporal.
        inbound: Where what has been told is noted.
        clock: The present.
        queues: Where conversations run, and where their model calls do.
    """

    def __init__(
        self, client: Client, inbound: InboundStore, clock: Clock, queues: Queues = QUEUES
    ) -> None:
        self._client = client
        self._inbound = inbound
        self._clock = clock
        self._queues = queues

    async def dispatch(self, message: PendingMessage) -> None:
        """Signal the contact's conversation, starting it where the message asks for it.

        A crash between the signal and the note signals twice; the conversation drops the second.
        """
        signal = _signal(message)
        if message.handover in STARTS_CONVERSATION:
            await self._signal_with_start(message, signal)
        else:
            await self._signal_if_open(message, signal)
        await asyncio.to_thread(self._inbound.mark_dispatched, (message.message_id,), self._clock())

    async def dispatch_notice(self, outbox_id: str) -> None:
        """Start sending a fixed text; one that is being sent is left alone."""
        try:
            await self._client.start_workflow(
                Notice.run,
                SendNotice(outbox_id=outbox_id),
                id=notice_workflow_id(outbox_id),
                task_queue=self._queues.conversations,
                rpc_timeout=_RPC_TIMEOUT,
            )
        except WorkflowAlreadyStartedError:
            return

    async def _signal_with_start(self, message: PendingMessage, signal: ReceiveInbound) -> None:
        now = self._clock()
        await self._client.start_workflow(
            Conversation.run,
            ConversationStart(
                brand=message.brand,
                contact_id=message.contact_id,
                model_queue=self._queues.model,
            ),
            id=conversation_workflow_id(message.brand, message.contact_id),
            task_queue=self._queues.conversations,
            start_signal=RECEIVE_INBOUND,
            start_signal_args=[signal],
            static_summary=f"{message.brand} · sms",
            search_attributes=TypedSearchAttributes(
                [
                    SearchAttributePair(BRAND_ATTRIBUTE, message.brand),
                    SearchAttributePair(CHANNEL_ATTRIBUTE, "sms"),
                    SearchAttributePair(STATUS_ATTRIBUTE, "open"),
                    SearchAttributePair(OPENED_AT_ATTRIBUTE, now),
                ]
            ),
            priority=Priority(fairness_key=message.brand),
            task_timeout=timedelta(seconds=5),
            rpc_timeout=_RPC_TIMEOUT,
        )

    async def _signal_if_open(self, message: PendingMessage, signal: ReceiveInbound) -> None:
        handle = self._client.get_workflow_handle(
            conversation_workflow_id(message.brand, message.contact_id)
        )
        try:
            await handle.signal(RECEIVE_INBOUND, signal, rpc_timeout=_RPC_TIMEOUT)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise


def _signal(message: PendingMessage) -> ReceiveInbound:
    reason = None
    if message.handover is Handover.HANDOFF:
        reason = escalation_reason(message.decision.label)
    return ReceiveInbound(
        message_id=message.message_id,
        seq=message.seq,
        body=message.body,
        received_at=message.received_at,
        handover=message.handover,
        doubt=message.decision.doubt is not None,
        escalation=reason,
    )


class DispatchLoop:
    """Hands over what this process has committed, and looks after what others left behind.

    Args:
        dispatcher: Tells conversations.
        inbound: What waits.
        clock: The present.
    """

    POLL_SECONDS = 2.0
    """How often rows that nobody handed over are looked for."""

    LEFT_BEHIND_FOR = timedelta(seconds=5)
    """Age at which a row counts as left behind."""

    def __init__(self, dispatcher: TemporalDispatcher, inbound: InboundStore, clock: Clock) -> None:
        self._dispatcher = dispatcher
        self._inbound = inbound
        self._clock = clock
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._under_way: set[asyncio.Task[None]] = set()

    def submit(self, ingested: Ingested) -> None:
        """Hand over a committed message soon; never raises and never waits."""
        if ingested.handover is not None:
            self._spawn(self._hand_over(ingested.message_id))
        if ingested.notice_id is not None:
            self._spawn(self._start_notice(ingested.notice_id))

    async def run(self) -> None:
        """Look after what was left behind, for as long as the process lives."""
        while True:
            try:
                await self._look_after()
            except (*AWAY, StoreUnavailable) as error:
                _log.warning("dispatch_waits", problem=type(error).__name__)
            await asyncio.sleep(self.POLL_SECONDS)

    async def drain(self) -> None:
        """Wait for what is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def _look_after(self) -> None:
        before = self._clock() - self.LEFT_BEHIND_FOR
        for message in await asyncio.to_thread(self._inbound.pending, before, 500):
            await self._in_order(message)
        for notice in await asyncio.to_thread(self._inbound.pending_notices, before, 100):
            await self._dispatcher.dispatch_notice(notice)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _hand_over(self, message_id: str) -> None:
        try:
            message = await asyncio.to_thread(self._inbound.pending_message, message_id)
            if message is not None:
                await self._in_order(message)
        except (*AWAY, StoreUnavailable) as error:
            # The row stays undispatched: this loop, or the sweeper, comes back to it.
            _log.warning("dispatch_failed", message_id=message_id, problem=type(error).__name__)

    async def _start_notice(self, outbox_id: str) -> None:
        try:
            await self._dispatcher.dispatch_notice(outbox_id)
        except AWAY as error:
            _log.warning("notice_failed", outbox_id=outbox_id, problem=type(error).__name__)

    async def _in_order(self, message: PendingMessage) -> None:
        """Tell one contact's conversation one thing at a time."""
        lock = self._locks[message.contact_id]
        async with lock:
            await self._dispatcher.dispatch(message)
        if not lock.locked():
            self._locks.pop(message.contact_id, None)
