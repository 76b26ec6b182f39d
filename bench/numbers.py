"""Telephone numbers that are reserved for fiction, as many as a benchmark needs."""

from collections.abc import Iterator

BRAND_NUMBER = "+13125550199"
_AREAS = (
    "312 206 212 213 214 215 216 303 305 312 313 314 404 408 412 414 415 503 505 512 "
    "515 602 612 614 615 617 619 646 702 713 718 801 802 804 808 901 904 913 916 919"
).split()


def customers() -> Iterator[str]:
    """Yield distinct 555-01xx numbers, the demo customers with orders first; 3,899 in all."""
    seen = {BRAND_NUMBER}
    for area in _AREAS:
        for last in range(100):
            number = f"+1{area}55501{last:02}"
            if number not in seen:
                seen.add(number)
                yield number
