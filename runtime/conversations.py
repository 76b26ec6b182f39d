"""Talking to running conversations on behalf of people: operators, helpdesks."""

from datetime import timedelta
from typing import TypeVar

from pydantic import BaseModel
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import RuleBroken
from workflows.protocol import ConversationSnapshot, conversation_workflow_id

_RPC_TIMEOUT = timedelta(seconds=20)
"""An operator is told that nobody answers, and does not wait for ever."""

_Request = TypeVar("_Request", bound=BaseModel)


class NotRunning(RuleBroken):
    """The conversation has ended; there is nobody to tell."""


class Conversations:
    """Signals and updates.

    Args:
        client: Temporal.
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    async def signal(self, brand: str, contact_id: str, name: str, message: BaseModel) -> bool:
        """Signal a contact's conversation.

        Returns:
            False when none is running.
        """
        handle = self._client.get_workflow_handle(conversation_workflow_id(brand, contact_id))
        try:
            await handle.signal(name, message, rpc_timeout=_RPC_TIMEOUT)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise
        return True

    async def update(
        self, brand: str, contact_id: str, name: str, request: _Request
    ) -> ConversationSnapshot:
        """Run an operator's update and return where the conversation then stands.

        Raises:
            NotRunning: The conversation has ended.
            RuleBroken: The conversation refuses; its sentence says why.
        """
        handle = self._client.get_workflow_handle(conversation_workflow_id(brand, contact_id))
        try:
            found: ConversationSnapshot = await handle.execute_update(
                name, request, result_type=ConversationSnapshot, rpc_timeout=_RPC_TIMEOUT
            )
        except WorkflowUpdateFailedError as error:
            raise RuleBroken(str(error.cause)) from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise NotRunning("the conversation has ended") from error
            raise
        return found
