"""What a customer's texts ask for: one need per question, by pattern."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from sandbox.openai.modes.rules import patterns as p
from sandbox.openai.modes.rules.turn import Turn
from sandbox.openai.modes.rules.vocabulary import content_words


class Intent(StrEnum):
    """The labels of the product's answer schema."""

    ORDER_STATUS = "order_status"
    ORDER_CHANGE = "order_change"
    RETURN_OR_REFUND = "return_or_refund"
    PRODUCT_QUESTION = "product_question"
    RECOMMENDATION = "recommendation"
    POLICY_QUESTION = "policy_question"
    SUBSCRIPTION = "subscription"
    GREETING = "greeting"
    THANKS = "thanks"
    COMPLAINT = "complaint"
    HUMAN_REQUEST = "human_request"
    OTHER = "other"


class Need(BaseModel):
    """One thing to answer. ``escalate`` is a reason when only a person can."""

    model_config = ConfigDict(frozen=True)

    intent: Intent
    text: str
    escalate: str | None = None
    about_ai: bool = False


_SMALL = (Intent.GREETING, Intent.THANKS)
_SHOPPING = (Intent.PRODUCT_QUESTION, Intent.RECOMMENDATION)
_QUIET = (*_SMALL, Intent.OTHER)


def read_needs(turn: Turn) -> tuple[Need, ...]:
    """Return the needs of a turn, in the order asked; at least one.

    A need that ends in a person takes the whole turn. Greetings and asides beside a real
    question are dropped.
    """
    joined = " ".join(turn.texts)
    followed = _follow_up(joined, turn)
    if followed is not None:
        return (followed,)
    pieces = (piece.strip() for text in turn.texts for piece in p.CLAUSE.split(text))
    clauses = [p.ASIDE.sub("", piece) for piece in pieces if piece]
    needs = [_need(clause) for clause in clauses]
    for need in needs:
        if need.escalate is not None:
            return (need.model_copy(update={"text": joined}),)
    real = [n for n in needs if n.intent not in _QUIET or n.about_ai]
    if real:
        open_questions = [n for n in needs if n in real or _is_question(n)]
        return tuple(_merged(open_questions, joined))
    asked = [n for n in needs if n.intent is Intent.OTHER]
    if asked:
        if p.SATISFIED.search(joined) and "?" not in joined:
            return (Need(intent=Intent.THANKS, text=joined),)
        whole = _need(joined)
        return (whole if whole.intent not in _SMALL else asked[0],)
    return tuple(needs[:1]) or (Need(intent=Intent.OTHER, text=joined),)


def order_number(text: str) -> str | None:
    """Return the order number in a text, with its hash sign."""
    found = p.ORDER_NUMBER.search(text)
    return f"#{found[1] or found[2] or found[3]}" if found else None


def proof(texts: tuple[str, ...], number: str | None) -> str | None:
    """Return the e-mail address or ZIP the customer gave, the order number left aside."""
    joined = " ".join(texts)
    mail = p.EMAIL.search(joined)
    if mail:
        return mail[0]
    digits = number.lstrip("#") if number else ""
    zips = [z for z in p.ZIP.findall(joined) if z != digits]
    return zips[-1] if zips else None


def _is_question(need: Need) -> bool:
    return need.intent is Intent.OTHER and "?" in need.text and len(content_words(need.text)) > 1


def _merged(needs: list[Need], joined: str) -> list[Need]:
    """Keep one need per intent that is looked up once per turn, with all that was said of it."""
    kept: list[Need] = []
    for need in needs:
        twin = next((k for k in kept if k.intent is need.intent), None)
        if twin is not None and (
            need.intent is Intent.ORDER_STATUS or not content_words(need.text)
        ):
            continue
        shopping = need.intent in _SHOPPING
        if shopping and any(k.intent in _SHOPPING for k in kept):
            continue
        vague = shopping and not content_words(need.text)
        kept.append(need.model_copy(update={"text": joined}) if vague else need)
    return kept


def _follow_up(joined: str, turn: Turn) -> Need | None:
    """Read an answer to what the agent asked: an order number, a ZIP, a yes."""
    if p.ASKED_FOR_PROOF.search(turn.last_reply) and (
        order_number(joined) or proof(turn.texts, None)
    ):
        return Need(intent=Intent.ORDER_STATUS, text=joined)
    if p.OFFERED_PERSON.search(turn.last_reply) and p.YES.match(joined):
        return Need(intent=Intent.HUMAN_REQUEST, text=joined, escalate="customer_asked")
    return None


def _need(clause: str) -> Need:
    text = clause.lower().replace("’", "'")
    for reason, pattern in p.ESCALATIONS:
        if pattern.search(text):
            return Need(intent=_escalated(reason), text=clause, escalate=reason)
    if p.BOT.search(text):
        return Need(intent=Intent.OTHER, text=clause, about_ai=True)
    for label, pattern in p.INTENTS:
        if pattern.search(text):
            return Need(intent=Intent(label), text=clause)
    if order_number(clause):
        return Need(intent=Intent.ORDER_STATUS, text=clause)
    return Need(intent=Intent.OTHER, text=clause)


def _escalated(reason: str) -> Intent:
    named = {
        "customer_asked": Intent.HUMAN_REQUEST,
        "cannot_resolve": Intent.ORDER_CHANGE,
        "payment": Intent.RETURN_OR_REFUND,
    }
    return named.get(reason, Intent.COMPLAINT)
