"""The ports to a brand's marketing: where events go, who is in which segment, who opted out."""

from typing import Protocol

from domain.business_event import BusinessEvent
from domain.phone import E164


class EventSink(Protocol):
    """Somewhere business events are delivered to; calls raise `ProviderError`."""

    name: str

    async def deliver(self, event: BusinessEvent) -> None:
        """Deliver one event; the receiver drops a repeat by `event_id`, so repeating is safe."""

    async def check(self) -> str:
        """Return one sentence on whether the receiver answers; raises when it does not."""


class SegmentSource(Protocol):
    """Where the brand keeps its segments; calls raise `ProviderError`."""

    name: str

    async def segments_of(self, phone: E164) -> frozenset[str]:
        """Return the names of the segments a contact is in, none for a contact nobody knows."""


class OptOutSink(Protocol):
    """A platform that texts the same contacts; calls raise `ProviderError`."""

    name: str

    async def unsubscribe(self, phone: E164) -> None:
        """Withdraw the contact's consent to marketing texts there; repeating is safe."""
