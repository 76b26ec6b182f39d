"""Texts that survive the wire: customers' phones and models write code points JSON refuses."""

import json
import re
from typing import Any

from pydantic import JsonValue


def clean_text(text: str) -> str:
    """Return text without NUL and without lone surrogates.

    Args:
        text: Any Python string; halves of a surrogate pair that belong together are joined.

    Returns:
        Valid Unicode; a lone surrogate becomes U+FFFD, NUL disappears (no API and no database
        takes it).
    """
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\x00", "")


def clean_json(value: JsonValue) -> JsonValue:
    """Return a JSON value with every string cleaned, keys included."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_json(v) for v in value]
    if isinstance(value, dict):
        return {clean_text(k): clean_json(v) for k, v in value.items()}
    return value


def clean_name(name: str) -> str:
    """Return a tool's name as the API takes it back; a model may have invented any.

    Source: ``^[a-zA-Z0-9_-]{1,64}$`` in the OpenAI API reference.
    """
    return re.sub(r"[^a-zA-Z0-9_-]", "_", name)[:64] or "unnamed"


def clean_arguments(arguments: str) -> str:
    """Return a tool call's arguments, or "{}" when they are no JSON object.

    Some servers parse a past call's arguments and fail on what the model itself once wrote; the
    tool's answer already tells the model what was wrong.
    """
    try:
        return arguments if isinstance(json.loads(arguments), dict) else "{}"
    except (ValueError, RecursionError):
        return "{}"


def clean_body(body: dict[str, Any]) -> dict[str, Any]:
    """Return a body of JSON values with every string cleaned and its keys in one order."""
    names = sorted(body, key=lambda name: (name != "model", name != "messages", name))
    return {name: clean_json(body[name]) for name in names}
