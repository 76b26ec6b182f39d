"""One request to Gorgias after its shape was checked."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Answer = tuple[int, Json | None]


@dataclass(frozen=True)
class Call:
    """What an operation is given; ``id`` is 0 where the path names none."""

    path: str
    id: int
    query: dict[str, str]
    body: Json
