"""When a text that the agent starts may leave: by day, wherever the recipient may be."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.number_zones import zones_of
from domain.quiet_hours import ZoneBasis, next_allowed

CHICAGO = ("America/Chicago",)
AVA = "+13125550100"
TOLL_FREE = "+18005550100"
BRAND_ZONE = "America/New_York"


def _at(text: str, zone: str = "America/Chicago") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "opens", "closes"),
    [
        pytest.param("2026-11-17T03:00", "2026-11-17T09:00", "2026-11-17T20:00", id="night"),
        pytest.param("2026-11-17T08:59:59", "2026-11-17T09:00", "2026-11-17T20:00", id="early"),
        pytest.param("2026-11-17T09:00", "2026-11-17T09:00", "2026-11-17T20:00", id="at nine"),
        pytest.param("2026-11-17T14:30", "2026-11-17T14:30", "2026-11-17T20:00", id="day"),
        pytest.param("2026-11-17T19:59:59", "2026-11-17T19:59:59", "2026-11-17T20:00", id="late"),
        pytest.param("2026-11-17T20:00", "2026-11-18T09:00", "2026-11-18T20:00", id="at eight"),
        pytest.param("2026-11-22T09:00", "2026-11-22T12:00", "2026-11-22T20:00", id="sunday"),
        pytest.param("2026-11-21T20:00", "2026-11-22T12:00", "2026-11-22T20:00", id="saturday"),
        pytest.param("2026-03-08T01:30", "2026-03-08T12:00", "2026-03-08T20:00", id="spring"),
        pytest.param("2026-03-09T08:30", "2026-03-09T09:00", "2026-03-09T20:00", id="summer"),
        pytest.param("2026-11-01T01:30", "2026-11-01T12:00", "2026-11-01T20:00", id="autumn"),
        pytest.param("2028-02-28T21:00", "2028-02-29T09:00", "2028-02-29T20:00", id="leap day"),
        pytest.param("2028-02-29T20:30", "2028-03-01T09:00", "2028-03-01T20:00", id="after it"),
        pytest.param("2026-12-31T23:00", "2027-01-01T09:00", "2027-01-01T20:00", id="new year"),
    ],
)
def test_next_allowed_in_one_zone_is_its_next_day_time(now: str, opens: str, closes: str) -> None:
    """9:00 to 20:00 there, on Sundays from 12:00; clocks that change move nothing of it."""
    found = next_allowed(_at(now), AVA, BRAND_ZONE, CHICAGO)

    assert (found.opens, found.closes) == (_at(opens), _at(closes))
    assert (found.basis, found.zones) == (ZoneBasis.PREFIX, CHICAGO)
    assert found.opens.tzinfo is UTC


def test_next_allowed_on_the_day_clocks_change_keeps_to_the_clock_on_the_wall() -> None:
    """Noon in Chicago is 18:00 UTC on the eve and 17:00 UTC on the day itself."""
    eve, day = _at("2026-03-07T21:00"), _at("2026-03-08T00:00")

    for now in (eve, day):
        assert next_allowed(now, AVA, BRAND_ZONE, CHICAGO).opens == datetime(
            2026, 3, 8, 17, tzinfo=UTC
        )


def test_next_allowed_with_two_zones_waits_until_both_have_day() -> None:
    """Nine in New York is too early in Chicago, eight in the evening in New York too late."""
    both = ("America/New_York", "America/Chicago")

    found = next_allowed(_at("2026-11-17T08:05"), "+18505550100", BRAND_ZONE, both)

    assert (found.opens, found.closes) == (_at("2026-11-17T09:00"), _at("2026-11-17T19:00"))


@pytest.mark.parametrize(
    ("zones", "why"),
    [
        pytest.param(zones_of(TOLL_FREE), "many", id="toll-free"),
        pytest.param((), "none", id="unknown"),
        pytest.param(("Etc/Nowhere",), "no zone", id="a zone this machine does not know"),
    ],
)
def test_next_allowed_where_the_prefix_says_nothing_suits_all_48_states(
    zones: tuple[str, ...], why: str
) -> None:
    """12:00 to 20:00 New York; on Sundays Los Angeles has noon at 15:00."""
    weekday = next_allowed(_at("2026-11-17T03:00"), TOLL_FREE, BRAND_ZONE, zones)
    sunday = next_allowed(_at("2026-11-22T03:00"), TOLL_FREE, BRAND_ZONE, zones)

    assert weekday.basis is sunday.basis is ZoneBasis.FALLBACK, why
    assert weekday.opens == _at("2026-11-17T12:00", "America/New_York")
    assert weekday.closes == _at("2026-11-17T20:00", "America/New_York")
    assert sunday.opens == _at("2026-11-22T15:00", "America/New_York")


def test_next_allowed_for_a_foreign_number_of_unknown_place_keeps_to_the_brands_day() -> None:
    """Day in New York is evening in London: the 48 states say nothing about a +44 number."""
    now = _at("2026-11-17T22:00", "Europe/London")

    found = next_allowed(now, "+447700900123", "Europe/London", ())

    assert found.opens == _at("2026-11-18T09:00", "Europe/London")
    assert (found.basis, found.zones) == (ZoneBasis.FALLBACK, ("Europe/London",))


def test_next_allowed_with_a_profile_believes_it_before_the_prefix() -> None:
    """A number from Chicago whose owner's address is in Honolulu has day when Honolulu has."""
    now = _at("2026-11-17T09:00")

    found = next_allowed(now, AVA, BRAND_ZONE, CHICAGO, "Pacific/Honolulu")
    unknown = next_allowed(now, AVA, BRAND_ZONE, CHICAGO, "Nowhere")

    assert found.opens == _at("2026-11-17T09:00", "Pacific/Honolulu")
    assert found.basis is ZoneBasis.PROFILE
    assert unknown.basis is ZoneBasis.PREFIX


