"""What is asked of the outbox and what it answers: plain values, no rows."""

from datetime import datetime
from enum import StrEnum

from domain.message import MessageOrigin
from domain.outbox import OutboxState
from domain.values import Value


class SendKind(StrEnum):
    """What an outbound message is for.

    CONFIRMATION is the one text that may follow an opt-out, or the HELP text; NOTICE is any other
    fixed text. UPDATE says that a human's answer is still to come: the agent starts it by itself.
    """

    REPLY = "reply"
    ACKNOWLEDGEMENT = "acknowledgement"
    CLOSEOUT = "closeout"
    NOTICE = "notice"
    CONFIRMATION = "confirmation"
    HUMAN = "human"
    UPDATE = "update"


class Veto(StrEnum):
    """Why a text that was ready is not sent.

    BROKEN: the row breaks a rule, so that nothing can be said about consent; an operator looks.
    """

    SUPPRESSED = "suppressed"
    HUMAN_OWNS = "human_owns"
    NEWER_TEXT = "newer_text"
    STALE = "stale"
    UNREACHABLE = "unreachable"
    ANSWERED = "answered"
    BROKEN = "broken"


class OutboxRecord(Value):
    """One outbound message."""

    outbox_id: str
    brand: str
    contact_id: str
    conversation_id: str | None
    turn: int
    kind: SendKind
    origin: MessageOrigin
    provider: str
    sender: str
    recipient: str
    body: str
    segments: int
    state: OutboxState
    problem: str | None
    attempts: int
    not_after: datetime
    first_try_at: datetime | None
    provider_message_id: str | None
    created_at: datetime


class ReadyText(Value):
    """A text to be put into the outbox.

    Attributes:
        outbox_id: Derived from what it answers, so that the same text is never queued twice.
        covers_seq: Newest customer text it answers; a newer one vetoes it. None for no such check.
    """

    outbox_id: str
    brand: str
    contact_id: str
    conversation_id: str | None
    turn: int
    kind: SendKind
    origin: MessageOrigin
    provider: str
    sender: str
    recipient: str
    body: str
    encoding: str
    segments: int
    not_after: datetime
    covers_seq: int | None = None


class Claim(Value):
    """The outcome of asking to send a row now.

    Attributes:
        row: The row as it stands.
        granted: The caller, and nobody else, may call the provider once.
        veto: Why it will never be sent, None when it may or did.
    """

    row: OutboxRecord
    granted: bool
    veto: Veto | None = None


class SendResult(Value):
    """What an attempt to send came to."""

    state: OutboxState
    provider_message_id: str | None = None
    problem: str | None = None
