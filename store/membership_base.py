"""What may be asked about segments; as in `store.base`."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Protocol

from domain.phone import E164
from domain.values import Value


class Memberships(Value):
    """What is known of a contact's segments.

    Attributes:
        own: Segments that the brand keeps here.
        outside: Segments of the marketing platform; None when they were not read recently.
    """

    own: frozenset[str]
    outside: frozenset[str] | None


class MembershipStore(Protocol):
    """Segments kept here, and the cache of those kept elsewhere."""

    def memberships(self, brand: str, contact_id: str, phone: str, now: datetime) -> Memberships:
        """Return what is known of a contact's segments."""

    def remember_outside(
        self, brand: str, contact_id: str, segments: AbstractSet[str], now: datetime
    ) -> None:
        """Keep what the marketing platform has just said of a contact."""

    def segment(self, brand: str, name: str) -> tuple[str, ...]:
        """Return the numbers in a segment kept here, in order; none for one that is not there."""

    def replace_segment(
        self, brand: str, name: str, phones: Sequence[E164], actor: str, now: datetime
    ) -> int:
        """Make a segment consist of these numbers, and note who did it.

        Returns:
            How many numbers it now holds.
        """
