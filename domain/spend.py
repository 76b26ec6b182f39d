"""The spend governor: what was spent, what is capped, and what that means for the next text."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from domain.brand_conduct import SpendSettings
from domain.values import Value

ALERT_LEVELS = (70, 80, 100)
"""Percent of the month's cap at which the brand is alerted."""


class SpendScope(StrEnum):
    """What a cap is on."""

    CONVERSATION = "conversation"
    CONTACT_DAY = "contact_day"
    BRAND_MONTH = "brand_month"


class Spent(Value):
    """What was spent so far, micro-units of the brand's currency."""

    conversation_micros: int
    contact_day_micros: int
    brand_month_micros: int


class SpendVerdict(Value):
    """Whether the next text may cost anything.

    Attributes:
        exceeded: The first cap that is reached, None when none is.
        alert_level: Highest alert level that the month's spend has reached, 0 for none.
    """

    exceeded: SpendScope | None
    alert_level: int


def decide_spend(spent: Spent, caps: SpendSettings) -> SpendVerdict:
    """Compare what was spent with the caps.

    A cap counts as reached when it is met exactly: the next call would go beyond it.

    Args:
        spent: So far.
        caps: The brand's caps; None is no cap.
    """
    limits = (
        (SpendScope.BRAND_MONTH, spent.brand_month_micros, caps.brand_month_micros),
        (SpendScope.CONTACT_DAY, spent.contact_day_micros, caps.contact_day_micros),
        (SpendScope.CONVERSATION, spent.conversation_micros, caps.conversation_micros),
    )
    exceeded = next((s for s, used, cap in limits if cap is not None and used >= cap), None)
    return SpendVerdict(
        exceeded=exceeded,
        alert_level=_level(spent.brand_month_micros, caps.brand_month_micros),
    )


def _level(used: int, cap: int | None) -> int:
    if cap is None:
        return 0
    return max((level for level in ALERT_LEVELS if used * 100 >= cap * level), default=0)


def day_start(now: datetime) -> datetime:
    """Return when the day of an instant began, UTC."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def month_start(now: datetime) -> datetime:
    """Return when the month of an instant began, UTC."""
    day = day_start(now)
    return day - timedelta(days=day.day - 1)
