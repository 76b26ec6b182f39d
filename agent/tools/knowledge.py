"""The brand's knowledge in the words of the model."""

import re

from pydantic import JsonValue

from agent.tools.result import ToolResult, compact, one_line, whole_links
from domain.facts import Fact, FactKind
from domain.knowledge import Passage

_CHARACTERS = 1500
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def present_passages(passages: tuple[Passage, ...]) -> ToolResult:
    """Return the answer of `search_knowledge`.

    Links that the brand wrote without a scheme get one: a reply may hold only https links.

    Args:
        passages: Best first.
    """
    told = [(p.article, _text(p.article.body)) for p in passages]
    listed: list[JsonValue] = [{"title": one_line(a.title, 120), "text": t} for a, t in told]
    facts: list[Fact] = []
    for article, text in told:
        source = f"kb:{article.id}"
        facts.append(Fact(kind=FactKind.PASSAGE, value=text, source=source))
        if article.url and article.url.startswith("https://"):
            facts.append(Fact(kind=FactKind.LINK, value=article.url, source=source))
    return ToolResult(text=compact({"passages": listed}), facts=tuple(facts))


def _text(body: str) -> str:
    """Return the body on one line, cut at a sentence's end when it is very long."""
    line = whole_links(one_line(body, 100_000))
    if len(line) <= _CHARACTERS:
        return line
    kept = ""
    for sentence in _SENTENCE_END.split(line):
        if len(kept) + len(sentence) >= _CHARACTERS:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or one_line(line, _CHARACTERS)
