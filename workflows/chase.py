"""Chasing an answer that a human owes: operators are alerted, the customer is told once.

It runs beside the loop, because the loop may be waiting for the very helpdesk that is away.
"""

import asyncio
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from activities.chase_messages import AddTicketNote, ChaseEscalation, ChasePlan
    from activities.send_messages import Purpose, SendReply
    from activities.upkeep_messages import Done
    from domain.chasing import ChaseStep, OwedAnswer, next_chase
    from domain.outbox import LEFT_US
    from workflows.life import watch_silence
    from workflows.sending import send
    from workflows.session import Session


def watch(session: Session) -> asyncio.Task[None]:
    """Start what watches the clock beside the loop; cancel it when the run ends."""
    return asyncio.create_task(_watch(session))


async def _watch(session: Session) -> None:
    # Awaited here: a bare gather complains of its cancellation at the end of each conversation.
    await asyncio.gather(watch_silence(session), watch_escalation(session))


async def watch_escalation(session: Session) -> None:
    """Chase as long as a human owes an answer; one timer, gone as soon as there is an answer."""
    while not _is_called_off():
        await workflow.wait_condition(lambda: _next(session) is not None)
        owed, chase = session.state.owed, _next(session)
        if owed is None or chase is None:
            continue
        at, step = chase
        if at > workflow.now():
            await _wait(session, at)
            continue
        try:
            await _take(session, owed, step)
        except ActivityError as error:
            if not is_cancelled_exception(error):
                _change(session, owed, **_given_up(owed, step))
                session.note(f"the {step.value} about the unanswered handoff failed")


def _next(session: Session) -> tuple[datetime, ChaseStep] | None:
    state = session.state
    if state.owed is None or state.policy.chase_after is None or not session.has_human():
        return None
    return next_chase(state.owed, state.policy.chase_after, workflow.now())


async def _wait(session: Session, until: datetime) -> None:
    def is_another() -> bool:
        chase = _next(session)
        return chase is None or chase[0] != until

    try:
        await workflow.wait_condition(
            is_another,
            timeout=until - workflow.now(),
            timeout_summary=f"answer of a human, or chase at {until:%Y-%m-%d %H:%M} UTC",
        )
    except TimeoutError:
        return


async def _take(session: Session, owed: OwedAnswer, step: ChaseStep) -> None:
    match step:
        case ChaseStep.ALERT:
            await _alert(session, owed)
        case ChaseStep.UPDATE:
            await _update_customer(session, owed)
        case ChaseStep.NOTE:
            await _note(session, owed)


async def _alert(session: Session, owed: OwedAnswer) -> None:
    number = owed.chases + 1
    request = ChaseEscalation(
        **session.about(),
        handoff=session.state.handoffs,
        number=number,
        since=owed.since,
        at=workflow.now(),
        told=owed.told,
        ticket_id=session.state.ticket_id,
    )
    plan = await session.call(
        "chase_escalation", request, ChasePlan, f"nobody has answered · alert {number}"
    )
    changes: dict[str, object] = {"chases": number}
    if plan.window is not None:
        changes |= {"update_from": plan.window.opens, "update_until": plan.window.closes}
    _change(session, owed, **changes)
    session.note(f"nobody has answered since the handoff: alert {number}")


async def _update_customer(session: Session, owed: OwedAnswer) -> None:
    state = session.state
    request = SendReply(
        **session.about(),
        turn=state.turn,
        step=state.handoffs,
        purpose=Purpose.UPDATE,
        not_after=owed.update_until,
    )
    receipt = await send(session, request, "tell the customer that it still waits")
    if _is_called_off():
        return
    _change(session, owed, update_from=None)
    if receipt.state not in LEFT_US:
        why = receipt.veto or receipt.problem or receipt.state.value
        session.note(f"the customer was not told that it still waits: {why}")


async def _note(session: Session, owed: OwedAnswer) -> None:
    state = session.state
    if state.ticket_id is not None:
        waited = workflow.now() - owed.since
        request = AddTicketNote(
            **session.about(),
            ticket_id=state.ticket_id,
            handoff=state.handoffs,
            number=owed.chases,
            waited_hours=round(waited / timedelta(hours=1), 1),
        )
        await session.call("add_ticket_note", request, Done, "remind them on the ticket")
    _change(session, owed, noted=owed.chases)


def _given_up(owed: OwedAnswer, step: ChaseStep) -> dict[str, object]:
    """Return what makes a step that failed for good count as taken."""
    match step:
        case ChaseStep.ALERT:
            return {"chases": owed.chases + 1, "noted": owed.chases + 1}
        case ChaseStep.UPDATE:
            return {"update_from": None}
        case ChaseStep.NOTE:
            return {"noted": owed.chases}


def _change(session: Session, owed: OwedAnswer, **changes: object) -> None:
    """Change what is owed, unless it was answered meanwhile or belongs to another handoff."""
    now = session.state.owed
    if now is not None and now.since == owed.since:
        session.state.owed = now.model_copy(update=changes)


def _is_called_off() -> bool:
    """Return whether the run is ending: sending takes a cancellation for a failure."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
