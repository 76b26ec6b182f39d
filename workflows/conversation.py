"""The conversation of one contact with one brand, from its first text to its end.

Signals only record; one loop acts. One without an argument, an operator's slip, is dropped: else it
would stop the conversation for good. A text that arrives while the conversation ends is carried
into the next one, so that none is lost; ids of texts received are remembered, so that none is
acted upon twice.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.conversation import ENDINGS
    from workflows import humans
    from workflows.chase import watch
    from workflows.continuing import continue_afresh, should_start_afresh
    from workflows.life import act
    from workflows.protocol import (
        Close,
        ConversationOutcome,
        ConversationSnapshot,
        DeliveryFailed,
        HandBack,
        HumanReply,
        OperatorRequest,
        ReceiveInbound,
        SendAsHuman,
        TakeOver,
        TicketWasClosed,
        TicketWasReopened,
    )
    from workflows.session import Session
    from workflows.start import ConversationStart
    from workflows.state import ConversationState


@workflow.defn(name="Conversation")
class Conversation:
    """One open execution per brand and contact."""

    @workflow.init
    def __init__(self, start: ConversationStart) -> None:
        state = start.carry or ConversationState(
            conversation_id=workflow.info().run_id,
            last_activity=workflow.now(),
            passed_on=start.passed_on(),
        )
        self._session = Session(start.brand, start.contact_id, start.model_queue, state)
        self._turns_before = state.turn
        for message in start.first:
            self.receive_inbound(message)

    @workflow.run
    async def run(self, start: ConversationStart) -> ConversationOutcome:
        """Act on what arrives until the conversation ends."""
        session = self._session
        session.show()
        watcher = watch(session)
        while session.state.status not in ENDINGS:
            await workflow.wait_condition(session.has_work)
            session.busy = True
            await act(session)
            session.busy = False
            if session.state.status in ENDINGS:
                break
            if should_start_afresh(session.state, self._turns_before):
                watcher.cancel()
                await workflow.wait_condition(workflow.all_handlers_finished)
                continue_afresh(start.model_copy(update={"carry": session.state, "first": ()}))
        watcher.cancel()
        await workflow.wait_condition(workflow.all_handlers_finished)
        if left := session.state.left_over():  # they came while the end was being recorded
            after = session.state.conversation_id
            continue_afresh(start.model_copy(update={"carry": None, "first": left, "after": after}))
        return ConversationOutcome(
            conversation_id=session.state.conversation_id,
            status=session.state.status.value,
            turns=session.state.turn,
            agent_texts=session.state.agent_texts,
        )

    @workflow.signal(name="receive_inbound", description="An inbound message of the contact.")
    def receive_inbound(self, message: ReceiveInbound | None = None) -> None:
        """Record a message; the loop acts on it."""
        state = self._session.state
        if message is None or not state.remember(message.message_id):
            return
        state.receive(message)
        state.last_activity = workflow.now()
        state.say(message.received_at, "customer", message.body)

    @workflow.signal(name="delivery_failed", description="A reply did not reach the customer.")
    def delivery_failed(self, report: DeliveryFailed | None = None) -> None:
        """Tell operators; what the carrier's code demands is done where it is read."""
        if report is not None:
            self._session.note(f"a reply was not delivered (carrier code {report.error_code})")

    @workflow.signal(name="human_reply", description="A human answered outside of here.")
    async def human_reply(self, reply: HumanReply | None = None) -> None:
        """Leave the word to the human; their text is in the outbox already, or was sent."""
        if reply is not None and self._session.state.remember(f"human:{reply.message_id}"):
            await humans.hear_reply(self._session, reply)

    @workflow.signal(name="ticket_closed", description="A human closed the ticket.")
    async def ticket_closed(self, closed: TicketWasClosed | None = None) -> None:
        """Give the word back to the agent."""
        if closed is not None:
            await humans.hear_closed(self._session, closed)

    @workflow.signal(name="ticket_reopened", description="A human opened the ticket again.")
    async def ticket_reopened(self, reopened: TicketWasReopened | None = None) -> None:
        """Leave the word to the human."""
        if reopened is not None:
            await humans.hear_reopened(self._session, reopened)

    @workflow.update(name="take_over", description="An operator takes the word.")
    async def take_over(self, request: TakeOver) -> ConversationSnapshot:
        """Silence the agent at once, a draft in flight included."""
        await humans.take_over(self._session, request.operator)
        return self.snapshot()

    @take_over.validator
    def _can_take_over(self, request: TakeOver) -> None:
        self._must_be_meant(request)
        if self._session.has_human() and self._session.state.taken_by != request.operator:
            msg = f"a human already has the word; {request.operator} can answer at once"
            raise ValueError(msg)

    @workflow.update(name="hand_back", description="An operator gives the word back.")
    async def hand_back(self, request: HandBack) -> ConversationSnapshot:
        """Let the agent answer again."""
        await humans.give_back(self._session, f"handed back by {request.operator}")
        return self.snapshot()

    @hand_back.validator
    def _can_hand_back(self, request: HandBack) -> None:
        self._must_be_meant(request)
        if not self._session.has_human():
            msg = f"no human has the word; there is nothing for {request.operator} to hand back"
            raise ValueError(msg)

    @workflow.update(name="send_as_human", description="An operator writes to the customer.")
    async def send_as_human(self, request: SendAsHuman) -> ConversationSnapshot:
        """Send an operator's words from the brand's number."""
        if self._session.state.remember(f"operator:{request.key}"):
            await humans.send_human_text(self._session, request.body, request.key)
        return self.snapshot()

    @send_as_human.validator
    def _can_send_as_human(self, request: SendAsHuman) -> None:
        self._must_be_meant(request)
        if not self._session.has_human():
            msg = f"{request.operator} must take over before writing"
            raise ValueError(msg)
        if not request.body.strip():
            msg = "body is empty: write a text"
            raise ValueError(msg)

    @workflow.update(name="close", description="An operator closes the conversation.")
    async def close(self, request: Close) -> ConversationSnapshot:
        """End the conversation without another text; it answers for all texts received so far."""
        await humans.close(self._session, request.operator)
        return self.snapshot()

    @close.validator
    def _can_close(self, request: Close) -> None:
        self._must_be_meant(request)

    @workflow.query(name="snapshot", description="Where the conversation stands; no bodies.")
    def snapshot(self) -> ConversationSnapshot:
        """Return where the conversation stands."""
        state = self._session.state
        return ConversationSnapshot(
            conversation_id=state.conversation_id,
            status=state.status.value,
            turn=state.turn,
            agent_texts=state.agent_texts,
            waiting_texts=len(state.inbox),
            handoffs=state.handoffs,
            ticket_id=state.ticket_id,
            intent=state.intent,
            deadline=None if state.status in ENDINGS else self._session.deadline(),
            last_decision=state.last_decision,
        )

    def _must_be_meant(self, request: OperatorRequest) -> None:
        state = self._session.state
        another = request.conversation_id not in (None, state.conversation_id)
        if another or state.status in ENDINGS:
            msg = f"the conversation has ended; {request.operator} has nothing to act on"
            raise ValueError(msg)
