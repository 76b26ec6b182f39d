"""Where a phone number may be: the time zones that its prefix stands for."""

from phonenumbers import NumberParseException, parse, timezone

from domain.phone import E164

_UNKNOWN = "Etc/Unknown"


def zones_of(phone: E164) -> tuple[str, ...]:
    """Return the IANA names of all zones a number may belong to.

    Args:
        phone: E.164.

    Returns:
        One for most numbers, dozens for toll-free ones, none when nothing is known.
    """
    try:
        found: tuple[str, ...] = timezone.time_zones_for_number(parse(phone))
    except NumberParseException:
        return ()
    return () if _UNKNOWN in found else tuple(found)
