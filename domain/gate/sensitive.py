"""Texts a human must see: law, danger to life, children, abuse, wish for a person."""

import re

from domain.gate.context import GateContext
from domain.gate.danger_words import (
    ADULT,
    CHILD,
    EMERGENCY,
    LEGAL,
    NOT_EMERGENCY,
    NOT_SELF_HARM,
    SELF_HARM,
    SIZE,
)
from domain.gate.decision import FixedText, Label
from domain.gate.normalise import bounded, folded, words_of
from domain.gate.question import open_question
from domain.values import Value


class Sensitive(Value):
    """What makes a text one for a human.

    Attributes:
        label: Which kind.
        rule: Id of the rule.
        fixed_text: The safe answer that goes out, if any.
        urgent: A human is alerted at once.
    """

    label: Label
    rule: str
    fixed_text: FixedText | None = None
    urgent: bool = True


_ABUSE = re.compile(
    r"^(?:(?:you|u|your|youre|ur|yall|all|are|a|an|such|fucking|bunch|of|the|this|is"
    r"|company|people|guys|just|bot|go|hey|stupid|damn|little|piece|pieces|bloody|well"
    r"|wow|and|i|hate|so|fat|dumb|worst|absolute|total|complete|oh|lol) )*"
    r"(?:fuck (?:you|u|yall|this|yourself|ya)|fuck|fu|f u|eat shit|sucks?|go to hell"
    r"|suck my \w+|suck it|kiss my ass|screw you|bite me|bitch(?:es)?|asshole?s?|assholes"
    r"|cunts?|idiots?|morons?|stupid|dumbass(?:es)?|dumb|scumbags?|scum|trash|garbage"
    r"|pathetic|losers?|bastards?|wankers?|twats?|dickheads?|dicks?|pricks?|shitheads?"
    r"|shit|bullshit|clowns?|jerks?|retards?|crooks?|thieves|pendejos?|hijos? de puta"
    r"|puta madre|chinga tu madre|vete a la mierda|connards?|va te faire foutre|salauds?"
    r"|arschloch|leck mich|wichser|fick dich|vai se foder|filho da puta|idiota|merda"
    r"|mierda|merde|scheisse)"
    r"(?: (?:you|people|all|guys|lol|bitch|company|ever|and|yourself|asshole|too|off|this"
    r"|u|idiots|bot))*$"
)
_HUMAN = re.compile(
    r"^(?:(?:please|can|could|i|id|like|want|need|to|just|let|me|may|would|hi|hello|hey"
    r"|ok|no|yes|you|get|us|is|there|a|an|the|how|do|will|someone|have|connect|transfer"
    r"|put|pass|through|with|speak|speaking|talk|talking|chat|for|real|live|actual|this"
    r"|not|bot|lets|now|be|able|ai|gimme|give|wanna|possible|it|rather|prefer|right|here"
    r"|transferred|connected|quiero|hablar|con|necesito|puedo|je|veux|voudrais|parler|ich"
    r"|mochte|mit|bitte|quero|falar|com|preciso|im|asking|asap|customer|service|support"
    r"|your|some|help|from) )*"
    r"(?:human|humans|human being|(?:real|live|actual) (?:person|human|agent|people"
    r"|someone|representative|rep)|person|agent|representative|rep|operator|supervisor"
    r"|manager|someone real|customer (?:service|support|care)(?: (?:rep|representative"
    r"|agent|person|team))?|live (?:agent|chat|support|rep)|support (?:agent|rep|person"
    r"|team)|una persona|un humano|un agente|persona real|un asesor|agente|humano"
    r"|un humain|une personne|un conseiller|vraie personne|conseiller|einen? menschen"
    r"|mensch|mitarbeiter|echten menschen|um humano|uma pessoa|atendente|pessoa real)"
    r"(?: (?:please|now|thanks|thank|you|asap|not|a|bot|instead|here|to|help|me|on|the"
    r"|phone|about|this|por|favor|svp|bitte|sprechen|reden|plz|real|robot|ai|machine"
    r"|right|that|can|who|my|with|order|immediately|today))*$"
)
_NOT_HUMAN = re.compile(
    r"^(?:is|are) (?:this|you|there|it)\b|\bam i\b|\bare you\b|^(?:person|people"
    r"|manager)$|\bto the (?:person|agent)\b|^(?:i )?(?:have|help)\b.*\bperson\b"
    r"|\bagent is\b"
)


def is_legal_threat(text: str) -> bool:
    """Tell whether a text names a lawyer, a court, or a regulator against us."""
    return bool(LEGAL.search(words_of(folded(bounded(text)))))


def find_danger(text: str, context: GateContext) -> Sensitive | None:
    """Return what makes a text one of danger to life, or a child's, None when nothing does.

    Args:
        text: The raw body.
        context: What was asked; "I'm 12" after a question about size is a size.

    Source: sms.md 4.9, 6.4; design section 8.
    """
    words = words_of(folded(bounded(text)))
    if SELF_HARM.search(words) and not NOT_SELF_HARM.search(words):
        return Sensitive(
            label=Label.SELF_HARM, rule="danger.self_harm", fixed_text=FixedText.SELF_HARM
        )
    if EMERGENCY.search(words) and not NOT_EMERGENCY.search(words):
        return Sensitive(
            label=Label.EMERGENCY, rule="danger.emergency", fixed_text=FixedText.EMERGENCY
        )
    if CHILD.search(words) and not ADULT.search(words):
        asked = open_question(context)
        if asked is None or not SIZE.search(asked.body):
            return Sensitive(label=Label.UNDER_13, rule="danger.under_13", urgent=True)
    return None


def is_abuse(text: str) -> bool:
    """Tell whether a whole message is an insult and asks for nothing."""
    return bool(_ABUSE.match(words_of(folded(text[:400]))))


def asks_for_human(text: str) -> bool:
    """Tell whether a whole message asks for a person instead of the agent."""
    words = words_of(folded(text[:300]))
    return bool(_HUMAN.match(words)) and not _NOT_HUMAN.search(words)
