"""What the store returns: plain values, no rows."""

from datetime import datetime
from enum import StrEnum

from domain.brand import BrandSettings
from domain.conversation import Status
from domain.gate.decision import Decision
from domain.handover import Handover
from domain.message import MessageOrigin
from domain.money import Usage
from domain.outbox import OutboxState
from domain.values import Value


class SettingsVersion(Value):
    """A brand's settings and the version they are."""

    version: int
    settings: BrandSettings


class Ingested(Value):
    """What became of one delivered text.

    Attributes:
        message_id: Our id of the row.
        duplicate: It was already there; nothing else was done.
        handover: What the conversation is to be told, None for nothing.
        notice_id: Outbox row of a fixed text to send, None for none.
        decision: The gate's verdict, None for a duplicate.
    """

    message_id: str
    duplicate: bool = False
    handover: Handover | None = None
    notice_id: str | None = None
    decision: Decision | None = None


class PendingMessage(Value):
    """A committed text whose conversation has not been told of it yet."""

    seq: int
    message_id: str
    brand: str
    contact_id: str
    body: str
    received_at: datetime
    handover: Handover
    decision: Decision


class MessageText(Value):
    """One customer text of a turn."""

    message_id: str
    seq: int
    body: str
    recipient: str
    received_at: datetime


class OpenedConversation(Value):
    """A conversation as it stands after being opened.

    Attributes:
        settings: Settings it runs on.
        settled: Of the messages named, those another conversation has already taken.
    """

    settings: SettingsVersion
    settled: tuple[str, ...]


class Contact(Value):
    """A person with one brand.

    Attributes:
        phone: Their number, E.164.
        unreachable: It cannot receive texts.
        number: The brand's number they last wrote to; answers leave from it.
        provider: Who carries texts of that number.
    """

    contact_id: str
    brand: str
    phone: str
    unreachable: bool
    number: str
    provider: str


class SendKind(StrEnum):
    """What an outbound message is for.

    CONFIRMATION is the one text that may follow an opt-out, or the HELP text; NOTICE is any other
    fixed text.
    """

    REPLY = "reply"
    ACKNOWLEDGEMENT = "acknowledgement"
    CLOSEOUT = "closeout"
    NOTICE = "notice"
    CONFIRMATION = "confirmation"
    HUMAN = "human"


class Veto(StrEnum):
    """Why a text that was ready is not sent."""

    SUPPRESSED = "suppressed"
    HUMAN_OWNS = "human_owns"
    NEWER_TEXT = "newer_text"
    STALE = "stale"
    UNREACHABLE = "unreachable"


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


class ConversationSummary(Value):
    """A conversation as reports show it."""

    conversation_id: str
    brand: str
    contact_id: str
    status: Status
    owner: str
    intent: str | None
    escalation_reason: str | None
    opened_at: datetime
    closed_at: datetime | None
    usage: Usage


class MessageOutcome(Value):
    """One inbound message, why it was treated as it was, and what went back.

    Attributes:
        decision: The gate's verdict.
        handover: What the conversation was told.
        conversation: The conversation that took it, None when none did (yet).
        turn: Turn that answers it, None while none does.
        replies: Outbound messages of that turn, or the fixed text it got.
    """

    message_id: str
    brand: str
    received_at: datetime
    decision: Decision
    handover: Handover | None
    conversation: ConversationSummary | None
    turn: int | None
    replies: tuple[OutboxRecord, ...]
