"""Passing the word to a human, or closing with the brand's message."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.handoff_messages import (
        AppendToTicket,
        BeginHandoff,
        HandoffPlan,
        OpenTicket,
        TicketOpened,
    )
    from activities.send_messages import Purpose
    from activities.upkeep_messages import Done
    from domain.chasing import OwedAnswer
    from domain.conversation import Status
    from domain.escalation import EscalationReason, HandoffMode
    from domain.outbox import LEFT_US
    from workflows.humans import give_back
    from workflows.protocol import ReceiveInbound
    from workflows.sending import brand_text, send
    from workflows.session import Session

_Answer = TypeVar("_Answer")


async def hand_off(
    session: Session,
    reason: EscalationReason,
    summary: str,
    texts: Sequence[ReceiveInbound] = (),
) -> None:
    """Hand the conversation over as the brand has chosen.

    The customer is told first: a helpdesk may be down for an hour, and the ticket is opened
    however long that takes.

    Args:
        session: The conversation.
        reason: Why.
        summary: What was asked and tried.
        texts: Customer texts that the ticket's transcript answers for.
    """
    state = session.state
    session.committed = True
    if session.has_human() or state.closed_through is not None:
        state.inbox[:0] = texts  # a human was faster: whoever has the word now must find them
        return
    state.handoffs = handoff = state.handoffs + 1
    state.escalation = reason
    async with session.recording:
        request = BeginHandoff(
            **session.about(),
            handoff=handoff,
            turn=state.turn,
            message_ids=tuple(t.message_id for t in texts),
            reason=reason,
            intent=state.intent,
            revision=state.next_revision(),
        )
        label = f"handoff {handoff} · {reason.value}"
        plan = await session.call("begin_handoff", request, HandoffPlan, label)
    if plan.settled:
        session.note("these texts were answered by an earlier conversation")
        return
    if state.handoffs != handoff or state.closed_through is not None:
        state.inbox[:0] = texts  # a human was faster: whoever has the word now must find them
        return
    if plan.silent:
        session.move(Status.WAITING)
        session.note(f"{reason.value}: the brand has chosen silence; the text is kept")
        return
    if plan.mode is HandoffMode.CLOSEOUT:
        await _close_out(session, reason)
        return
    await _to_human(session, reason, summary, acknowledge=plan.acknowledge)


async def _to_human(
    session: Session, reason: EscalationReason, summary: str, *, acknowledge: bool
) -> None:
    state = session.state
    session.move(Status.HANDED_OFF)
    state.had_human = True
    state.owed = OwedAnswer(since=workflow.now())
    session.note(f"handed to a human: {reason.value}. {summary}")
    if acknowledge:
        await _acknowledge(session)
    if session.has_human() and state.closed_through is None:  # operators may act meanwhile
        await open_ticket(session, reason, summary)
    await session.publish()


async def _acknowledge(session: Session) -> None:
    request = brand_text(session, Purpose.ACKNOWLEDGEMENT)
    receipt = await send(session, request, "acknowledge handoff")
    owed = session.state.owed
    if owed is not None:  # nobody has answered yet
        told = receipt.state in LEFT_US
        session.state.owed = owed.model_copy(update={"told": told})


async def open_ticket(session: Session, reason: EscalationReason, summary: str) -> None:
    """Open the handoff's ticket, however long the helpdesk is away."""
    state = session.state
    request = OpenTicket(
        **session.about(),
        handoff=state.handoffs,
        reason=reason,
        intent=state.intent,
        summary=summary,
    )
    label = f"open ticket · {reason.value}"
    ticket = await _unless_called_off(
        session, session.call("open_ticket", request, TicketOpened, label)
    )
    if ticket is not None:
        state.ticket_id = ticket.ticket_id
        session.show()
        if state.is_closed(ticket.ticket_id):  # they were faster than its opening's answer
            await give_back(session, "the ticket was closed")
    elif session.has_human():
        session.note("the helpdesk took no ticket: an operator has to take over")


async def append(session: Session, messages: list[ReceiveInbound]) -> None:
    """Add a customer's later texts to the ticket of the human who has the word."""
    state = session.state
    if state.ticket_id is None and state.escalation is not EscalationReason.TAKEN_OVER:
        await open_ticket(session, state.escalation or EscalationReason.OTHER, "")
        if not session.has_human() or state.closed_through is not None:  # it was closed at once
            state.inbox[:0] = messages
            return
    request = AppendToTicket(
        **session.about(),
        ticket_id=state.ticket_id,
        turn=state.turn,
        message_ids=tuple(m.message_id for m in messages),
    )
    label = f"append {len(messages)} to the ticket"
    done = await _unless_called_off(session, session.call("append_to_ticket", request, Done, label))
    if done is None and session.has_human():
        session.note("the helpdesk took no message: an operator has to look at the transcript")
    elif done is None:
        state.inbox[:0] = messages  # whoever has the word now must find them


async def keep(session: Session, texts: Sequence[ReceiveInbound]) -> None:
    """Note texts as this conversation's own, though nobody is going to answer them."""
    request = AppendToTicket(
        **session.about(),
        ticket_id=None,
        turn=session.state.turn,
        message_ids=tuple(t.message_id for t in texts),
    )
    label = f"{len(texts)} closed with the conversation"
    await session.call("append_to_ticket", request, Done, label, row="record_status")


async def _unless_called_off(
    session: Session, calling: Coroutine[Any, Any, _Answer]
) -> _Answer | None:
    """Wait for the helpdesk, however long it is away, unless an operator decides otherwise.

    Returns:
        Its answer; None when it gave none, or when the word was given back or the conversation
        closed meanwhile.
    """
    had_human = session.has_human()
    ending = session.ending  # known already: a carrier's refusal, say, before an opt-out's question
    task = asyncio.create_task(calling)
    await workflow.wait_condition(
        lambda: (
            task.done() or session.ending is not ending or (had_human and not session.has_human())
        )
    )
    if not task.done():
        task.cancel()
        await workflow.wait([task])
    try:
        return await task
    except (ActivityError, asyncio.CancelledError):
        return None


async def _close_out(session: Session, reason: EscalationReason) -> None:
    state = session.state
    if state.closed_out:
        session.note(f"{reason.value}: the closeout message was sent before, nothing is sent")
        return
    receipt = await send(session, brand_text(session, Purpose.CLOSEOUT), "closeout message")
    state.closed_out = receipt.state in LEFT_US
    if not session.has_human():
        session.move(Status.WAITING)
    session.note(f"closed out: {reason.value}")
