"""What passes between the workflow and its activities: ids and verdicts, never prompts.

Every message is one frozen model whose new fields get defaults, because it stands in histories.
"""

from typing import Literal

from domain.conversation import ConversationPolicy
from domain.escalation import EscalationReason
from domain.handover import Handover
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


class PassedOn(Recorded):
    """Texts that a conversation could not take any more and left to the next one.

    Attributes:
        by: Id of the conversation that left them, which may have begun to think about them.
    """

    by: str
    message_ids: tuple[str, ...]


class OpenConversation(Recorded):
    """Open a conversation for these texts.

    Attributes:
        admitted: At least one text is certainly to be treated; the conversation has started.
        passed_on: What the conversation before has left to this one.
    """

    brand: str
    contact_id: str
    conversation_id: str
    message_ids: tuple[str, ...]
    admitted: bool
    passed_on: PassedOn | None = None


class Opened(Recorded):
    """An open conversation.

    Attributes:
        policy: Waits and caps it runs on.
        settled: Texts that an earlier conversation has taken; they must not be answered again.
        resolved_before: The conversation that ended resolved lately: this one may be a return.
    """

    policy: ConversationPolicy
    settled: tuple[str, ...] = ()
    resolved_before: str | None = None


class ClassifyInbound(ConversationRequest):
    """Ask the model about a text that the rules left in doubt.

    Attributes:
        seq: The text's order of arrival.
        ask_model: False when the model or the segments could not be reached and rules alone must
            decide.
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
            for again, `escalate` hands over, `settled` finds nothing left to answer.
        intent: What the turn is about, as far as known.
        calls: Tools to call.
        body: The draft, as the customer will read it.
        segments: Segments it is billed as.
        progress: The draft says something that was not said before.
        reason: Why it is rejected or escalated.
        summary: What was asked and tried, for the human.
    """

    kind: Literal["tools", "draft", "rejected", "escalate", "settled"]
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
