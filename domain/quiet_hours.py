"""When a text that the agent starts by itself may leave; direct answers leave at any hour.

Source: the reference on compliance, 4.4 rule (b) and the quiet-hour test of its section 5: 9:00 to
20:00 where the recipient is, on Sundays from 12:00. Where they are is a guess: mobile numbers
travel, so that every zone the number may belong to has to agree.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.phone import E164
from domain.values import Recorded

_FROM = time(9)
_SUNDAY_FROM = time(12)
_UNTIL = time(20)
_SUNDAY = 6

# More zones than this say only that a number is North American: toll-free, personal.
_MOST_ZONES = 6
# Where both have day, so have the 48 states between them.
_FORTY_EIGHT_STATES = ("America/New_York", "America/Los_Angeles")
# Longer than any pause between two windows that share an hour at all.
_SEARCHED_DAYS = 8


class ZoneBasis(StrEnum):
    """What says where the recipient is."""

    PROFILE = "profile"
    PREFIX = "prefix"
    FALLBACK = "fallback"


class SendingWindow(Recorded):
    """A span in which a text may leave.

    Attributes:
        opens: From when, UTC; never before the instant asked about.
        closes: Until when, UTC, exclusive.
        basis: What says where the recipient is.
        zones: The zones that agreed.
    """

    opens: datetime
    closes: datetime
    basis: ZoneBasis
    zones: tuple[str, ...]


def next_allowed(
    now: datetime,
    phone: E164,
    brand_zone: str,
    zones: Sequence[str],
    profile_zone: str | None = None,
) -> SendingWindow:
    """Return the first span from now on in which a text may be started.

    Args:
        now: UTC.
        phone: The recipient. With +1 and more than six zones, or none, every one of the 48
            states must have day; elsewhere an unknown number is taken to be where the brand is.
        brand_zone: IANA name of the brand's own zone.
        zones: IANA names of the zones that the number may belong to.
        profile_zone: The zone that the recipient's profile names, None when it names none.

    Returns:
        The span; it opens now when a text may leave at once.
    """
    basis, names = _where(phone, brand_zone, zones, profile_zone)
    found = _first_window(now, names)
    while found is None:  # zones so far apart that no hour suits them all
        names = names[:1]
        found = _first_window(now, names)
        basis = ZoneBasis.FALLBACK
    return SendingWindow(opens=found[0], closes=found[1], basis=basis, zones=names)


def _where(
    phone: E164, brand_zone: str, zones: Sequence[str], profile_zone: str | None
) -> tuple[ZoneBasis, tuple[str, ...]]:
    if profile_zone is not None and _zone(profile_zone) is not None:
        return ZoneBasis.PROFILE, (profile_zone,)
    known = bool(zones) and all(_zone(name) is not None for name in zones)
    north_american = phone.startswith("+1")
    if known and not (north_american and len(zones) > _MOST_ZONES):
        return ZoneBasis.PREFIX, tuple(zones)
    return ZoneBasis.FALLBACK, _FORTY_EIGHT_STATES if north_american else (brand_zone,)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: "America" alone
        return None


def _first_window(now: datetime, names: Sequence[str]) -> tuple[datetime, datetime] | None:
    """Return when the zones first have day at once, None when they never do."""
    days = [list(_windows(now, ZoneInfo(name))) for name in names]
    openings = sorted({max(opens, now) for windows in days for opens, _ in windows})
    for instant in openings:
        closing = [
            next((closes for opens, closes in windows if opens <= instant < closes), None)
            for windows in days
        ]
        closes = [end for end in closing if end is not None]
        if len(closes) == len(closing):
            return instant, min(closes)
    return None


def _windows(now: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Give the spans of the coming days in one zone, UTC, without those that are over."""
    today = now.astimezone(zone).date()
    for offset in range(_SEARCHED_DAYS):
        day = today + timedelta(days=offset)
        opens = _instant(day, _SUNDAY_FROM if day.weekday() == _SUNDAY else _FROM, zone)
        closes = _instant(day, _UNTIL, zone)
        if closes > now:
            yield opens, closes


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
