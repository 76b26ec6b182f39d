"""The spend governor's decision: a table of what was spent, the caps, and what follows."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from domain.brand_conduct import SpendSettings
from domain.spend import SpendScope, Spent, day_start, decide_spend, month_start

_CHICAGO = timezone(timedelta(hours=-6))


def _spent(conversation: int = 0, contact_day: int = 0, brand_month: int = 0) -> Spent:
    return Spent(
        conversation_micros=conversation,
        contact_day_micros=contact_day,
        brand_month_micros=brand_month,
    )


def _caps(
    conversation: int | None = None, contact_day: int | None = None, brand_month: int | None = None
) -> SpendSettings:
    return SpendSettings(
        conversation_micros=conversation,
        contact_day_micros=contact_day,
        brand_month_micros=brand_month,
    )


@pytest.mark.parametrize(
    ("spent", "caps", "exceeded"),
    [
        (_spent(99), _caps(100), None),
        (_spent(100), _caps(100), SpendScope.CONVERSATION),
        (_spent(101), _caps(100), SpendScope.CONVERSATION),
        (_spent(0), _caps(0), SpendScope.CONVERSATION),
        (_spent(contact_day=100), _caps(contact_day=100), SpendScope.CONTACT_DAY),
        (_spent(contact_day=99), _caps(contact_day=100), None),
        (_spent(brand_month=100), _caps(brand_month=100), SpendScope.BRAND_MONTH),
        (_spent(brand_month=99), _caps(brand_month=100), None),
        (_spent(10**12, 10**12, 10**12), _caps(), None),
        (_spent(100, 100, 100), _caps(100, 100, 100), SpendScope.BRAND_MONTH),
        (_spent(100, 100, 99), _caps(100, 100, 100), SpendScope.CONTACT_DAY),
        (_spent(100, 99, 99), _caps(100, 100, 100), SpendScope.CONVERSATION),
    ],
)
def test_cap_is_reached_when_it_is_met_exactly_and_the_widest_is_named(
    spent: Spent, caps: SpendSettings, exceeded: SpendScope | None
) -> None:
    """Equal is reached, no cap is never reached; of several the brand's month comes first."""
    assert decide_spend(spent, caps).exceeded is exceeded


@pytest.mark.parametrize(
    ("used", "cap", "level"),
    [
        (0, 1000, 0),
        (699, 1000, 0),
        (700, 1000, 70),
        (799, 1000, 70),
        (800, 1000, 80),
        (999, 1000, 80),
        (1000, 1000, 100),
        (5000, 1000, 100),
        (5000, None, 0),
        (0, 0, 100),
    ],
)
def test_alert_level_is_the_highest_that_the_month_has_reached(
    used: int, cap: int | None, level: int
) -> None:
    """70, 80 and 100 percent; a brand without a cap is never alerted."""
    assert decide_spend(_spent(brand_month=used), _caps(brand_month=cap)).alert_level == level


def test_day_and_month_begin_at_midnight_utc_wherever_the_clock_stands() -> None:
    """An evening in Chicago belongs to the next day, and at a month's end to the next month."""
    evening = datetime(2026, 2, 28, 20, 30, tzinfo=_CHICAGO)
    assert day_start(evening) == datetime(2026, 3, 1, tzinfo=UTC)
    assert month_start(evening) == datetime(2026, 3, 1, tzinfo=UTC)
    assert month_start(datetime(2026, 2, 28, 23, tzinfo=UTC)) == datetime(2026, 2, 1, tzinfo=UTC)
