"""What passes between the workflow and its activities about one text to be sent."""

from datetime import datetime
from enum import StrEnum

from activities.messages import ConversationRequest
from domain.outbox import OutboxState
from domain.values import Recorded


class Purpose(StrEnum):
    """What an outbound text is for."""

    REPLY = "reply"
    ACKNOWLEDGEMENT = "acknowledgement"
    CLOSEOUT = "closeout"
    HUMAN = "human"
    UPDATE = "update"


class SendReply(ConversationRequest):
    """Send one text of a conversation.

    Attributes:
        step: The step whose draft is sent; for the brand's own texts only part of the key.
        newest_seq: Newest customer text it answers; a newer one vetoes it. None for no veto.
        body: Words of a human; the agent's are in the store, the brand's in its settings.
        message_key: Makes two human texts of one turn different.
        intent: What the turn is about.
        not_after: When the text is stale, UTC; None for what its purpose entails.
    """

    turn: int
    attempt: int = 0
    step: int = 0
    purpose: Purpose
    newest_seq: int | None = None
    body: str | None = None
    message_key: str = ""
    intent: str | None = None
    not_after: datetime | None = None


class SendReceipt(Recorded):
    """Where a text stands.

    Attributes:
        outbox_id: Its row.
        state: Its state.
        veto: Why it was not sent, None when it was or may have been.
        problem: What the provider said against it.
        body: The words, for the operator's transcript; only where history has them nowhere else.
        segments: What it is billed as.
        confirms: It is the one text that may follow an opt-out.
    """

    outbox_id: str
    state: OutboxState
    veto: str | None = None
    problem: str | None = None
    body: str | None = None
    segments: int = 0
    confirms: bool = False


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
