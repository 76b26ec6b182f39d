"""Sending one text and finding out what became of it."""

from temporalio import workflow
from temporalio.exceptions import ActivityError, WorkflowAlreadyStartedError

with workflow.unsafe.imports_passed_through():
    from activities.send_messages import Purpose, ReconcileSend, SendNotice, SendReceipt, SendReply
    from domain.outbox import LEFT_US, OutboxState, reconcile_waits
    from workflows.protocol import notice_workflow_id
    from workflows.session import Session

_TRIES = 3
_UNKNOWN = (OutboxState.UNKNOWN, OutboxState.SENDING)


async def send(session: Session, request: SendReply, summary: str) -> SendReceipt:
    """Send a text once and learn its outcome.

    Returns:
        The receipt; a text whose outcome stays unknown is `abandoned`, one that the provider
        never took within the reply window is `failed`.
    """
    for _try in range(_TRIES):
        try:
            receipt = await session.call("send_reply", request, SendReceipt, summary)
        except ActivityError:
            # It may have been posted by an attempt whose answer was lost.
            return SendReceipt(
                outbox_id="", state=OutboxState.ABANDONED, problem="no outcome known"
            )
        if receipt.state in _UNKNOWN:
            receipt = await _find_out(session, receipt)
            if receipt.state in LEFT_US:
                await _draw_consequences(session, request)
        if receipt.state is not OutboxState.READY:
            break  # READY: whoever had claimed it has given it back, it was never posted
    if receipt.state in LEFT_US and request.purpose is not Purpose.REPLY:
        session.state.say(workflow.now(), request.purpose.value, receipt.body or "")
    return receipt


async def _draw_consequences(session: Session, request: SendReply) -> None:
    """Let the activity record what follows from a text found later; its row sends nothing more."""
    try:
        await session.call("send_reply", request, SendReceipt, "the text was sent after all")
    except ActivityError:
        session.note("a text was found at the provider, what follows from it was not recorded")


def brand_text(session: Session, purpose: Purpose) -> SendReply:
    """Return the request to send one of the brand's own texts, or a human's."""
    return SendReply(
        **session.about(),
        turn=session.state.turn,
        step=session.state.handoffs,
        purpose=purpose,
    )


async def send_notice(session: Session, outbox_id: str) -> None:
    """Send a fixed text that the model's verdict on a message has queued."""
    try:
        receipt = await session.call(
            "send_notice", SendNotice(outbox_id=outbox_id), SendReceipt, "fixed text"
        )
    except ActivityError:
        return  # the sweeper finds it
    await _find_out(session, receipt)
    if receipt.confirms:
        await _tell_others(outbox_id)


async def _tell_others(outbox_id: str) -> None:
    """Leave it to the text's own workflow to tell the carrier; that may outlast a conversation."""
    try:
        await workflow.start_child_workflow(
            "Notice",
            SendNotice(outbox_id=outbox_id),
            id=notice_workflow_id(outbox_id),
            parent_close_policy=workflow.ParentClosePolicy.ABANDON,
            static_summary="tell the carrier",
        )
    except WorkflowAlreadyStartedError:
        return


async def _find_out(session: Session, receipt: SendReceipt) -> SendReceipt:
    """Ask the provider until the outcome is known or the last look has found nothing."""
    waits = reconcile_waits()
    for number, wait in enumerate(waits, start=1):
        if receipt.state not in _UNKNOWN:
            break
        await workflow.sleep(wait, summary=f"outcome unknown · look {number}")
        last = number == len(waits)
        try:
            receipt = await session.call(
                "reconcile_send",
                ReconcileSend(outbox_id=receipt.outbox_id, last=last),
                SendReceipt,
                f"look {number} for the text",
            )
        except ActivityError:
            if last:
                return receipt.model_copy(update={"state": OutboxState.ABANDONED})
    return receipt
