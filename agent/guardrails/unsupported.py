"""An answer about orders, goods or policies while nothing was ever looked up."""

import re
from collections.abc import Iterator

from agent.context import TurnContext
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.known import Known
from agent.guardrails.plain import Draft, fold
from agent.intent import Intent, rests_on_facts
from domain.ranking import words

_ADMITS = re.compile(
    r"\b(?:dont|do not|doesnt|didnt|cant|cannot|couldnt|could not|unable|no|not sure|not able"
    r"|nothing|unfortunately|sorry|no (?:tengo|puedo|encuentro|se)|je nai pas|je ne|nai pas"
    r"|ne trouve"
    r"|leider|kann ich nicht|keine|nicht|nao (?:tenho|encontrei|posso|sei))\b"
)
_ASKS = re.compile(
    r"\b(?:please|tell me|text me|send me|let me know|which|what|could you|can you)\b"
)


def check_unsupported(
    draft: Draft, known: Known, context: TurnContext, intent: Intent | None
) -> Iterator[Finding]:
    """Yield a statement of fact that no lookup and no text of the brand can have given.

    Questions and admissions of not knowing need no support.
    """
    if intent is None or not rests_on_facts(intent) or known.facts or context.brand_texts:
        return
    for sentence in draft.sentences:
        folded = fold(sentence)
        states = len(words(folded)) >= 2 and not folded.rstrip().endswith("?")
        if states and not _ADMITS.search(folded) and not _ASKS.search(folded):
            yield finding(Rule.UNSUPPORTED, sentence)
            return
