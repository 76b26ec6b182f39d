"""All a conversation remembers: one object, handed to continue-as-new unchanged."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from activities.messages import PassedOn
from domain.chasing import OwedAnswer
from domain.conversation import ConversationPolicy, Status
from domain.escalation import EscalationReason
from domain.handover import STARTS_CONVERSATION, Handover
from domain.values import Recorded
from workflows.protocol import ReceiveInbound

_SEEN_KEPT = 500
_LINES_KEPT = 20


class LogLine(Recorded):
    """One line of what operators read in the Temporal UI."""

    at: datetime
    who: str
    text: str


class TicketTurn(Recorded):
    """A ticket was closed, or opened again; `at` is by the helpdesk's clock."""

    closed: bool
    at: datetime


class ConversationState(BaseModel):
    """The state; handlers append to it, the loop acts on it.

    Attributes:
        conversation_id: Id of its row in the store.
        opened: The store knows of it.
        started: A text was admitted, the Started event is queued.
        passed_on: What the conversation before has left to this one.
        resolved_before: The conversation whose resolution this one may take back.
        inbox: Messages not acted upon yet, in order of arrival.
        seen: Ids of messages already received; the authority for "act once".
        newest_seq: Highest order of arrival received; what is newer in the store is on its way.
        newest_turn_seq: Highest order of arrival of a text that the gate let in to be answered.
        turn: Number of the current or last turn.
        agent_texts: Replies sent.
        stalled_turns: Turns in a row without progress.
        handoffs: How often it passed to a human.
        had_human: A human had the word at some time; what follows is no resolution of the agent's.
        taken_by: The operator who has taken the word, None when it is nobody's or another human's.
        texts_before: Replies sent before a human gave the word back; the cap counts from there.
        closed_out: The closeout message was sent; it is not sent again.
        ending: How it is to end as soon as the turn under way is over.
        closed_through: An operator has closed it knowing the texts up to this order of arrival.
        ticket_id: The ticket of the human who has the word.
        revision: Number of the last change of status that the store was told of, or has told us of.
        ticket_turns: When each ticket was last closed or opened again, perhaps before we knew
            that it is ours.
        owed: The answer that a human owes since the handoff; None when it has come.
        thanked: The customer's last word was thanks.
        last_activity: When either side last said something.
        last_decision: Why the last thing happened, for operators.
        log: The last lines said, for operators.
    """

    model_config = ConfigDict(extra="ignore")

    conversation_id: str
    status: Status = Status.OPEN
    policy: ConversationPolicy = ConversationPolicy()
    opened: bool = False
    started: bool = False
    passed_on: PassedOn | None = None
    resolved_before: str | None = None
    inbox: list[ReceiveInbound] = []
    seen: list[str] = []
    newest_seq: int = 0
    newest_turn_seq: int = 0
    revision: int = 0
    turn: int = 0
    agent_texts: int = 0
    stalled_turns: int = 0
    handoffs: int = 0
    had_human: bool = False
    taken_by: str | None = None
    texts_before: int = 0
    closed_out: bool = False
    ending: Status | None = None
    closed_through: int | None = None
    ticket_id: str | None = None
    ticket_turns: dict[str, TicketTurn] = {}
    owed: OwedAnswer | None = None
    intent: str | None = None
    escalation: EscalationReason | None = None
    thanked: bool = False
    last_activity: datetime
    last_decision: str = "waiting for the first text"
    log: list[LogLine] = []

    def next_revision(self) -> int:
        """Return the number of the change of status that is to be recorded now."""
        self.revision += 1
        return self.revision

    def remember(self, message_id: str) -> bool:
        """Note a message; return False when it was received before."""
        if message_id in self.seen:
            return False
        self.seen.append(message_id)
        del self.seen[:-_SEEN_KEPT]
        return True

    def receive(self, message: ReceiveInbound) -> None:
        """Put a message into the inbox, unless it is an opt-out that was lifted since.

        The gate lets nobody in who has opted out. So an opt-out that is told after a text which
        came later and was let in is old news: START came between them. A question asked with it
        still is one for a human.
        """
        self.newest_seq = max(self.newest_seq, message.seq)
        if message.handover is Handover.TURN:
            self.newest_turn_seq = max(self.newest_turn_seq, message.seq)
        if message.seq < self.newest_turn_seq:
            if message.handover is Handover.OPT_OUT:
                return
            if message.handover is Handover.OPT_OUT_WITH_QUESTION:
                review = EscalationReason.OPT_OUT_REVIEW
                update = {"handover": Handover.HANDOFF, "escalation": review}
                message = message.model_copy(update=update)
        self.inbox.append(message)

    def turn_ticket(self, ticket_id: str, turn: TicketTurn) -> bool:
        """Note that a ticket was closed or opened again; return False for what is no news."""
        known = self.ticket_turns.get(ticket_id)
        if known is not None and known.at >= turn.at:
            return False
        self.ticket_turns[ticket_id] = turn
        return known is None or known.closed is not turn.closed

    def is_closed(self, ticket_id: str | None, at: datetime | None = None) -> bool:
        """Return whether a human has closed a ticket, at a time or later, and not opened it again.

        Args:
            ticket_id: The ticket, None for none.
            at: By the helpdesk's clock; None when that does not matter.
        """
        known = self.ticket_turns.get(ticket_id or "")
        return known is not None and known.closed and (at is None or at <= known.at)

    def say(self, at: datetime, who: str, text: str) -> None:
        """Add a line for operators."""
        self.log.append(LogLine(at=at, who=who, text=text))
        del self.log[:-_LINES_KEPT]

    def waiting(self, *handovers: Handover) -> bool:
        """Return whether a message of one of these kinds waits."""
        return any(m.handover in handovers for m in self.inbox)

    def left_over(self) -> tuple[ReceiveInbound, ...]:
        """Return what the next conversation begins with, nothing if nothing of it asks for one."""
        return tuple(self.inbox) if self.waiting(*STARTS_CONVERSATION) else ()

    def take_closed(self) -> list[ReceiveInbound]:
        """Remove and return the texts an operator has closed the conversation over."""
        last = self.closed_through
        known = [m for m in self.inbox if last is not None and m.seq <= last]
        self.inbox = [m for m in self.inbox if m not in known]
        return known

    def take(self, *handovers: Handover) -> list[ReceiveInbound]:
        """Remove and return the waiting messages of these kinds, in order of arrival."""
        taken = [m for m in self.inbox if m.handover in handovers]
        self.inbox = [m for m in self.inbox if m.handover not in handovers]
        return sorted(taken, key=lambda m: m.seq)
