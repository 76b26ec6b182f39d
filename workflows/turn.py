"""One turn: gather the texts, think, send; newer texts restart it until it is committed."""

import asyncio

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from activities.messages import (
        CallTool,
        PlannedCall,
        TakeTurn,
        ToolDone,
        TurnStep,
    )
    from domain.escalation import EscalationReason
    from domain.handover import Handover
    from workflows.admission import admit
    from workflows.delivery import Attempt, deliver
    from workflows.handoff import hand_off
    from workflows.protocol import ReceiveInbound
    from workflows.session import Session

# Rejected drafts and "say it shorter" are rounds too.
_EXTRA_ROUNDS = 4


async def run_turn(session: Session) -> None:
    """Answer the waiting texts with at most one reply, or hand over."""
    state = session.state
    state.turn += 1
    state.thanked = False
    session.committed = False
    if state.policy.burst_window:
        await workflow.sleep(
            state.policy.burst_window, summary=f"turn {state.turn} · more texts coming?"
        )
    batch: list[ReceiveInbound] = []
    attempt, ended = 0, Attempt.OVERTAKEN
    while ended is not Attempt.DONE:
        attempt += 1
        batch += await admit(session, state.take(Handover.TURN))
        if not batch:
            return
        if session.must_stop_turn(last_attempt=True):
            state.inbox[:0] = batch  # whoever has the word now must find them
            return
        if state.agent_texts - state.texts_before >= state.policy.max_agent_texts:
            summary = "the cap on texts is reached"
            await hand_off(session, EscalationReason.TOO_MANY_TEXTS, summary, batch)
            return
        last = attempt > state.policy.max_supersedes or ended is Attempt.NEWER_TEXT_MISSING
        ended = await _attempt(session, batch, attempt, last_attempt=last)


async def _attempt(
    session: Session, batch: list[ReceiveInbound], attempt: int, *, last_attempt: bool
) -> Attempt:
    thinking = asyncio.create_task(_think(session, batch, attempt))
    await workflow.wait_condition(
        lambda: thinking.done() or session.must_stop_turn(last_attempt=last_attempt)
    )
    if not thinking.done():
        thinking.cancel()
        await workflow.wait([thinking])
        if not thinking.cancelled():
            thinking.exception()  # read, so that asyncio does not complain about it
        session.note(f"turn {session.state.turn}: draft dropped, overtaken by events")
        return Attempt.OVERTAKEN
    step = thinking.result()
    if session.must_stop_turn(last_attempt=last_attempt):  # in the same instant
        return Attempt.OVERTAKEN
    session.state.intent = step.intent or session.state.intent
    if step.kind == "settled":
        session.note("these texts were answered by an earlier conversation")
        return Attempt.DONE
    if step.kind == "escalate":
        reason = step.escalation or EscalationReason.OTHER
        await hand_off(session, reason, step.summary, batch)
        return Attempt.DONE
    return await deliver(session, batch, step, attempt, last_attempt=last_attempt)


async def _think(session: Session, batch: list[ReceiveInbound], attempt: int) -> TurnStep:
    """Let model and tools alternate until there is a draft or a reason to hand over."""
    state = session.state
    for number in range(state.policy.max_tool_rounds + _EXTRA_ROUNDS):
        request = TakeTurn(
            **session.about(),
            turn=state.turn,
            attempt=attempt,
            step=number,
            message_ids=tuple(m.message_id for m in batch),
            first_reply=state.agent_texts == 0,
        )
        try:
            step = await session.call(
                "take_turn", request, TurnStep, f"turn {state.turn} · model step {number}"
            )
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise
            return _give_up(EscalationReason.MODEL_UNAVAILABLE, "the model did not answer")
        if step.kind in ("draft", "escalate", "settled"):
            return step
        for call in step.calls:
            await _call_tool(session, request, call)
    return _give_up(EscalationReason.TOOL_LOOP, "the model found no answer within its rounds")


async def _call_tool(session: Session, request: TakeTurn, call: PlannedCall) -> None:
    session.committed = session.committed or call.writes
    argument = CallTool(
        **request.model_dump(include=set(CallTool.model_fields) - {"call_id"}),
        call_id=call.call_id,
    )
    try:
        await session.call(
            call.activity, argument, ToolDone, f"turn {request.turn} · {call.activity}"
        )
    except ActivityError as error:
        if is_cancelled_exception(error):
            raise
        # The next step finds no result and tells the model so.
        session.note(f"{call.activity} failed; the model is told")


def _give_up(reason: EscalationReason, summary: str) -> TurnStep:
    return TurnStep(kind="escalate", escalation=reason, summary=summary)
