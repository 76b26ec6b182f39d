"""Global ids: ``gid://shopify/Order/1``, made, read and refused as Shopify does."""

import re

_GID = re.compile(r"gid://shopify/([A-Za-z]+)/([^/?\s]+)(\?.*)?")


def gid(kind: str, number: int | str) -> str:
    """Return the global id of one thing."""
    return f"gid://shopify/{kind}/{number}"


def gid_kind(value: object) -> str | None:
    """Return the type a global id names, or None when it is not a global id."""
    match = _GID.fullmatch(value) if isinstance(value, str) else None
    return match[1] if match else None
