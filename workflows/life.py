"""What the loop does next: open, act on what waits, watch the silence, end."""

from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.upkeep_messages import Judged, JudgeResolution
    from domain.conversation import RESOLUTIONS, Status, ending_when_idle, reachable_ending
    from domain.escalation import EscalationReason
    from domain.handover import Handover
    from workflows.admission import admit
    from workflows.handoff import append, hand_off, keep, open_ticket
    from workflows.humans import give_back
    from workflows.opening import open_if_new
    from workflows.protocol import ReceiveInbound
    from workflows.recording import record
    from workflows.returns import review_return
    from workflows.session import Session
    from workflows.turn import run_turn

_SOONEST_LOOK = timedelta(seconds=1)
_OPT_OUTS = (Handover.OPT_OUT, Handover.OPT_OUT_WITH_QUESTION)


async def act(session: Session) -> None:
    """Act once on what waits, the most urgent first."""
    state = session.state
    if state.inbox:
        session.due = False
        await open_if_new(session)
    if state.waiting(*_OPT_OUTS):
        await _opt_out(session)
    elif session.ending is not None:
        await _end(session, session.ending)
    elif state.inbox:
        await _treat_texts(session)
    elif session.due:
        await _fall_silent(session)
    untouched = state.opened and not state.started and state.status is Status.OPEN
    if untouched and not state.inbox:
        session.ending = Status.IGNORED  # the model found that nothing of it concerns us
    await review_return(session)
    session.show()


async def _treat_texts(session: Session) -> None:
    state = session.state
    if state.take(Handover.THANKS) and state.agent_texts and not session.has_human():
        state.thanked = True
        session.note("the customer said thanks; nothing is sent")
    if not session.has_human():
        state.inbox = [_to_whom_has_the_word(message) for message in state.inbox]
    if session.has_human() or state.waiting(Handover.HANDOFF):
        await _treat_as_humans(session)
    elif state.waiting(Handover.TURN):
        await run_turn(session)


async def _treat_as_humans(session: Session) -> None:
    """Give what waits to the human who has the word, or who is to get it."""
    state = session.state
    had_human, ending = session.has_human(), session.ending
    # An opt-out may hide among texts in doubt, whoever has the word.
    texts = await admit(session, state.take(Handover.TURN))
    if session.has_human() is not had_human or session.ending is not ending:
        # The word passed while the model was asked: whoever has it now must find them.
        state.inbox[:0] = [text.model_copy(update={"doubt": False}) for text in texts]
        return
    texts += state.take(Handover.HANDOFF)
    if not texts:
        return
    if had_human:
        await append(session, texts)
    else:
        await hand_off(session, _reason(texts), "the gate sends this text to a human", texts)


def _to_whom_has_the_word(text: ReceiveInbound) -> ReceiveInbound:
    """Let the agent take a text that was a human's only because one had the word when it came."""
    if text.escalation is not EscalationReason.TAKEN_OVER:
        return text
    return text.model_copy(update={"handover": Handover.TURN, "escalation": None})


def _reason(texts: list[ReceiveInbound]) -> EscalationReason:
    return next((t.escalation for t in texts if t.escalation), EscalationReason.OTHER)


async def _opt_out(session: Session) -> None:
    """End at once; a question asked in the same breath goes to a human.

    What came after it stays: it was let in because the contact has opted in again since, and
    starts the next conversation.
    """
    state = session.state
    last = max(m.seq for m in state.inbox if m.handover in _OPT_OUTS)
    state.ending = None  # whatever was decided, a veto of the same opt-out for one: ask on
    questions = state.take(Handover.OPT_OUT_WITH_QUESTION)
    state.inbox = [m for m in state.inbox if m.seq > last]
    if questions and not session.has_human():
        state.handoffs += 1
        await open_ticket(
            session,
            EscalationReason.OPT_OUT_REVIEW,
            "The customer opted out and asked a question: answer by another channel.",
        )
        await keep(session, questions)
    elif questions:
        await append(session, questions)
    await _end(session, Status.OPTED_OUT)


async def _fall_silent(session: Session) -> None:
    """Decide the ending of a conversation in which nobody said anything for long enough."""
    state = session.state
    if session.has_human():
        await give_back(session, "the human's pause is over")
        session.due = False
        return
    ending = await _ending(session)
    if state.inbox or session.deadline() > workflow.now():  # not silent any more, once judged
        session.due = False
        return
    await _end(session, ending)


async def _ending(session: Session) -> Status:
    state = session.state
    if state.closed_out:
        return Status.CLOSED_OUT
    if state.had_human:
        return Status.ESCALATED  # not a resolution of the agent's
    verified = False
    if state.agent_texts and not state.thanked:
        verified = await _is_verified(session)
    return ending_when_idle(
        thanked=state.thanked, verified=verified, answered=state.agent_texts > 0
    )


async def _is_verified(session: Session) -> bool:
    request = JudgeResolution(**session.about(), turn=session.state.turn)
    try:
        verdict = await session.call("judge_resolution", request, Judged, "was it resolved?")
    except ActivityError:
        return False  # not verified is the honest number when nobody could look
    session.note(f"judged: {verdict.reason}")
    return verdict.verified


async def _end(session: Session, ending: Status) -> None:
    if known := session.state.take_closed():
        await keep(session, known)
    ending = reachable_ending(session.state.status, ending)
    session.move(ending)
    session.show()
    if session.state.opened:
        await record(session, resolved=ending in RESOLUTIONS)
        await session.publish()


async def watch_silence(session: Session) -> None:
    """Mark the conversation due when nobody has said anything for long enough.

    One lazy timer, looked at again when it wakes: texts only move the deadline away. Only a
    deadline that comes nearer (thanks, a handoff) sets a new one.
    """
    while True:
        until = session.deadline()
        left = until - workflow.now()
        if left <= timedelta(0):
            await workflow.wait_condition(lambda: not session.busy and not session.state.inbox)
            session.due = session.deadline() <= workflow.now()
            await workflow.wait_condition(lambda: not session.due)
            continue
        try:
            await workflow.wait_condition(
                lambda until=until: session.deadline() < until,  # type: ignore[misc]
                timeout=max(left, _SOONEST_LOOK),
                timeout_summary=f"idle until {until:%Y-%m-%d %H:%M} UTC",
            )
        except TimeoutError:
            continue
