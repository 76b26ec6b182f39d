"""What is told to the store and what it returns: plain values, no rows."""

from datetime import datetime

from domain.brand import BrandSettings
from domain.conversation import Status
from domain.gate.decision import Decision
from domain.handover import Handover
from domain.money import Usage
from domain.values import Value
from store.outbox_records import OutboxRecord


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
        warning_id: Outbox row of the warning never to text secrets, None for none.
        decision: The gate's verdict, None for a duplicate.
    """

    message_id: str
    duplicate: bool = False
    handover: Handover | None = None
    notice_id: str | None = None
    warning_id: str | None = None
    decision: Decision | None = None


class PendingMessage(Value):
    """A committed text whose conversation has not been told of it yet.

    Attributes:
        conversation_open: The store holds a conversation with the contact as open.
    """

    seq: int
    message_id: str
    brand: str
    contact_id: str
    body: str
    received_at: datetime
    handover: Handover
    decision: Decision
    conversation_open: bool = False


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


class ConversationSummary(Value):
    """A conversation as reports show it.

    Attributes:
        reverted_at: When the customer returned on the issue that had been resolved: such an
            ending counts as a resolution no more.
    """

    conversation_id: str
    brand: str
    contact_id: str
    status: Status
    owner: str
    intent: str | None
    escalation_reason: str | None
    opened_at: datetime
    closed_at: datetime | None
    reverted_at: datetime | None = None
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


class Opening(Value):
    """A conversation to be opened.

    Attributes:
        passed_on: Ids of texts that `passed_on_by`, the conversation before, has left to this one.
    """

    conversation_id: str
    brand: str
    contact_id: str
    passed_on_by: str | None = None
    passed_on: tuple[str, ...] = ()


class StatusChange(Value):
    """What changes about a conversation; None leaves a field as it is.

    Attributes:
        revision: Number of this change among those of its conversation, from 1; None for one that
            is made while no workflow runs. What the row has reached already is old news: the slow
            first attempt of an activity that was tried again, or decided before a human wrote. An
            ending never is.
    """

    status: Status
    intent: str | None = None
    reason: str | None = None
    owner: str | None = None
    revision: int | None = None


class TicketBinding(Value):
    """A helpdesk's ticket and the handoff it belongs to."""

    external_id: str
    provider: str
    ticket_id: str
    url: str | None
