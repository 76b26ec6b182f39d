"""What operators, helpdesks and marketing platforms may ask of the store; as in `store.base`."""

from datetime import datetime
from typing import Protocol

from domain.message import TranscriptLine
from store.operator_records import (
    HumanText,
    OutsideText,
    Review,
    StoredOutside,
    TicketOwner,
)
from store.records import ConversationSummary


class OperatorStore(Protocol):
    """Conversations as humans see them, and what humans and other systems write."""

    def ticket_owner(self, brand: str, provider: str, ticket_id: str) -> TicketOwner | None:
        """Return the conversation of a ticket, None when the brand has no such one."""

    def conversation(self, conversation_id: str) -> ConversationSummary | None:
        """Return a conversation of any brand; the caller holds the installation's key."""

    def transcript(
        self, conversation: ConversationSummary, limit: int
    ) -> tuple[TranscriptLine, ...]:
        """Return the texts of a conversation, and those of the two days before it."""

    def queue_human_text(self, owner: TicketOwner, body: str, key: str, now: datetime) -> HumanText:
        """Put a human's words into the outbox; the same key is one text.

        The human has the word in the contact's open conversation from then on. The text leaves
        like any other, through the last look.

        Raises:
            RuleBroken: The contact never wrote, so that there is no number to answer from.
        """

    def record_outside_text(self, text: OutsideText) -> StoredOutside:
        """Store a text that another system sent, so that the gate and the agent know of it."""


class ConsentStore(Protocol):
    """Opt-outs that were read out of free words."""

    def undo_opt_out(self, brand: str, contact_id: str, operator: str, now: datetime) -> bool:
        """Lift a suppression that was a misreading; the ledger keeps both.

        Returns:
            Whether there was one. What a STOP keyword or the carrier put there stays: only the
            customer can lift that.

        Raises:
            RuleBroken: The suppression comes from a keyword or the carrier.
        """

    def opt_out_source(self, brand: str, contact_id: str) -> str | None:
        """Return who said that a contact wants no texts, None when nobody did."""

    def reviews(self, brand: str, since: datetime, limit: int) -> tuple[Review, ...]:
        """Return opt-outs read out of free words since then, newest first."""
