"""One line of `sms-agent gate`: a text and what was sent before, in; the decision added, out."""

import re
from datetime import UTC, datetime

from domain.gate.context import GateContext, OutboundText
from domain.gate.decision import Decision, Disposition
from domain.gate.rules import decide
from domain.gate.settings import GateSettings
from domain.message import MessageOrigin
from domain.redaction import redact

_CAMPAIGN = re.compile(
    r"\b(?:campaign|promo\w*|marketing|newsletter|blast|flow|welcome (?:text|message"
    r"|series)|abandon\w*|back in stock|\d+ ?% off"
    r"|flash sale|sale (?:text|announcement|is|starts|ends|now)|shop now|reply stop"
    r"|text stop|opt ?out|coupon|discount code|new arrivals|drop alert"
    r"|limited time|launch)\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\b(?:shipping (?:update|notification|notice)|has shipped|order confirm\w*"
    r"|out for delivery|has been delivered|delivery (?:update|notification))\b",
    re.IGNORECASE,
)
_AGENT = re.compile(
    r"\b(?:agent|assistant|asked|asks|bot|we asked|support|rep|human|operator)\b|\?", re.IGNORECASE
)
_DESCRIBES = re.compile(
    r"^(?:(?:the|an?|our|last|previous|after|ai) )*(?:agent|assistant|bot|brand|campaign"
    r"|promo\w*|marketing|human|operator|we|support|welcome|shipping"
    r"|order|abandon\w*|flow|automation|outbound|sale|system)\b(?:(?! is"
    r"| has).)*\b(?:asked|asks|asking|sent|offered|offers|message|text|campaign|blast"
    r"|question"
    r"|announc\w*|confirm\w*|reminder|update|notification|promo\w*|about|said|told"
    r"|replied|answered)\b|^(?:none|nothing|no prior|no context|n/a)\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"^\s*(?:last outbound|outbound)?\s*\(?(?P<origin>agent|assistant|campaign|automation"
    r"|human|operator|notice|brand|flow|promo|marketing)\)?\s*(?:asked|said|sent|text"
    r"|message)?\s*[:>]\s*",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"^\s*(?:none|nothing|no prior .*|no context|no outbound|n/a|-)?\s*\.?$", re.IGNORECASE
)
_RESUBSCRIBE = re.compile(
    r"\bre-?subscri\w+|\bopt(?:ed)? (?:back )?in again|texts again\b", re.IGNORECASE
)
_TAGGED = {
    "agent": MessageOrigin.AGENT,
    "assistant": MessageOrigin.AGENT,
    "human": MessageOrigin.HUMAN,
    "operator": MessageOrigin.HUMAN,
    "automation": MessageOrigin.AUTOMATION,
    "flow": MessageOrigin.AUTOMATION,
    "campaign": MessageOrigin.CAMPAIGN,
    "promo": MessageOrigin.CAMPAIGN,
    "marketing": MessageOrigin.CAMPAIGN,
    "notice": MessageOrigin.NOTICE,
}


def context_from_words(words: str, now: datetime) -> GateContext:
    """Return the context that a `ctx` describes.

    Args:
        words: The last outbound text, verbatim, tagged (`campaign: …`) or described in plain words.
        now: The instant of the decision, UTC.
    """
    if _NOTHING.match(words):
        return GateContext(now=now)
    tag = _TAG.match(words)
    body = words[tag.end() :] if tag else words
    described = tag is None and bool(_DESCRIBES.search(words))
    origin = _TAGGED.get(tag["origin"].casefold()) if tag else None
    outbound = OutboundText(
        body=body or words, origin=origin or _guessed(words), verbatim=not described
    )
    return GateContext(
        now=now,
        recent_outbound=(outbound,),
        conversation_open=outbound.origin in {MessageOrigin.AGENT, MessageOrigin.HUMAN},
        asked_resubscribe=bool(_RESUBSCRIBE.search(words)) and "?" in words,
    )


def _guessed(words: str) -> MessageOrigin:
    if _CAMPAIGN.search(words):
        return MessageOrigin.CAMPAIGN
    if _NOTICE.search(words) and "?" not in words:
        return MessageOrigin.NOTICE
    if _AGENT.search(words):
        return MessageOrigin.AGENT
    return MessageOrigin.CAMPAIGN


def as_stored(obj: dict[str, object]) -> dict[str, object]:
    """Return a line whose text is redacted as the webhook redacts it before the gate sees it."""
    text = obj.get("text")
    return {**obj, "text": redact(text if isinstance(text, str) else "").text}


def decision_for(obj: dict[str, object], settings: GateSettings, now: datetime) -> Decision:
    """Return the decision on one line's text.

    Args:
        obj: `text`, `ctx` if known, and `segments` if the audience asks for them.
        settings: The brand's gate settings.
        now: The instant of the decision, UTC.
    """
    text, words = obj.get("text"), obj.get("ctx")
    context = context_from_words(words if isinstance(words, str) else "", now)
    segments = obj.get("segments")
    if isinstance(segments, list):
        names = frozenset(name for name in segments if isinstance(name, str))
        context = context.model_copy(update={"segments": names})
    return decide(text if isinstance(text, str) else "", context, settings)


def decide_line(obj: dict[str, object], settings: GateSettings | None = None) -> dict[str, object]:
    """Return a line with the decision of the rule layer added.

    Args:
        obj: `{"text": …, "ctx"?: …}`; further fields pass through.
        settings: The brand's gate settings; the defaults answer everyone.

    Returns:
        The input fields plus disposition, label, reason, layer, score, rule, and doubt if any.
    """
    return add_decision(obj, decision_for(obj, settings or GateSettings(), EPOCH))


def add_decision(obj: dict[str, object], decision: Decision) -> dict[str, object]:
    """Return a line with a decision's fields added."""
    line = dict(obj)
    line.update(
        disposition=Disposition(decision.disposition).value,
        label=decision.label.value,
        reason=decision.reason,
        layer=decision.layer.value,
        score=decision.score,
        rule=decision.rule,
    )
    if decision.doubt is not None:
        line["doubt"] = decision.doubt.value
    return line


EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock in the domain; a line carries no times, so that any instant does."""
