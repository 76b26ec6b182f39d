"""Asking before every paid step whether the brand still wants to pay."""

import time
from datetime import datetime

import structlog

from activities.messages import ConversationRequest
from activities.ports import Clock
from domain.brand import BrandSettings
from domain.money import cost_micros
from domain.spend import SpendVerdict, Spent, day_start, decide_spend, month_start
from store.base import SpendingStore

_log = structlog.get_logger(__name__)

_MONTH_KNOWN_FOR_SECONDS = 15.0


class SpendGovernor:
    """Compares what was spent with the brand's caps.

    The month's sum is kept for some seconds: it is read before every model call, and a cap that
    is noticed a few texts late is no harm.

    Args:
        spending: Sums.
        clock: The present.
    """

    def __init__(self, spending: SpendingStore, clock: Clock) -> None:
        self._spending = spending
        self._clock = clock
        self._months: dict[str, tuple[float, int]] = {}
        self._alerted: dict[str, tuple[str, int]] = {}

    def check(self, request: ConversationRequest, settings: BrandSettings) -> SpendVerdict:
        """Return whether the next step may cost anything; alerts at each level once a month."""
        now = self._clock()
        prices = settings.prices
        conversation = self._spending.of_conversation(request.brand, request.conversation_id)
        contact = self._spending.since(request.brand, request.contact_id, day_start(now))
        verdict = decide_spend(
            Spent(
                conversation_micros=cost_micros(conversation, prices),
                contact_day_micros=cost_micros(contact, prices),
                brand_month_micros=self._month(request.brand, settings),
            ),
            settings.spend,
        )
        self._alert(request.brand, now, verdict.alert_level)
        return verdict

    def _month(self, brand: str, settings: BrandSettings) -> int:
        if settings.spend.brand_month_micros is None:
            return 0
        known = self._months.get(brand)
        if known is not None and time.monotonic() - known[0] < _MONTH_KNOWN_FOR_SECONDS:
            return known[1]
        usage = self._spending.since(brand, None, month_start(self._clock()))
        cost = cost_micros(usage, settings.prices)
        self._months[brand] = (time.monotonic(), cost)
        return cost

    def _alert(self, brand: str, now: datetime, level: int) -> None:
        """Alert once, whichever of the workers notices first, and however often they restart."""
        month = f"{now:%Y-%m}"
        known = self._alerted.get(brand)
        if level == 0 or (known is not None and known >= (month, level)):
            return
        fresh = self._spending.note_alert(brand, month, level, now)
        self._alerted[brand] = (month, level)  # only now: a store that is away is asked again
        if fresh:
            _log.error("spend_alert", brand=brand, month=month, percent_of_cap=level)
