"""Is a text an opt-out, abuse, spam, noise or a question: for the gate's second opinion."""

import re

from sandbox.openai.modes.rules.turn import read_turn
from sandbox.openai.modes.rules.vocabulary import content_words
from sandbox.openai.neutral import Request

_SURE_OPT_OUT = re.compile(
    r"\bunsub\w*|\bopt(?:ing)?[ -]?(?:me )?out\b|(?:stop|quit|no more|don'?t|"
    r"do not|cease|end)\b.{0,25}"
    r"\b(?:text\w*|messag\w*|msgs?|sms|contact\w*|spam\w*|bother\w*|sending)|"
    r"(?:remove|delete|take|drop) (?:me|my (?:number|phone|info)|this number)\b|lose my number|"
    r"leave me alone|off (?:your|this|the) list|\bspamming\b|^\W*(?:stop|stop it|stopp|st0p)\W*$"
)
_MAYBE_OPT_OUT = re.compile(
    r"^\W*(?:no|nope|quit|end|cancel|not interested|no thanks?|go away|enough|"
    r"wrong number)\b.{0,20}$|"
    r"not interested|wrong (?:number|person)|who is this"
)
_ABOUT_ORDER = re.compile(r"\border|\bpackage|\bsubscription|\bdelivery|\breturn|\bappointment")
_NOISE = re.compile(
    r"^\W*$|driving|auto.?reply|automatic reply|out of (?:the )?office|away from my phone|"
    r"^(?:liked|loved|laughed at|emphasized|disliked|questioned) [\"“]|can'?t talk right now|"
    r"^\W*(?:lol|haha+|k|kk|ok|okay|cool|nice|thanks?|thank you|ty|thx)\W*$|"
    r"i'?ll (?:call|text) you",
)
_ABUSE = re.compile(
    r"\b(?:idiots?|morons?|assholes?|f+u+c+k+ ?(?:you|off)|screw you|go to hell|bitch\w*)\b"
)
_SPAM = re.compile(
    r"you(?:'ve| have) (?:won|been selected)|claim your (?:prize|reward)|crypto|"
    r"bit\.ly|free gift card|"
    r"forward this|act now|reply stop to|congratulations"
)
_NAMES = {
    "abuse": ("abuse", "noise", "ignore"),
    "spam": ("spam", "noise", "ignore"),
    "opt_out": ("opt_out", "optout", "unsubscribe", "stop"),
    "question": ("question", "answer", "request", "genuine", "customer", "other"),
    "noise": ("noise", "ignore", "auto", "irrelevant", "spam"),
}


def classify(request: Request) -> dict[str, object]:
    """Return ``label`` (out of the schema's own set), ``scope``, ``confidence`` and ``reason``."""
    turn = read_turn(request)
    text = (turn.texts or turn.before or ("",))[-1]
    kind, confidence, reason = _judge(text.lower().replace("’", "'"), turn.last_reply.lower())
    body = request.output.body if request.output else {}
    labels = [str(x) for x in body.get("properties", {}).get("label", {}).get("enum", [])]
    return {
        "label": _named(kind, labels),
        "scope": _scope(text.lower()) if kind == "opt_out" else "unknown",
        "confidence": confidence,
        "reason": reason,
    }


def _scope(text: str) -> str:
    if re.search(r"\be-?mails?\b", text):
        return "email"
    promotions = re.search(r"\b(?:promo\w*|offers?|marketing|deals|ads|sales? texts?)\b", text)
    return "marketing" if promotions else "all"


def _judge(text: str, last_reply: str) -> tuple[str, float, str]:
    asks = "?" in text and len(content_words(text)) > 1
    if _SURE_OPT_OUT.search(text):
        return "opt_out", 0.97, "asks for the texts to end"
    if _MAYBE_OPT_OUT.search(text):
        if _ABOUT_ORDER.search(text) or _ABOUT_ORDER.search(last_reply):
            return "question", 0.7, "speaks of an order, not of the texts"
        return "opt_out", 0.65, "declines, and nothing else was being discussed"
    if _SPAM.search(text):
        return "spam", 0.9, "advertises"
    if _ABUSE.search(text) and not asks:
        return "abuse", 0.85, "insults and asks nothing"
    if _NOISE.search(text) and not asks:
        return "noise", 0.9, "carries no request"
    if asks or len(content_words(text)) > 0:
        return "question", 0.9 if asks else 0.75, "asks or tells something"
    return "noise", 0.6, "says nothing to answer"


def _named(kind: str, labels: list[str]) -> str:
    for hint in _NAMES[kind]:
        for label in labels:
            if hint in label.lower():
                return label
    return kind
