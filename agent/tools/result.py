"""What a tool hands back: words for the model, facts for the guardrails."""

import json
import re

from pydantic import JsonValue

from domain.facts import Fact
from domain.values import Recorded

ONLY_FORM = "Default Title"
"""What Shopify calls the form of a product that has only one; no customer should read it."""

_BARE_LINK = re.compile(
    r"(?<![\w@./:-])((?:[a-z0-9-]+\.)+[a-z]{2,}/[\w./#?=&%+-]*[\w/])", re.IGNORECASE
)


class ToolResult(Recorded):
    """One tool's answer.

    Attributes:
        text: Compact JSON, shown to the model as data.
        facts: What a reply may say because of it.
    """

    text: str
    facts: tuple[Fact, ...] = ()


def compact(value: JsonValue) -> str:
    """Return JSON without needless blanks, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def one_line(text: str, limit: int) -> str:
    """Return foreign text as one printable line of at most `limit` characters.

    Args:
        text: A title or a name out of a vendor's answer.
        limit: Characters to keep; whole words where possible.
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0] or line[:limit]


def whole_links(text: str) -> str:
    """Return the brand's own text with links it wrote without a scheme made whole.

    A reply may hold only https links, so the model has to see them that way.
    """
    return _BARE_LINK.sub(r"https://\1", text)
