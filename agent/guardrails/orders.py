"""Order numbers and order states in a draft: only what a lookup showed, of the order it showed."""

import re
from collections.abc import Iterator

from agent.guardrails.contacts import without_links
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.known import Known
from agent.guardrails.plain import Draft, fold
from agent.guardrails.subject import subjects
from domain.facts import FactKind
from domain.orders import OrderState as S

_NUMBER = re.compile(
    r"#\s?(?P<hash>[a-z0-9]*-?[a-z0-9]*\d[a-z0-9-]*)"
    r"|\b(?:order|pedido|commande|bestellung)\s(?:number |no\.? |nr\.? |n )?(?P<word>\d{3,})\b"
)
_COMING = frozenset({S.SHIPPED, S.IN_TRANSIT, S.OUT_FOR_DELIVERY, S.DELAYED, S.ATTEMPTED})
_ARRIVED = frozenset({S.DELIVERED, S.PICKED_UP})

# What a customer would understand, in five languages, and the states in which it is true.
_CLAIMS: tuple[tuple[re.Pattern[str], frozenset[S]], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b"), states)
    for words, states in (
        (
            r"partly shipped|partially shipped|part of (?:it|your order) (?:has )?shipped",
            frozenset({S.PARTLY_SHIPPED}),
        ),
        (
            r"could(?: not|nt) be delivered|undeliverable|returned to sender|lost in transit|lost",
            frozenset({S.NOT_DELIVERED}),
        ),
        (
            r"(?:out|on (?:the )?truck|on (?:the )?van) for delivery|en reparto"
            r"|en cours de livraison|in zustellung|saiu para entrega",
            frozenset({S.OUT_FOR_DELIVERY}),
        ),
        (
            r"delivery was attempted|attempted delivery|tried to deliver|missed delivery",
            frozenset({S.ATTEMPTED}),
        ),
        (
            r"delivered|has arrived|have arrived|arrived|dropped off|left at your|at your door"
            r"|entregad[oa]s?|livree?s?|zugestellt|geliefert|entregues?",
            _ARRIVED,
        ),
        (r"ready (?:for (?:pick ?-?up|collection)|to (?:collect|be picked up))",
         frozenset({S.READY_FOR_PICKUP})),
        (r"picked up|collected", frozenset({S.PICKED_UP})),
        (
            r"on (?:its|it is|the|their|your) way|in transit|en camino|en route|unterwegs"
            r"|a caminho|almost there|nearly there",
            _COMING - {S.ATTEMPTED},
        ),
        (
            r"shipped|dispatched|sent out|left (?:our|the) warehouse|with the carrier|enviad[oa]s?"
            r"|expediee?s?|versandt|verschickt",
            _COMING | _ARRIVED | {S.NOT_DELIVERED},
        ),
        (r"cancell?ed|cancelad[oa]s?|annulee?s?|storniert", frozenset({S.CANCELLED})),
        (
            r"delayed|running late|held up|stuck|retrasad[oa]s?|retardee?s?|verspatet"
            r"|atrasad[oa]s?",
            frozenset({S.DELAYED}),
        ),
        (r"on hold", frozenset({S.ON_HOLD})),
        (
            r"being (?:prepared|packed|processed)|packed|in preparation|en preparacion"
            r"|being made ready",
            frozenset({S.PREPARING, S.LABEL_CREATED, S.SCHEDULED}),
        ),
    )
)  # fmt: skip
_ENGLISH_STATE = re.compile(
    r"\b(?:is|are|was|were|been|has|have|had|its|got|shows?|says?|marked|status|now|already)\b"
)
_SUBJECT = re.compile(
    r"\b(?:your|you|it|its|they|both|all|this|that|everything|the (?:order|package|parcel|shipment"
    r"|delivery|rest|items?)|order|parcel|package|tu|su|pedido|votre|commande|ihre?|bestellung|seu"
    r"|encomenda|colis|paket)\b|#"
)
_UNREAL = re.compile(
    r"\b(?:if|once|when|whenever|after|until|till|before|unless|as soon as|in case|can|could|may"
    r"|might|must|should|would|will|itll|theyll|youll|to be|whether|si"
    r"|cuando|hasta|una vez|quand|une fois|wenn|sobald|falls|quando|apos|sera|wird)\b"
)
_NEGATED = re.compile(
    r"\b(?:not|never|isnt|wasnt|arent|hasnt|havent|no|yet to be|nicht|nao|pas|aun no|todavia no)\b"
    r"[^,:]{0,20}$"
)
_CLAUSE = re.compile(r"[,:]\s|\s(?:and|but|y|et|und|e|mais|pero|aber)\s|\s-\s")
_QUESTION = re.compile(
    r"^(?:has|have|was|is|are|were|did|do|does|can|could|would|will|what|which|when|where|who|how"
    r"|why|should)\b.*\?$"
)


def check_orders(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield order numbers nobody named and states no lookup showed."""
    yield from _unknown_numbers(draft, known)
    for sentence, sources in subjects(draft, known):
        if _QUESTION.match(sentence):
            continue
        states = frozenset(known.values(FactKind.ORDER_STATE, sources))
        yield from _wrong_states(sentence, states)


def _unknown_numbers(draft: Draft, known: Known) -> Iterator[Finding]:
    orders = {fold(v).lstrip("#") for v in known.values(FactKind.ORDER)}
    spoken = fold(" ".join(known.spoken))
    for match in _NUMBER.finditer(without_links(draft.folded)):
        number = (match["hash"] or match["word"]).rstrip("-")
        said = re.search(rf"(?<!\w){re.escape(number)}(?!\w)", spoken)
        if number not in orders and not said:
            yield finding(Rule.ORDER, match.group())


def _wrong_states(sentence: str, states: frozenset[str]) -> Iterator[Finding]:
    rest = without_links(sentence)
    start = 0
    for clause in _clauses(rest):
        start = rest.index(clause, start)
        before = rest[:start]
        for pattern, true_in in _CLAIMS:
            match = pattern.search(clause)
            if match is None:
                continue
            # Each claim is read once: "out for delivery" holds no second claim.
            clause = clause.replace(match.group(), " ", 1)  # noqa: PLW2901
            if _is_wrong(clause[: match.start()], before, states, true_in):
                yield finding(Rule.ORDER_STATE, match.group())


def _clauses(sentence: str) -> list[str]:
    return [c for c in _CLAUSE.split(sentence) if c.strip()]


def _is_wrong(lead: str, before: str, states: frozenset[str], true_in: frozenset[S]) -> bool:
    """Say whether a claim is made and not supported.

    Args:
        lead: The clause up to the claim.
        before: The sentence up to the clause.
        states: What the lookups showed.
        true_in: The states in which the claim is true.
    """
    if _UNREAL.search(lead) or (not lead.strip() and _UNREAL.search(before)):
        return False
    stated = not lead.strip() or _SUBJECT.search(lead) or _ENGLISH_STATE.match(lead.lstrip())
    if _NEGATED.search(lead):
        return bool(stated) and not states - true_in
    return bool(stated) and not states & true_in
