"""Sending a fixed text that was queued when a message came in: an opt-out's confirmation, HELP."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.send_messages import ReconcileSend, SendNotice, SendReceipt
    from activities.upkeep_messages import Done
    from domain.outbox import OutboxState, reconcile_waits
    from workflows.options import options


@workflow.defn(name="Notice")
class Notice:
    """One fixed text; its id is the outbox row's, so that it is never started twice at once."""

    @workflow.run
    async def run(self, request: SendNotice) -> SendReceipt:
        """Send it and find out what became of it."""
        receipt: SendReceipt = await workflow.execute_activity(
            "send_notice", request, result_type=SendReceipt, summary="fixed text",
            **options("send_notice"),
        )  # fmt: skip
        waits = reconcile_waits()
        for number, wait in enumerate(waits, start=1):
            if receipt.state not in (OutboxState.UNKNOWN, OutboxState.SENDING):
                break
            await workflow.sleep(wait, summary=f"outcome unknown · look {number}")
            look = ReconcileSend(outbox_id=receipt.outbox_id, last=number == len(waits))
            receipt = await workflow.execute_activity(
                "reconcile_send", look, result_type=SendReceipt, summary=f"look {number}",
                **options("reconcile_send"),
            )  # fmt: skip
        if receipt.confirms:
            await self._tell_others(request)
        return receipt

    async def _tell_others(self, request: SendNotice) -> None:
        try:
            await workflow.execute_activity(
                "push_opt_out", request, result_type=Done, summary="tell the carrier",
                **options("push_opt_out"),
            )  # fmt: skip
        except ActivityError:
            workflow.logger.warning("an opt-out could not be told to others")
