"""Telling conversations what has been committed: off the webhook's path, in order per contact."""

import asyncio
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

from activities.ports import Clock
from activities.send_messages import SendNotice
from domain.handover import STARTS_CONVERSATION, Handover, escalation_reason
from runtime.temporal_client import (
    BRAND_ATTRIBUTE,
    CHANNEL_ATTRIBUTE,
    OPENED_AT_ATTRIBUTE,
    answers,
)
from store.base import InboundStore
from store.records import PendingMessage
from workflows.conversation import Conversation
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
from workflows.start import ConversationStart

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

    async def answers(self) -> bool:
        """Return whether Temporal answers now."""
        return await answers(self._client)

    async def dispatch(self, message: PendingMessage) -> None:
        """Tell the contact's conversation, and note that it has been told."""
        await self.tell(message)
        await asyncio.to_thread(self._inbound.mark_dispatched, (message.message_id,), self._clock())

    async def tell(self, message: PendingMessage) -> None:
        """Signal the contact's conversation, starting it where the message asks for it.

        Whoever calls this notes it (`InboundStore.mark_dispatched`); a crash in between signals
        twice, and the conversation drops the second.
        """
        signal = _signal(message)
        if message.handover in STARTS_CONVERSATION:
            await self._signal_with_start(message, signal)
        else:
            await self._signal_if_open(message, signal)

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
