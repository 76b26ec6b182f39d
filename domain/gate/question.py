"""What counts as a question: the agent's that is still open, and the customer's own."""

import re

from domain.gate.context import QUESTION_OPEN_FOR, GateContext, OutboundText
from domain.gate.normalise import words_of
from domain.message import MessageOrigin

_FOOTER = re.compile(
    r"(?:reply|text|txt|send)\s+[\"“']?(?:stop|help|end|cancel|unsubscribe)\b.*"
    r"|https?://\S+|msg\s*&\s*data.*",
    re.IGNORECASE | re.DOTALL,
)
_INVITES = re.compile(
    r"\b(?:reply|text|answer) (?:yes|y|no|ok|1|2)\b|\blet (?:me|us) know\b"
    r"|\bplease (?:confirm|send|share|tell|reply)\b"
    r"|\b(?:tell|send) (?:me|us) (?:your|the|which|what)\b|\bwhat(?:'s| is) your\b",
    re.IGNORECASE,
)
_DESCRIBES_QUESTION = re.compile(
    r"\b(?:ask\w*|question|offer\w* (?:to|the customer|a)|want\w* to know|wonder\w*"
    r"|confirm\w*|which|whether"
    r"|request\w*|prompt\w*|choose|pick)\b",
    re.IGNORECASE,
)
_ABOUT_GOODS = re.compile(
    r"\b(?:orders?|subscription|cancel|return|refund|exchange|shipment|package"
    r"|appointment|item|box|delivery|booking"
    r"|pedido|commande|bestellung|reservation|plan)\b",
    re.IGNORECASE,
)
_PERSONAL = frozenset({MessageOrigin.AGENT, MessageOrigin.HUMAN})
_CUSTOMER_ASKS = re.compile(
    r"\b(?:where(?:s| is| are)?|wheres|when(?:s| is| will| does| do)?|how (?:much|long"
    r"|many|do|can|big|far)|what(?:s| is| are"
    r"| about| time| size)?|which|who|is (?:my|the|there|it|this)|are (?:my|the|there|you"
    r"|these)|did (?:my|you|the|i)"
    r"|does|do you|can (?:i|you|my)|could (?:i|you)|has my|have you|will (?:my|you|the"
    r"|it)|why (?:is|was|did|hasnt)"
    r"|donde|cuando|cuanto|ou est|quand|combien|wo ist|wann|wieviel|onde|quando|quanto|cade)\b"
)
_ABOUT_TEXTS = re.compile(
    r"\b(?:text\w*|txt\w*|messag\w*|msg\w*|stop\w*|unsub\w*|contact\w*|number|list"
    r"|spam\w*|opt\w*|remove\w*|why (?:are|do)"
    r"|who (?:is|are|dis|gave)|mensajes|sms|nachrichten|mensagens|understand|what part"
    r"|problem|wrong with you|annoying"
    r"|how many times|these|leave|bother\w*|blocking|block|ok|hear me|signed)\b"
)


def outbound_asks(outbound: OutboundText) -> bool:
    """Tell whether one of our texts put a question to the customer."""
    if outbound.asks is not None:
        return outbound.asks
    body = _FOOTER.sub("", outbound.body)
    if not outbound.verbatim:
        return "?" in body or bool(_DESCRIBES_QUESTION.search(body))
    if outbound.origin in _PERSONAL:
        return "?" in body or bool(_INVITES.search(body))
    return body.rstrip(" .!\n").endswith("?") or bool(_INVITES.search(body))


def open_question(context: GateContext) -> OutboundText | None:
    """Return our last text when it asked something the customer may be answering now."""
    last = context.last_outbound
    if last is None or not outbound_asks(last):
        return None
    if last.sent_at is not None and context.now - last.sent_at > QUESTION_OPEN_FOR:
        return None
    return last


def agent_asks(context: GateContext) -> bool:
    """Tell whether the agent's or a human's question is open."""
    asked = open_question(context)
    return asked is not None and asked.origin in _PERSONAL


def asked_about_goods(context: GateContext) -> bool:
    """Tell whether the open question is one that "cancel" answers."""
    asked = open_question(context)
    return asked is not None and asked.origin in _PERSONAL and bool(_ABOUT_GOODS.search(asked.body))


def asks_something(lowered: str, rule: str) -> bool:
    """Tell whether a text that opts out asks for something else as well.

    Args:
        lowered: The text in `normalise.folded` form.
        rule: Rule of the opt-out; a question how to stop is not a second one.
    """
    for part in re.split(r"(?<=[.!?\n;,])|\b(?:and|but|also|y|pero|et|und|e|mas)\b", lowered):
        words = words_of(part)
        if len(words.split(" ")) < 3 or _ABOUT_TEXTS.search(words):
            continue
        if "?" in part or (
            _CUSTOMER_ASKS.match(words) and not rule.endswith((".how", "how_to_stop"))
        ):
            return True
    return False
