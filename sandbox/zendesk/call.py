"""One request to Zendesk after its shape was checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """What an operation is given; ``ticket_id`` is 0 where the path names none.

    ``user`` is who asks: the API user, or nobody known.
    """

    ticket_id: int
    query: dict[str, str]
    body: Json
    headers: Mapping[str, str]
    user: Json


@dataclass(frozen=True)
class Answer:
    """What an operation comes to."""

    status: int
    body: Json
    headers: dict[str, str] = field(default_factory=dict)