def test_next_allowed_with_zones_that_never_share_a_day_takes_the_first() -> None:
    """Half the world apart no hour suits both; a text must not wait for ever."""
    apart = ("Asia/Dubai", "America/Los_Angeles")

    found = next_allowed(_at("2026-11-17T03:00"), "+7" + "9" * 10, BRAND_ZONE, apart)

    assert (found.basis, found.zones) == (ZoneBasis.FALLBACK, ("Asia/Dubai",))


@given(
    now=st.datetimes(
        min_value=datetime(2020, 1, 1),  # noqa: DTZ001
        max_value=datetime(2040, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    zones=st.lists(
        st.sampled_from(
            "America/New_York America/Chicago America/Denver America/Phoenix "
            "America/Los_Angeles America/Anchorage Pacific/Honolulu".split()
        ),
        min_size=1,
        max_size=6,
        unique=True,
    ),
)
def test_next_allowed_always_is_day_in_every_zone_and_no_earlier_than_now(
    now: datetime, zones: list[str]
) -> None:
    """Whenever it is asked, the first and the last moment of the span are by day everywhere."""
    found = next_allowed(now, AVA, BRAND_ZONE, zones)

    assert now <= found.opens < found.closes
    assert found.opens - now <= timedelta(hours=24)
    for zone in zones:
        for instant in (found.opens, found.closes - timedelta(microseconds=1)):
            there = instant.astimezone(ZoneInfo(zone))
            assert (12 if there.weekday() == 6 else 9) <= there.hour < 20, (zone, there)


@pytest.mark.parametrize(
    ("phone", "zones"),
    [(AVA, CHICAGO), ("+447700900123", ()), ("+1390", ()), ("no number", ())],
)
def test_zones_of_a_number_are_those_of_its_prefix(phone: str, zones: tuple[str, ...]) -> None:
    """One zone where the prefix has one, none where nobody knows."""
    assert zones_of(phone) == zones
