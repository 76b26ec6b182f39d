"""Starting a contact's conversation: afresh with its first text, or where the store left it."""

from datetime import datetime, timedelta

from temporalio.client import Client
from temporalio.common import Priority

from workflows.attributes import attributes_of
from workflows.conversation import Conversation
from workflows.protocol import (
    RECEIVE_INBOUND,
    ReceiveInbound,
    conversation_workflow_id,
)
from workflows.start import ConversationStart

RPC_TIMEOUT = timedelta(seconds=5)


async def start_conversation(
    client: Client,
    queue: str,
    start: ConversationStart,
    opened_at: datetime,
    signal: ReceiveInbound | None = None,
) -> None:
    """Start a contact's conversation.

    Args:
        client: Temporal.
        queue: Where it runs.
        start: How it starts.
        opened_at: As operators search for it, UTC.
        signal: A text that is told in the same breath; then one that runs is only told.

    Raises:
        WorkflowAlreadyStartedError: It runs, and there was nothing to tell.
    """
    await client.start_workflow(
        Conversation.run,
        start,
        id=conversation_workflow_id(start.brand, start.contact_id),
        task_queue=queue,
        start_signal=RECEIVE_INBOUND if signal else None,
        start_signal_args=[signal] if signal else [],
        static_summary=f"{start.brand} · sms",
        search_attributes=attributes_of(start, opened_at),
        priority=Priority(fairness_key=start.brand),
        task_timeout=timedelta(seconds=5),
        rpc_timeout=RPC_TIMEOUT,
    )
