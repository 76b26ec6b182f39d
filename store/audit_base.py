"""What was done by people, what they were refused and warned of; as in `store.base`."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pydantic import JsonValue

from domain.values import Value


class AuditAction(StrEnum):
    """What was done."""

    SETTINGS_SAVED = "settings_saved"
    SEGMENT_SAVED = "segment_saved"
    ACTIVATION_REFUSED = "activation_refused"
    OPT_OUT_UNDONE = "opt_out_undone"
    TAKEN_OVER = "taken_over"
    HANDED_BACK = "handed_back"
    TEXT_SENT = "text_sent"
    CLOSED = "closed"
    SPEND_ALERT = "spend_alert"


class AuditEntry(Value):
    """One thing that was done.

    Attributes:
        brand: Whose; None when what was refused names no brand.
        actor: Who: an operator, or the command that was run.
        detail: Ids and figures; never a body or a phone number.
    """

    brand: str | None
    actor: str
    action: AuditAction
    detail: Mapping[str, JsonValue] = {}


class StoredAuditEntry(AuditEntry):
    """An entry with its place in the order in which things were done."""

    seq: int
    at: datetime


class AuditStore(Protocol):
    """What was done; entries are only ever added."""

    def record(self, entry: AuditEntry, now: datetime) -> None:
        """Add an entry."""

    def entries(self, brand: str, before: int | None, limit: int) -> tuple[StoredAuditEntry, ...]:
        """Return a brand's entries, newest first; only those before one when it is given."""
