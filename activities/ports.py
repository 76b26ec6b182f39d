"""What activities are given: the clock, the brand's adapters, and whoever tells conversations."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from domain.brand import BrandSettings
from providers.commerce.base import Shop
from providers.helpdesk.base import Helpdesk
from providers.llm.base import LanguageModel
from providers.marketing.base import EventSink, OptOutSink, SegmentSource
from providers.sms.base import SmsProvider
from store.records import PendingMessage

Clock = Callable[[], datetime]
"""Returns the present, aware UTC."""


class Adapters(Protocol):
    """The adapters a brand's settings name; built once and kept."""

    def sms(self, provider: str) -> SmsProvider:
        """Return the carrier's adapter."""

    def shop(self, settings: BrandSettings) -> Shop | None:
        """Return the shop, None when the brand has none."""

    def helpdesk(self, settings: BrandSettings) -> Helpdesk | None:
        """Return the helpdesk, None when the brand has none."""

    def event_sinks(self, settings: BrandSettings) -> tuple[EventSink, ...]:
        """Return who hears of the brand's events."""

    def opt_out_sinks(self, settings: BrandSettings) -> tuple[OptOutSink, ...]:
        """Return the marketing platforms that hear of opt-outs."""

    def segment_source(self, settings: BrandSettings) -> SegmentSource | None:
        """Return where the brand keeps segments outside of here, None when it does not."""

    def model(self, settings: BrandSettings) -> tuple[LanguageModel, str]:
        """Return the model's adapter and the vendor's name for the model."""

    def status_callback(self, provider: str, outbox_id: str) -> str:
        """Return the URL that brings news about a text back to its row."""


class Dispatcher(Protocol):
    """Tells conversations about messages."""

    async def dispatch(self, message: PendingMessage) -> None:
        """Signal the contact's conversation, starting it where the message asks for it."""

    async def dispatch_notice(self, outbox_id: str) -> None:
        """Start sending a fixed text."""

    async def rebuild_missing(self) -> int:
        """Start again what the store holds as open and nobody runs; return how much it was."""
