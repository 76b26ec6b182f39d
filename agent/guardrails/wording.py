"""Words the brand bans, and words no brand wants."""

import re
from collections.abc import Iterator

from agent.context import TurnContext
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.plain import Draft, fold, plain

_PROFANE = re.compile(
    r"\b(?:f+u+c+k+\w*|f[*@#]+k\w*|sh[i1!]+t(?:ty|s|e)?|bullsh\w+|bitch\w*|b[i1]tch\w*|assholes?"
    r"|a[s$]{2}hole\w*|dumbass|jackass|bastards?|cunts?|dick(?:head)?s?|pricks?|piss(?:ed)?|crap"
    r"|damn(?:ed|it)?|goddamn|wtf|stfu|idiots?|morons?|stupid|retard(?:ed)?s?|whores?|sluts?|fag\w*"
    r"|n[i1]gg\w+|mierda|puta|joder|pendejo|merde|putain|connard|scheisse|arschloch|caralho|porra)\b"
)


def check_wording(draft: Draft, context: TurnContext) -> Iterator[Finding]:
    """Yield banned words as whole words in any case, and profanity or insults."""
    for word in context.brand.voice.banned_words:
        banned = fold(plain(word)).strip()
        if banned and re.search(rf"(?<!\w){re.escape(banned)}(?!\w)", draft.folded):
            yield finding(Rule.BANNED_WORD, word)
    profane = _PROFANE.search(draft.folded)
    if profane:
        yield finding(Rule.PROFANITY, profane.group())
