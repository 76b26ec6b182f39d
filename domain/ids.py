"""Ids: random ones that tell nothing, and derived ones that make the same thing once."""

from uuid import NAMESPACE_URL, uuid5


def derived_id(*parts: str | int) -> str:
    """Return the id that always belongs to these parts, so that the same thing is made once.

    Args:
        parts: What identifies the thing; 32 hexadecimal digits come out.
    """
    return uuid5(NAMESPACE_URL, ":".join(str(part) for part in parts)).hex
