"""What rebuilding conversations asks of the store; as in `store.base`."""

from datetime import datetime
from typing import Protocol

from store.rebuild_records import ConversationRecord, OpenRow
from store.records import PendingMessage


class RebuildStore(Protocol):
    """Open conversations, and all by which they can go on without their history."""

    def open_rows(self, brand: str | None = None) -> tuple[OpenRow, ...]:
        """Return the open conversations of a brand or of all, the longest open first.

        Of a contact who has several only the newest.
        """

    def count_open(self) -> int:
        """Return how many contacts have an open conversation."""

    def record(self, brand: str, contact_id: str) -> ConversationRecord | None:
        """Return a contact's open conversation, None when there is none."""

    def stranded(self, since: datetime, before: datetime, limit: int) -> tuple[PendingMessage, ...]:
        """Return texts that a conversation was told of, but that none has taken, oldest first.

        Only those of contacts who have no open conversation; received since then, handed over
        before then.
        """

    def close_older(self, brand: str, conversation_id: str, now: datetime) -> None:
        """Close what else is open with the same contact: a newer conversation has followed it."""

    def drop_ready(self, brand: str, conversation_id: str, now: datetime) -> None:
        """Give up the agent's texts that are ready in this conversation: their turn is repeated."""
