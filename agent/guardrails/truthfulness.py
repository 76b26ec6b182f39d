"""A draft never lets a customer believe that a person writes."""

import re
from collections.abc import Iterator

from agent.context import TurnContext
from agent.fitting import disclosure, says_ai
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.plain import Draft
from domain.gate.topics import asks_if_bot

_HUMAN = (
    r"(?:(?:real|actual|live|genuine|true|human|flesh and blood|normal) )*"
    r"(?:human(?: being)?|person|man|woman|guy|girl|lady|employee|people|someone real|customer"
    r" service (?:rep(?:resentative)?|agent)|member of (?:the|our) (?:team|staff))"
)
_MACHINE = r"(?:an? )?(?:\w+ )?(?:ai|bot|robot|chatbot|machine|computer|program|automated|software)"
_CLAIMS = tuple(
    re.compile(words)
    for words in (
        rf"\b(?:im|i am|this is|its|it is"
        r"|(?:im|i am|youre|you are) (?:talking|speaking|texting|chatting) (?:to|with)"
        r"|yes[,.!]?(?: im)?)"
        rf" (?:definitely |really |indeed |in fact |100% |totally )?(?:a |an |one )?{_HUMAN}\b",
        rf"\b(?:im|i am|this is|its|it is) (?:definitely |really )?(?:not|no) {_MACHINE}\b",
        r"\b(?:no|not an?) (?:bot|robot|ai|chatbot|machine)s? here\b|\bisnt (?:an? )?(?:ai|bot)\b",
        r"\b(?:as|being) a (?:real |fellow )?(?:human|person)\b",
        r"\bmy name is (?!.*\b(?:ai|assistant|bot)\b)\w+"
        r"|\b(?:this is|im|i am) [a-z]+ (?:from|with|at) (?:the |our )?(?:team|support|customer)",
        r"\breal person (?:here|typing|speaking|writing)\b|\bhuman here\b",
        r"\bsoy (?:un |una )?(?:human[oa]|persona)\b|\bno soy (?:un |una )?(?:bot|robot|ia)\b",
        r"\bje suis (?:un |une )?(?:humain|personne|vraie personne)|\bje ne suis pas (?:un |une )?"
        r"(?:bot|robot|ia|machine)",
        r"\bich bin (?:ein |eine )?(?:echter? )?(?:mensch|person)|\bich bin kein(?:e)? (?:bot|robot"
        r"|roboter|ki|maschine)",
        r"\b(?:eu )?sou (?:um |uma )?(?:human[oa]|pessoa)|\bnao sou (?:um |uma )?(?:bot|robo|ia)",
    )
)


def check_truthfulness(draft: Draft, context: TurnContext) -> Iterator[Finding]:
    """Yield claims to be human, and a missing "AI" where the customer asked what they talk to."""
    folded = draft.folded
    for pattern in _CLAIMS:
        match = pattern.search(folded)
        if match and not re.search(r"\b(?:not|never|nicht|pas|no) *$", folded[: match.start()]):
            yield finding(Rule.TRUTHFULNESS, match.group())
    asked = any(asks_if_bot(text) for text in context.batch)
    told = says_ai(draft.text) or says_ai(
        disclosure(context.brand, first_reply=context.first_reply)
    )
    if asked and not told:
        yield finding(Rule.TRUTHFULNESS, "asked whether it is a bot, does not say AI")
