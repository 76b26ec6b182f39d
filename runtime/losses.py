"""What the store holds as open and Temporal does not run."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import timedelta

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from activities.ports import Clock
from runtime.conversation_starts import RPC_TIMEOUT
from store.rebuild_base import RebuildStore
from store.rebuild_records import OpenRow
from store.records import PendingMessage
from workflows.protocol import conversation_workflow_id

_RUNNING = 'WorkflowType = "Conversation" AND ExecutionStatus = "Running"'
# A text that was told a moment ago may wait in a conversation that is just being started.
_TOLD_FOR = timedelta(seconds=10)
_STRANDED_FOR = timedelta(hours=24)
_COMPARED_EVERY = 10
_AT_ONCE = 8
_BATCH = 200


class Losses:
    """Compares the store with Temporal.

    Args:
        client: Temporal.
        store: Open conversations, and texts that none has taken.
        clock: The present.
    """

    def __init__(self, client: Client, store: RebuildStore, clock: Clock) -> None:
        self._client = client
        self._store = store
        self._clock = clock
        self._looks = 0

    async def conversations(self, brand: str | None = None) -> tuple[OpenRow, ...]:
        """Return the open conversations that Temporal does not run, each asked for by its id."""
        missing = await self.missing(brand)
        confirmed = await _at_once([self.runs(row.brand, row.contact_id) for row in missing])
        return tuple(row for row, runs in zip(missing, confirmed, strict=True) if not runs)

    async def missing(self, brand: str | None = None) -> tuple[OpenRow, ...]:
        """Return the open conversations that Temporal does not list as running.

        Two counts mostly tell that all is well. They would hide a loss behind runs that are just
        ending, so that now and then all are compared. The list may lag: whoever acts on one of them
        asks for it by its id first.
        """
        self._looks += 1
        if brand is None and self._looks % _COMPARED_EVERY and await self._counts_agree():
            return ()
        rows = await asyncio.to_thread(self._store.open_rows, brand)
        if not rows:
            return ()
        running = {found.id async for found in self._client.list_workflows(_RUNNING)}
        return tuple(row for row in rows if _id_of(row) not in running)

    async def _counts_agree(self) -> bool:
        there = await asyncio.to_thread(self._store.count_open)
        return there == 0 or (await self._client.count_workflows(_RUNNING)).count >= there

    async def texts(self) -> tuple[PendingMessage, ...]:
        """Return texts whose conversation was lost before the store knew of it."""
        now = self._clock()
        found = await asyncio.to_thread(
            self._store.stranded, now - _STRANDED_FOR, now - _TOLD_FOR, _BATCH
        )
        running = await _at_once([self.runs(text.brand, text.contact_id) for text in found])
        return tuple(text for text, runs in zip(found, running, strict=True) if not runs)

    async def runs(self, brand: str, contact_id: str) -> bool:
        """Return whether a contact's conversation runs, by the server's own word."""
        handle = self._client.get_workflow_handle(conversation_workflow_id(brand, contact_id))
        try:
            found = await handle.describe(rpc_timeout=RPC_TIMEOUT)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise
        return found.status is WorkflowExecutionStatus.RUNNING


def _id_of(row: OpenRow) -> str:
    return conversation_workflow_id(row.brand, row.contact_id)


async def _at_once(asked: Sequence[Coroutine[None, None, bool]]) -> list[bool]:
    """Wait for answers, a few at a time: a server that has just come back is not to be swamped."""
    found: list[bool] = []
    for first in range(0, len(asked), _AT_ONCE):
        found += await asyncio.gather(*asked[first : first + _AT_ONCE])
    return found
