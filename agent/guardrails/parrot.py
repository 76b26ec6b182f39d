"""A customer may ask anything, but not put words into the brand's mouth."""

import re
from collections.abc import Iterator

from agent.context import TurnContext
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.known import Known
from agent.guardrails.plain import Draft, fold, plain

_WORDS_IN_A_ROW = 4
# An order, not a mention ("what does your policy say about ...") and not a question to be answered.
_ORDER_TO_SAY = re.compile(
    r"(?:^|[.!?,:;]\s*|\b(?:please|and|just|to|must|should|then|now|you|always|only)\s)"
    r"(?:say|repeat(?: after me)?|reply(?: only)?(?: with)?|respond(?: only)?(?: with)?|answer with"
    r"|output|write|text back|tell (?:me|them|him|her|us)(?: that)?|confirm(?: that)?|di|dime"
    r"|repite|escribe|dis|repete|ecris|sag|schreibe?|diga)\b"
    r"(?! (?:where|when|what|which|who|how|why|if|whether|about|more)\b)"
)
_WORD = re.compile(r"\w+")


def check_parrot(draft: Draft, known: Known, context: TurnContext) -> Iterator[Finding]:
    """Yield four words in a row that the customer told the agent to say and nothing else says."""
    said = _grams(draft.text)
    for text in context.batch:
        folded = fold(plain(text))
        order = _ORDER_TO_SAY.search(folded)
        if order is None:
            continue
        for gram in _grams(folded[order.end() :]):
            if gram in said and " ".join(gram) not in known.text:
                yield finding(Rule.PARROT, " ".join(gram))
                return


def _grams(text: str) -> dict[tuple[str, ...], None]:
    words = _WORD.findall(fold(text))
    starts = range(len(words) - _WORDS_IN_A_ROW + 1)
    return dict.fromkeys(tuple(words[i : i + _WORDS_IN_A_ROW]) for i in starts)
