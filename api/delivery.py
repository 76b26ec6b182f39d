"""What a failed delivery demands: contact state, and a word to the conversation."""

from datetime import datetime, timedelta

import structlog
from fastapi.concurrency import run_in_threadpool
from temporalio.client import Client

from domain.outbox import CarrierAction
from providers.sms.base import SmsProvider
from runtime.adapters import present
from runtime.temporal_client import AWAY
from runtime.wiring import Runtime
from store.outbox_records import OutboxRecord
from workflows.protocol import DeliveryFailed, conversation_workflow_id

_RPC_TIMEOUT = timedelta(seconds=5)

_log = structlog.get_logger(__name__)


class DeliveryFailures:
    """Heeds carriers' codes.

    Args:
        runtime: Stores.
        client: Temporal.
    """

    def __init__(self, runtime: Runtime, client: Client) -> None:
        self._runtime = runtime
        self._client = client

    async def heed(self, adapter: SmsProvider, row: OutboxRecord, code: str | None) -> None:
        """Draw the consequences of a text that did not arrive; safe to repeat."""
        outbox = self._runtime.outbox
        times = 1
        if code:
            times = await run_in_threadpool(outbox.failures, row.brand, row.contact_id, code)
        action = adapter.carrier_action(code or "", times)
        _log.warning(
            "delivery_failed", outbox_id=row.outbox_id, brand=row.brand, code=code,
            action=action.value,
        )  # fmt: skip
        if action is CarrierAction.SUPPRESS:
            await run_in_threadpool(
                outbox.suppress, row.brand, row.contact_id, f"carrier:{code}", present(),
                _given_at(row),
            )  # fmt: skip
        elif action is CarrierAction.UNREACHABLE:
            await run_in_threadpool(
                outbox.mark_unreachable, row.brand, row.contact_id, _given_at(row)
            )

    async def tell(self, row: OutboxRecord, code: str | None) -> None:
        """Tell the conversation; not for a webhook to wait for."""
        handle = self._client.get_workflow_handle(
            conversation_workflow_id(row.brand, row.contact_id)
        )
        signal = DeliveryFailed(outbox_id=row.outbox_id, error_code=code)
        try:
            await handle.signal("delivery_failed", signal, rpc_timeout=_RPC_TIMEOUT)
        except AWAY as error:
            # The store holds the truth; the conversation only shows it to operators.
            _log.info("delivery_failure_untold", outbox_id=row.outbox_id, problem=str(error)[:80])


def _given_at(row: OutboxRecord) -> datetime | None:
    """Return when the carrier was given a text; of several tries only the first's time is known."""
    return row.first_try_at if row.attempts == 1 else None
