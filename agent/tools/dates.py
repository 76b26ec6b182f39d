"""Dates as a customer reads them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

# Spelt out here because strftime follows the process's locale.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NEAR_DAYS = 180


def local_date(instant: datetime, time_zone: str) -> date:
    """Return the calendar day of an instant where the brand is.

    Args:
        instant: Aware.
        time_zone: IANA name.
    """
    return instant.astimezone(ZoneInfo(time_zone)).date()


def date_words(instant: datetime, now: datetime, time_zone: str) -> str:
    """Return "Nov 24", with the year when it is half a year or more away.

    Args:
        instant: What is spoken of, aware.
        now: The instant it is said at, aware.
        time_zone: IANA name of the brand's.
    """
    day, today = local_date(instant, time_zone), local_date(now, time_zone)
    words = f"{MONTHS[day.month - 1]} {day.day}"
    return words if abs((day - today).days) < _NEAR_DAYS else f"{words}, {day.year}"
