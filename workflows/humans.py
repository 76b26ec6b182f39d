"""Who has the word: a human takes it, answers, gives it back, or closes the conversation."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.send_messages import Purpose
    from domain.conversation import ENDINGS, Status
    from domain.escalation import EscalationReason
    from domain.outbox import LEFT_US
    from workflows.protocol import HumanReply, TicketWasClosed, TicketWasReopened
    from workflows.recording import record
    from workflows.sending import brand_text, send
    from workflows.session import Session
    from workflows.state import TicketTurn


async def take_word(
    session: Session, why: str, *, ticket_id: str | None = None, operator: str | None = None
) -> None:
    """Give a human the word at once, a draft in flight included.

    Args:
        session: The conversation.
        why: For operators.
        ticket_id: The ticket they work in: later texts are added to it, its closing gives the
            word back. It may be one of an earlier conversation.
        operator: Who takes it, when it is an operator.
    """
    state = session.state
    session.move(Status.HANDED_OFF)
    state.handoffs += 1
    state.had_human = True
    state.escalation = EscalationReason.TAKEN_OVER
    state.ticket_id, state.taken_by = ticket_id, operator
    state.last_activity = workflow.now()
    session.note(why)
    await record(session, word=True, reason=EscalationReason.TAKEN_OVER.value)


async def take_over(session: Session, operator: str) -> None:
    """Give an operator the word; one who asks again, for want of an answer, is told yes again."""
    if session.state.taken_by == operator:
        await record(session, word=True)  # the first request may not have come that far yet
    else:
        await take_word(session, f"taken over by {operator}", operator=operator)


async def give_back(session: Session, why: str) -> None:
    """Let the agent answer again after a human had the word."""
    state = session.state
    if not session.has_human():
        return
    session.move(Status.WAITING)
    state.ticket_id = state.taken_by = state.owed = None
    # A human has looked at it: what the agent had used up counts no more, else the next text
    # would be one more handoff.
    state.texts_before = state.agent_texts
    state.stalled_turns = 0
    state.last_activity = workflow.now()
    session.note(why)
    await record(session, word=True)


async def hear_reply(session: Session, reply: HumanReply) -> None:
    """Leave the word to a human whose text is in the outbox already, or was sent elsewhere."""
    state = session.state
    state.owed = None
    state.last_activity = workflow.now()
    state.say(workflow.now(), reply.author, reply.body)
    # What we have told the store at about that time may have been dropped there.
    unheard = 0 < reply.revision <= state.revision
    state.revision = max(state.revision, reply.revision)
    if state.status in ENDINGS:
        return
    if not session.has_human() and not state.is_closed(reply.ticket_id, reply.at):
        why = f"{reply.author} answered the customer"
        await take_word(session, why, ticket_id=reply.ticket_id)
    elif not session.has_human():
        # They wrote and closed; the reply's webhook came second. It has silenced the agent.
        session.note(f"{reply.author} answered the customer and closed the ticket")
        await record(session, word=True)
    elif unheard:
        await record(session, word=True, reason=state.escalation and state.escalation.value)
    session.show()


async def send_human_text(session: Session, body: str, key: str) -> None:
    """Send a human's words from the brand's number; the agent stays silent."""
    # The key alone says which text it is, whatever has happened between two requests.
    request = brand_text(session, Purpose.HUMAN).model_copy(
        update={"turn": 0, "step": 0, "body": body, "message_key": key}
    )
    receipt = await send(session, request, "a human writes")
    session.state.last_activity = workflow.now()
    if receipt.state not in LEFT_US and not receipt.outbox_id:
        session.note("a human's text has not left yet: the sweeper sends it, or finds it sent")
    elif receipt.state not in LEFT_US:
        why = receipt.veto or receipt.problem or receipt.state.value
        session.note(f"a human's text was not sent: {why}")
    else:
        session.state.owed = None
    session.show()


async def hear_closed(session: Session, closed: TicketWasClosed) -> None:
    """Give the word back when a ticket is closed; it may be known to be ours only later."""
    state = session.state
    if not state.turn_ticket(closed.ticket_id, TicketTurn(closed=True, at=closed.at)):
        return
    if closed.ticket_id == state.ticket_id:
        await give_back(session, "the ticket was closed")


async def hear_reopened(session: Session, reopened: TicketWasReopened) -> None:
    """Give the word to the human who opens a ticket again."""
    state = session.state
    if not state.turn_ticket(reopened.ticket_id, TicketTurn(closed=False, at=reopened.at)):
        return
    if state.status not in ENDINGS and not session.has_human():
        await take_word(session, "the ticket was opened again", ticket_id=reopened.ticket_id)


async def close(session: Session, operator: str) -> None:
    """End the conversation without another text, a draft in flight included."""
    state = session.state
    state.closed_through = state.newest_seq
    session.ending = Status.CLOSED_OUT
    session.note(f"closed by {operator}")
    await record(session, owner="human")
