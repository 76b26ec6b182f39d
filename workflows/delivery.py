"""The end of a turn: the draft is sent, and the outcome has consequences."""

from datetime import timedelta
from enum import StrEnum

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.messages import TurnStep
    from activities.send_messages import Purpose, SendReceipt, SendReply
    from domain.conversation import Status
    from domain.escalation import EscalationReason
    from domain.handover import Handover
    from domain.outbox import LEFT_US, OutboxState
    from workflows.handoff import hand_off
    from workflows.humans import take_word
    from workflows.protocol import ReceiveInbound
    from workflows.sending import send
    from workflows.session import Session

# The sweeper, which runs each minute, brings it at the latest.
_WORD_ARRIVES_WITHIN = timedelta(seconds=90)


class Attempt(StrEnum):
    """How an attempt at a turn ended."""

    DONE = "done"
    OVERTAKEN = "overtaken"
    NEWER_TEXT_MISSING = "newer_text_missing"


async def deliver(
    session: Session,
    batch: list[ReceiveInbound],
    step: TurnStep,
    attempt: int,
    *,
    last_attempt: bool,
) -> Attempt:
    """Send the draft; from here on a newer text is the next turn, unless the send is vetoed."""
    state = session.state
    session.committed = True
    words_passed = session.words_passed
    request = SendReply(
        **session.about(),
        turn=state.turn,
        attempt=attempt,
        purpose=Purpose.REPLY,
        newest_seq=None if last_attempt else state.newest_seq,
        intent=state.intent,
    )
    receipt = await send(session, request, f"turn {state.turn} · sms")
    if receipt.veto == "newer_text":
        session.committed = False
        return await _await_newer_text(session)
    if receipt.veto == "human_owns":
        # A human took the word before the send began: they, or the agent they hand back to,
        # must find these texts.
        session.committed = False
        session.note("a human has the word; the draft was dropped")
        if session.words_passed == words_passed:
            await _await_human(session)
        return Attempt.OVERTAKEN
    await _conclude(session, batch, step, receipt)
    return Attempt.DONE


async def _await_newer_text(session: Session) -> Attempt:
    """Wait for the signal of a text that is stored but has not reached us yet."""
    try:
        await workflow.wait_condition(
            lambda: session.must_stop_turn(last_attempt=False),
            timeout=_WORD_ARRIVES_WITHIN,
            timeout_summary="a newer text is on its way",
        )
    except TimeoutError:
        session.note("a newer text is stored but did not arrive; answering without it")
        return Attempt.NEWER_TEXT_MISSING
    return Attempt.OVERTAKEN


async def _await_human(session: Session) -> None:
    """Wait to hear of the human who is known to the store; if nobody says so, believe the store."""
    words_passed = session.words_passed
    try:
        await workflow.wait_condition(
            lambda: (
                session.words_passed != words_passed or session.must_stop_turn(last_attempt=True)
            ),
            timeout=_WORD_ARRIVES_WITHIN,
            timeout_summary="a human's word is on its way",
        )
    except TimeoutError:
        await take_word(session, "a human has the word; nobody has told us who")


async def _conclude(
    session: Session, batch: list[ReceiveInbound], step: TurnStep, receipt: SendReceipt
) -> None:
    """Draw the consequences of a send."""
    if receipt.state in LEFT_US:
        await _answered(session, step)
    elif receipt.veto == "suppressed" or receipt.problem == "suppress":
        session.ending = Status.OPTED_OUT
    elif "unreachable" in (receipt.veto, receipt.problem):
        session.ending = Status.CONTAINED
        session.note("the number cannot receive texts")
    else:
        uncertain = receipt.state in (OutboxState.ABANDONED, OutboxState.UNKNOWN)
        reason = EscalationReason.SEND_UNCERTAIN if uncertain else EscalationReason.SEND_FAILED
        summary = f"the reply could not be sent ({receipt.problem})"
        # What may have been answered is never the agent's again, who might answer it twice.
        to_human = {"handover": Handover.HANDOFF, "escalation": reason}
        texts = [text.model_copy(update=to_human) for text in batch] if uncertain else batch
        if session.has_human():
            session.state.inbox[:0] = texts
            session.note(f"{summary}; a human has the word")
        else:
            await hand_off(session, reason, summary, texts)


async def _answered(session: Session, step: TurnStep) -> None:
    state = session.state
    state.agent_texts += 1
    state.thanked = False
    state.last_activity = workflow.now()
    state.stalled_turns = 0 if step.progress else state.stalled_turns + 1
    state.say(workflow.now(), "agent", step.body or "")
    if not session.has_human():
        session.move(Status.WAITING)
    session.note(f"answered ({state.intent}), {step.segments} segment(s)")
    if state.agent_texts == 1:  # the start, and what the first reply recommends
        await session.publish()
    if state.stalled_turns >= state.policy.max_stalled_turns and not session.has_human():
        await hand_off(session, EscalationReason.NO_PROGRESS, "the agent repeats itself")
