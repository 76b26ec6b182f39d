"""Telling conversations what has been committed: off the webhook's path, in order per contact."""

import asyncio
from dataclasses import dataclass

import structlog
from temporalio.client import Client
from temporalio.common import Priority
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.ports import Clock
from activities.send_messages import SendNotice
from domain.errors import AgentError, StoreUnavailable
from domain.handover import STARTS_CONVERSATION, Handover, escalation_reason
from runtime.conversation_starts import RPC_TIMEOUT, start_conversation
from runtime.reviving import Outcome, Reviver
from runtime.temporal_client import AWAY, answers
from store.base import InboundStore
from store.records import PendingMessage
from workflows.notice import Notice
from workflows.protocol import (
    CONVERSATIONS_QUEUE,
    MODEL_QUEUE,
    RECEIVE_INBOUND,
    ReceiveInbound,
    conversation_workflow_id,
    notice_workflow_id,
)
from workflows.start import ConversationStart

_log = structlog.get_logger(__name__)


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
        reviver: Starts conversations again that Temporal has lost; without it none is.
    """

    def __init__(
        self,
        client: Client,
        inbound: InboundStore,
        clock: Clock,
        queues: Queues = QUEUES,
        reviver: Reviver | None = None,
    ) -> None:
        self._client = client
        self._inbound = inbound
        self._clock = clock
        self._queues = queues
        self._reviver = reviver

    async def answers(self) -> bool:
        """Return whether Temporal answers now."""
        return await answers(self._client)

    async def dispatch(self, message: PendingMessage) -> None:
        """Tell the contact's conversation, and note that it has been told."""
        if await self.tell(message):
            told = (message.message_id,)
            await asyncio.to_thread(self._inbound.mark_dispatched, told, self._clock())

    async def tell(self, message: PendingMessage) -> bool:
        """Signal the contact's conversation, starting it where the message asks for it.

        One that the store holds as open goes on where it stood, though Temporal has lost it: were
        it started afresh, a human who has the word would lose it.

        Whoever calls this notes it (`InboundStore.mark_dispatched`); a crash in between signals
        twice, and the conversation drops the second.

        Returns:
            False when it cannot be told yet: ask again later.
        """
        signal = _signal(message)
        if message.conversation_open and self._reviver is not None:
            if await self._signal_if_open(message, signal):
                return True
            if await self._revived(self._reviver, message) is Outcome.WAITS:
                return False
        if message.handover in STARTS_CONVERSATION:
            await self._signal_with_start(message, signal)
        else:
            await self._signal_if_open(message, signal)
        return True

    async def _revived(self, reviver: Reviver, message: PendingMessage) -> Outcome:
        try:
            return await reviver.revive(message.brand, message.contact_id)
        except StoreUnavailable:
            raise
        except (AgentError, ValueError) as error:  # it keeps no other text waiting
            _log.error("not_revived", message_id=message.message_id, problem=type(error).__name__)
            return Outcome.WAITS

    async def rebuild_missing(self) -> int:
        """Start what Temporal has lost, as far as the store knows of it; return how much it was."""
        if self._reviver is None:
            return 0
        try:
            started = await self._reviver.rebuild_missing()
            texts = await self._reviver.stranded()
            for text in texts:
                await self.dispatch(text)
        except AWAY as error:  # the list lags or is away; the next round looks again
            _log.warning("rebuild_failed", problem=str(error))
            return 0
        return started + len(texts)

    async def dispatch_notice(self, outbox_id: str) -> None:
        """Start sending a fixed text; one that is being sent is left alone."""
        brand = await asyncio.to_thread(self._inbound.brand_of_notice, outbox_id)
        if brand is None:
            return
        try:
            await self._client.start_workflow(
                Notice.run,
                SendNotice(outbox_id=outbox_id),
                id=notice_workflow_id(outbox_id),
                task_queue=self._queues.conversations,
                priority=Priority(fairness_key=brand),
                rpc_timeout=RPC_TIMEOUT,
            )
        except WorkflowAlreadyStartedError:
            return

    async def _signal_with_start(self, message: PendingMessage, signal: ReceiveInbound) -> None:
        start = ConversationStart(
            brand=message.brand,
            contact_id=message.contact_id,
            model_queue=self._queues.model,
        )
        queue = self._queues.conversations
        await start_conversation(self._client, queue, start, self._clock(), signal)

    async def _signal_if_open(self, message: PendingMessage, signal: ReceiveInbound) -> bool:
        """Signal the contact's conversation; return whether there is one."""
        handle = self._client.get_workflow_handle(
            conversation_workflow_id(message.brand, message.contact_id)
        )
        try:
            await handle.signal(RECEIVE_INBOUND, signal, rpc_timeout=RPC_TIMEOUT)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            return False
        return True


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
