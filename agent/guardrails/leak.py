"""The private rules never reach a customer."""

import re
from collections.abc import Iterator

from agent.context import TurnContext
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.plain import Draft, fold
from agent.templates import read

GRAM = 8
"""Words in a row that count as quoted. Source: reliability.md 4.6."""

_WORD = re.compile(r"\w+")
_SPEAKS_OF_RULES = re.compile(
    r"\b(?:system prompt|my (?:instructions|prompt|rules|guidelines|programming)|i was (?:told"
    r"|instructed|programmed) to|tool results?|find_orders|get_order|search_products"
    r"|search_knowledge|agent_answer|needs_proof|not_verified|developer message)\b"
)


def check_leak(draft: Draft, context: TurnContext) -> Iterator[Finding]:
    """Yield eight words in a row of the private rules, and talk about them."""
    private = " \n ".join((read("rules"), read("situation"), *context.brand.voice.rules))
    hidden = _grams(private)
    said = _grams(draft.text)
    for gram in said:
        if gram in hidden:
            yield finding(Rule.PROMPT_LEAK, " ".join(gram))
            break
    spoken = _SPEAKS_OF_RULES.search(draft.folded)
    if spoken:
        yield finding(Rule.PROMPT_LEAK, spoken.group())


def _grams(text: str) -> dict[tuple[str, ...], None]:
    words = _WORD.findall(fold(text))
    return dict.fromkeys(tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1))
