"""What passes between the workflow and its activities: ids and verdicts, never prompts.

Every message is one frozen model whose new fields get defaults, because it stands in histories.
"""

from enum import StrEnum
from typing import Literal

from domain.conversation import ConversationPolicy, Status
from domain.escalation import EscalationReason, HandoffMode
from domain.handover import Handover
from domain.outbox import OutboxState
from domain.values import Recorded


class ConversationRequest(Recorded):
    """What every request on behalf of a conversation names.

    Attributes:
        settings_version: Version of the brand's settings the conversation runs on; None before it
            is known, which takes the newest.
    """

    brand: str
    contact_id: str
    conversation_id: str
    settings_version: int | None = None


class OpenConversation(Recorded):
    """Open a conversation for these texts.

    Attributes:
        admitted: At least one text is certainly to be treated; the conversation has started.
    """

    brand: str
    contact_id: str
    conversation_id: str
    message_ids: tuple[str, ...]
    admitted: bool


class Opened(Recorded):
    """An open conversation.

    Attributes:
        policy: Waits and caps it runs on.
        settled: Texts that an earlier conversation has taken; they must not be answered again.
    """

    policy: ConversationPolicy
    settled: tuple[str, ...] = ()


class ClassifyInbound(ConversationRequest):
    """Ask the model about a text that the rules left in doubt.

    Attributes:
        seq: The text's order of arrival.
        ask_model: False when the model could not be reached and rules alone must decide.
    """

    message_id: str
    seq: int = 0
    ask_model: bool = True


class Classified(Recorded):
    """What the gate says with the model's help.

    Attributes:
        handover: What the conversation is told; None when the text is none of its business.
        label: The gate's label.
        reason: The gate's sentence.
        notice_id: A fixed text to send, None for none.
    """

    handover: Handover | None
    label: str
    reason: str
    notice_id: str | None = None
    escalation: EscalationReason | None = None


class TakeTurn(ConversationRequest):
    """Take one step of a turn.

    Attributes:
        message_ids: The customer's texts of this turn.
        first_reply: No reply has gone out in this conversation yet.
    """

    turn: int
    attempt: int
    step: int
    message_ids: tuple[str, ...]
    first_reply: bool


class PlannedCall(Recorded):
    """A tool call the model may make.

    Attributes:
        call_id: The model's id for it.
        activity: Name of the activity that makes it.
        writes: It changes something outside, so that the turn must not be torn any more.
    """

    call_id: str
    activity: str
    writes: bool = False


class TurnStep(Recorded):
    """What one model call came to.

    Attributes:
        kind: `tools` are to be called, a `draft` may be sent, a `rejected` answer is to be asked
            for again, `escalate` hands over.
        intent: What the turn is about, as far as known.
        calls: Tools to call.
        body: The draft, as the customer will read it.
        segments: Segments it is billed as.
        progress: The draft says something that was not said before.
        reason: Why it is rejected or escalated.
        summary: What was asked and tried, for the human.
    """

    kind: Literal["tools", "draft", "rejected", "escalate"]
    intent: str | None = None
    calls: tuple[PlannedCall, ...] = ()
    body: str | None = None
    segments: int = 0
    progress: bool = True
    reason: str | None = None
    escalation: EscalationReason | None = None
    summary: str = ""


class CallTool(ConversationRequest):
    """Make one tool call of a step."""

    turn: int
    attempt: int
    step: int
    call_id: str


class ToolDone(Recorded):
    """A tool has answered; what it said is in the store.

    Attributes:
        found: Things it found.
    """

    found: int = 0


class Purpose(StrEnum):
    """What an outbound text is for."""

    REPLY = "reply"
    ACKNOWLEDGEMENT = "acknowledgement"
    CLOSEOUT = "closeout"
    HUMAN = "human"


class SendReply(ConversationRequest):
    """Send one text of a conversation.

    Attributes:
        step: The step whose draft is sent; for the brand's own texts only part of the key.
        newest_seq: Newest customer text it answers; a newer one vetoes it. None for no veto.
        body: Words of a human; the agent's are in the store, the brand's in its settings.
        message_key: Makes two human texts of one turn different.
        intent: What the turn is about.
    """

    turn: int
    attempt: int = 0
    step: int = 0
    purpose: Purpose
    newest_seq: int | None = None
    body: str | None = None
    message_key: str = ""
    intent: str | None = None


class SendReceipt(Recorded):
    """Where a text stands.

    Attributes:
        outbox_id: Its row.
        state: Its state.
        veto: Why it was not sent, None when it was or may have been.
        problem: What the provider said against it.
        body: The words, for the operator's transcript; only where history has them nowhere else.
        segments: What it is billed as.
    """

    outbox_id: str
    state: OutboxState
    veto: str | None = None
    problem: str | None = None
    body: str | None = None
    segments: int = 0


class SendNotice(Recorded):
    """Send a fixed text that was queued when a message came in."""

    outbox_id: str


class ReconcileSend(Recorded):
    """Look for a text of unknown outcome.

    Attributes:
        last: There will be no further look; what is not found is abandoned.
    """

    outbox_id: str
    last: bool


class BeginHandoff(ConversationRequest):
    """Decide how a conversation passes to a human, and record it.

    Attributes:
        turn: Turn that the texts belong to.
        message_ids: Texts that the ticket's transcript will hold, so that they count as taken.
    """

    handoff: int
    turn: int
    message_ids: tuple[str, ...] = ()
    reason: EscalationReason
    intent: str | None = None


class HandoffPlan(Recorded):
    """How a conversation passes to a human.

    Attributes:
        mode: Ticket or closeout.
        acknowledge: The customer is told that a human will answer.
    """

    mode: HandoffMode
    acknowledge: bool


class OpenTicket(ConversationRequest):
    """Open the ticket of a handoff with the whole transcript."""

    handoff: int
    reason: EscalationReason
    intent: str | None = None
    summary: str = ""


class TicketOpened(Recorded):
    """A ticket."""

    ticket_id: str


class AppendToTicket(ConversationRequest):
    """Add a customer's later texts to a ticket.

    Attributes:
        ticket_id: None while an operator answers without one; the texts only count as taken.
    """

    ticket_id: str | None
    turn: int
    message_ids: tuple[str, ...]


class JudgeResolution(ConversationRequest):
    """Judge whether a conversation that fell silent was resolved.

    Attributes:
        turn: Its last turn; one judgement is paid for after each.
    """

    turn: int = 0


class Judged(Recorded):
    """The judge's verdict."""

    verified: bool
    reason: str


class RecordStatus(Recorded):
    """Record where a conversation stands.

    Attributes:
        owner: Who has the word from now on, None for no change.
        resolved: It ended resolved; marketers hear of it.
    """

    brand: str
    conversation_id: str
    status: Status
    intent: str | None = None
    reason: str | None = None
    owner: Literal["agent", "human"] | None = None
    resolved: bool = False


class PublishEvent(Recorded):
    """Deliver the queued events of a conversation."""

    brand: str
    conversation_id: str


class Published(Recorded):
    """How many events were delivered."""

    delivered: int = 0


class Done(Recorded):
    """Nothing to report."""


class Sweep(Recorded):
    """One round of the sweeper."""


class Swept(Recorded):
    """What a round of the sweeper did."""

    dispatched: int = 0
    notices: int = 0
    imported: int = 0
    reconciled: int = 0
    published: int = 0
