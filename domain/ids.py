"""Ids: random ones that tell nothing, and derived ones that make the same thing once."""

from uuid import NAMESPACE_URL, uuid5


def derived_id(*parts: str | int) -> str:
    """Return the id that always belongs to these parts, so that the same thing is made once.

    Args:
        parts: What identifies the thing, any text; 32 hexadecimal digits come out. Other parts,
            or the same letters cut elsewhere, give another id.
    """
    # Hexadecimal digits hold no colon, and take what has no UTF-8: half a surrogate pair.
    return uuid5(
        NAMESPACE_URL,
        "".join(f"{str(part).encode('utf-8', 'surrogatepass').hex()}:" for part in parts),
    ).hex


def inbound_id(provider: str, provider_message_id: str) -> str:
    """Return our id of a text that a provider knows by its own; it is one text however it comes."""
    return derived_id("inbound", provider, provider_message_id)
