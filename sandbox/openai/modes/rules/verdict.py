"""Was a conversation resolved: the agent answered last and nothing is open."""

import re

from sandbox.openai.modes.rules.turn import reply_text
from sandbox.openai.neutral import Kind, Request

_LINE = re.compile(
    r"^\W*(?:\[[^\]]*\]\s*)?(customer|contact|user|inbound|agent|assistant|brand|outbound|us|human|operator)"
    r"\b[^:\n]{0,30}:\s*(.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_CUSTOMER = frozenset({"customer", "contact", "user", "inbound"})
_OPEN = re.compile(
    r"order number|zip|which (?:one|order)|team will|person will|passed (?:this|you)|can't answer|"
    r"couldn't find|can't find|get back to you|let me check",
    re.IGNORECASE,
)
_DONE = re.compile(r"\b(?:thanks?|thank you|thx|ty|perfect|great|got it|awesome|all set)\b", re.I)
_COURTESY = re.compile(r"(?:anything else|how can i help|can i help).{0,40}\?", re.IGNORECASE)


def judge(request: Request) -> dict[str, object]:
    """Return ``resolved`` and a one-line ``reason``; a transcript may be messages or lines."""
    spoken = _spoken(request)
    if not spoken:
        return {"resolved": False, "reason": "nothing was said"}
    customer, text = spoken[-1]
    asked = any(who for who, _ in spoken)
    answered = [words for who, words in spoken if not who]
    if customer:
        good = bool(_DONE.search(text)) and "?" not in text and bool(answered)
        good = good and not _OPEN.search(answered[-1] if answered else "")
        reason = "the customer is satisfied" if good else "the customer's last text is unanswered"
        return {"resolved": good, "reason": reason}
    if _OPEN.search(text) or ("?" in text and not _COURTESY.search(text)):
        return {"resolved": False, "reason": "the agent waits for something or handed over"}
    if not asked:
        return {"resolved": False, "reason": "the customer asked nothing"}
    return {"resolved": True, "reason": "the agent answered and nothing is open"}


def _spoken(request: Request) -> list[tuple[bool, str]]:
    """Return (said by the customer, words) in order."""
    said = [e for e in request.entries if e.kind in (Kind.CUSTOMER, Kind.ASSISTANT)]
    if len(said) == 1:
        lines = _LINE.findall(said[0].text)
        if lines:
            return [(who.lower() in _CUSTOMER, text.strip()) for who, text in lines]
    return [(e.kind is Kind.CUSTOMER, reply_text(e.text)) for e in said]
