"""What the store knows of an open conversation, as far as its workflow can be rebuilt from it."""

from datetime import datetime

from domain.conversation import Status
from domain.gate.decision import Decision
from domain.handover import Handover
from domain.message import MessageOrigin
from domain.outbox import OutboxState
from domain.values import Value
from store.outbox_records import SendKind


class OpenRow(Value):
    """A conversation that the store holds as open."""

    conversation_id: str
    brand: str
    contact_id: str
    status: Status
    owner: str
    intent: str | None
    escalation_reason: str | None
    settings_version: int
    revision: int
    opened_at: datetime


class StoredText(Value):
    """One text of the contact.

    Attributes:
        handover: What the conversation was told, None when it is none of its business.
        decision: The gate's verdict.
        dispatched_at: When the conversation was told, None when it has not been yet.
        mine: It belongs to this conversation, taken or passed on to it.
        turn: Turn of this conversation that took it, None when none has.
    """

    message_id: str
    seq: int
    body: str
    received_at: datetime
    handover: Handover | None
    decision: Decision
    dispatched_at: datetime | None
    mine: bool
    turn: int | None


class StoredReply(Value):
    """One text that was to leave in this conversation, or that a human sent meanwhile.

    Attributes:
        mine: It belongs to this conversation; else it is a human's, sent from elsewhere.
    """

    outbox_id: str
    mine: bool
    turn: int
    kind: SendKind
    origin: MessageOrigin
    state: OutboxState
    created_at: datetime


class StoredTicket(Value):
    """One handoff's ticket."""

    external_id: str
    ticket_id: str
    opened_at: datetime


class ConversationRecord(Value):
    """An open conversation with all that became of it.

    Attributes:
        row: The newest that is open with this contact.
        texts: The texts it has taken, and those that nobody has, in order of arrival.
        replies: In the order in which they were made.
        tickets: In the order in which they were opened.
        last_turn: Number of the last turn that left a trace, 0 for none.
        settled_seq: Newest text that an earlier conversation took, 0 for none.
        settled_at: When the last conversation before it ended, None for none.
    """

    row: OpenRow
    texts: tuple[StoredText, ...]
    replies: tuple[StoredReply, ...]
    tickets: tuple[StoredTicket, ...]
    last_turn: int
    settled_seq: int
    settled_at: datetime | None
