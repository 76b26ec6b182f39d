"""What the rest of the product may ask of the store.

All methods are synchronous and touch only the database; callers in async code run them in a
thread. All raise `StoreUnavailable` when the database does not answer. Every question that
concerns a tenant names its brand.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from domain.brand import BrandSettings
from domain.business_event import BusinessEvent
from domain.gate.context import GateContext
from domain.gate.decision import Decision
from domain.message import InboundMessage, TranscriptLine
from domain.money import Usage
from store.records import (
    Contact,
    ConversationSummary,
    Ingested,
    MessageOutcome,
    MessageText,
    OpenedConversation,
    Opening,
    PendingMessage,
    SettingsVersion,
    StatusChange,
    TicketBinding,
)

Decide = Callable[[str, GateContext, BrandSettings], Decision]
"""The gate's rule layer, handed to `ingest` so that the store knows no rule."""


class BrandStore(Protocol):
    """Brands and their settings."""

    def save_settings(self, settings: BrandSettings, author: str, now: datetime) -> int:
        """Store a new version and claim its numbers; an equal one makes no new version.

        Raises:
            ConfigurationError: A number belongs to another brand.
        """

    def settings(self, brand: str, version: int | None = None) -> SettingsVersion:
        """Return a version of the settings, the newest by default.

        Raises:
            ConfigurationError: There is no such brand or version.
        """

    def brands(self) -> tuple[str, ...]:
        """Return the ids of all brands."""

    def brand_of_number(self, number: str) -> str | None:
        """Return the brand a number belongs to."""


class SpendingStore(Protocol):
    """What was consumed, added up from the rows themselves, so that it cannot drift."""

    def of_conversation(self, brand: str, conversation_id: str) -> Usage:
        """Return what a conversation has consumed."""

    def since(self, brand: str, contact_id: str | None, since: datetime) -> Usage:
        """Return what a brand, or one contact of it, has consumed since then."""

    def note_alert(self, brand: str, month: str, level: int, now: datetime) -> bool:
        """Note that a brand was warned of its month's spend.

        Args:
            brand: Tenant.
            month: `YYYY-MM`.
            level: Percent of its cap.
            now: UTC.

        Returns:
            False when it was warned of this level, or of a higher one, before.
        """


class InboundStore(Protocol):
    """Texts received and what was decided about them."""

    def ingest(self, message: InboundMessage, decide: Decide, now: datetime) -> Ingested:
        """Commit one text, its decision and all the decision entails, in one transaction.

        Raises:
            UnknownNumber: No brand has this number.
        """

    def pending(self, before: datetime, limit: int) -> tuple[PendingMessage, ...]:
        """Return texts received before then that no conversation has been told of, oldest first."""

    def pending_message(self, message_id: str) -> PendingMessage | None:
        """Return one such text, None when it needs no telling (any more)."""

    def mark_dispatched(self, message_ids: Sequence[str], now: datetime) -> None:
        """Note that the conversation has been told."""

    def pending_notices(self, before: datetime, limit: int) -> tuple[str, ...]:
        """Return fixed texts queued before then and not yet tried, oldest first."""

    def brand_of_notice(self, outbox_id: str) -> str | None:
        """Return the brand of a fixed text, None when there is no such text."""

    def known(self, provider: str, provider_message_ids: Sequence[str]) -> frozenset[str]:
        """Return those of the provider's ids that were received."""

    def outcome(self, brand: str | None, message_id: str) -> MessageOutcome | None:
        """Return what became of a text, by our id or the provider's; None when unknown."""


class ConversationStore(Protocol):
    """Conversations and the texts they took."""

    def open_conversation(
        self, opening: Opening, message_ids: Sequence[str], now: datetime
    ) -> OpenedConversation:
        """Open a conversation, or find it open; a second call changes nothing."""

    def claim_messages(
        self, brand: str, conversation_id: str, turn: int, message_ids: Sequence[str]
    ) -> tuple[MessageText, ...]:
        """Stamp texts with the turn that takes them and return them in order of arrival."""

    def record_decision(
        self, brand: str, message_id: str, decision: Decision, now: datetime
    ) -> str | None:
        """Replace a text's decision by the model's and do what it entails.

        Returns:
            Outbox id of a fixed text that it queued, None for none.
        """

    def decision(self, brand: str, message_id: str) -> tuple[str, Decision] | None:
        """Return a text's body and decision."""

    def set_status(
        self, brand: str, conversation_id: str, change: StatusChange, now: datetime
    ) -> int:
        """Record where a conversation stands, unless its row has reached this revision before.

        Returns:
            The row's revision afterwards, 0 when there is no such conversation.
        """

    def resolved_before(
        self, brand: str, contact_id: str, conversation_id: str, since: datetime
    ) -> str | None:
        """Return the contact's conversation before this one, if it ended resolved since then.

        None also when its resolution was taken back; a conversation that was ignored is no one.
        """

    def mark_reverted(self, brand: str, conversation_id: str, now: datetime) -> None:
        """Note that a resolution was taken back; the first time counts."""

    def note_answered(self, brand: str, conversation_id: str, intent: str | None) -> None:
        """Note that the agent has answered: the customer has the word, unless a human has it."""

    def contact(self, brand: str, contact_id: str) -> Contact:
        """Return the contact.

        Raises:
            RuleBroken: The brand has no such contact.
        """

    def transcript(
        self, brand: str, contact_id: str, since: datetime, limit: int
    ) -> tuple[TranscriptLine, ...]:
        """Return the last texts either way since then, oldest first; only what was sent."""

    def summary(self, brand: str, conversation_id: str) -> ConversationSummary | None:
        """Return a conversation with its usage."""

    def usage(self, brand: str, conversation_id: str) -> Usage:
        """Return what a conversation has consumed so far."""

    def save_ticket(
        self, brand: str, conversation_id: str, ticket: TicketBinding, now: datetime
    ) -> None:
        """Bind a helpdesk's ticket to a handoff; a second binding of the same is dropped."""


class EventStore(Protocol):
    """Business events on their way to the brand's platforms."""

    def queue(self, event: BusinessEvent, contact_id: str) -> None:
        """Queue an event; the same id twice is queued once."""

    def undelivered(
        self, brand: str, conversation_id: str | None, limit: int
    ) -> tuple[BusinessEvent, ...]:
        """Return events not delivered yet, oldest first; of one conversation or of all."""

    def mark_delivered(self, event_ids: Sequence[str], now: datetime) -> None:
        """Note that every receiver has an event."""
