"""Starting a contact's conversation: afresh with its first text, or where the store left it."""

from datetime import datetime, timedelta
from typing import Any

from temporalio.client import Client
from temporalio.common import (
    Priority,
    SearchAttributePair,
    TypedSearchAttributes,
)

from runtime.temporal_client import BRAND_ATTRIBUTE, CHANNEL_ATTRIBUTE, OPENED_AT_ATTRIBUTE
from workflows.conversation import Conversation
from workflows.protocol import (
    RECEIVE_INBOUND,
    ReceiveInbound,
    conversation_workflow_id,
)
from workflows.session import ESCALATED_ATTRIBUTE, INTENT_ATTRIBUTE, STATUS_ATTRIBUTE
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
        search_attributes=_attributes(start, opened_at),
        priority=Priority(fairness_key=start.brand),
        task_timeout=timedelta(seconds=5),
        rpc_timeout=RPC_TIMEOUT,
    )


def _attributes(start: ConversationStart, opened_at: datetime) -> TypedSearchAttributes:
    state = start.carry
    pairs: list[SearchAttributePair[Any]] = [
        SearchAttributePair(BRAND_ATTRIBUTE, start.brand),
        SearchAttributePair(CHANNEL_ATTRIBUTE, "sms"),
        SearchAttributePair(STATUS_ATTRIBUTE, state.status.value if state else "open"),
        SearchAttributePair(OPENED_AT_ATTRIBUTE, opened_at),
    ]
    if state is not None and state.intent is not None:
        pairs.append(SearchAttributePair(INTENT_ATTRIBUTE, state.intent))
    if state is not None and state.handoffs:
        pairs.append(SearchAttributePair(ESCALATED_ATTRIBUTE, True))  # noqa: FBT003  (their API)
    return TypedSearchAttributes(pairs)
