"""What the rest of the product may ask of the outbox; as in `store.base`."""

from datetime import datetime
from typing import Protocol

from domain.message import DeliveryReport
from store.outbox_records import Claim, OutboxRecord, ReadyText, SendResult


class OutboxStore(Protocol):
    """Texts sent, and the only way to send one."""

    def claim(self, text: ReadyText, now: datetime, receipt: str | None = None) -> Claim:
        """Queue a text if it is not there and take the right to send it, in one transaction.

        Under the contact's lock: the suppression, the owner, newer texts and the age are checked,
        and the row flips to SENDING. Whoever finds it SENDING or UNKNOWN is not granted anything.
        """

    def claim_notice(self, outbox_id: str, now: datetime) -> Claim:
        """Take the right to send a fixed text that was queued at ingest."""

    def get(self, outbox_id: str) -> OutboxRecord | None:
        """Return a row."""

    def settle(self, outbox_id: str, outcome: SendResult, now: datetime) -> OutboxRecord:
        """Record the outcome of an attempt; a state the row cannot enter any more is dropped."""

    def apply_report(self, report: DeliveryReport, now: datetime) -> OutboxRecord | None:
        """Apply a delivery report, forward only; None when it is about no text of ours."""

    def bound_ids(self, provider: str, since: datetime) -> frozenset[str]:
        """Return provider ids that rows since then are bound to."""

    def suppress(
        self,
        brand: str,
        contact_id: str,
        source: str,
        now: datetime,
        given_at: datetime | None = None,
    ) -> None:
        """Suppress a contact because the carrier says so, with a ledger entry.

        Unless they have opted in since `given_at`, when the carrier was given the text it speaks
        of; None when it speaks of now.
        """

    def mark_unreachable(
        self, brand: str, contact_id: str, given_at: datetime | None = None
    ) -> None:
        """Note that a number cannot receive texts, unless they have texted since `given_at`."""

    def in_doubt(self, before: datetime, limit: int) -> tuple[OutboxRecord, ...]:
        """Return rows that stay SENDING or UNKNOWN since before then."""
