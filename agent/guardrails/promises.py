"""Acts and promises in a draft: the agent only looks things up, so none of them is true."""

import re
from collections.abc import Iterator

from agent.guardrails.contacts import without_links
from agent.guardrails.finding import Finding, Rule, finding
from agent.guardrails.known import Known
from agent.guardrails.plain import Draft, fold

_DONE = (
    r"refunded|cancell?ed|changed|updated|replaced|credited|issued|processed|applied|added|removed"
    r"|waived|upgraded|reshipped|expedited|sent|emailed|e-mailed|mailed|placed|reserved|scheduled"
    r"|booked|extended|approved|unsubscribed|deleted|escalated|forwarded|passed|notified|contacted"
    r"|arranged|initiated|submitted|started|opened|filed|reported|rerouted|redirected|stopped"
    r"|paused|skipped|swapped|exchanged|adjusted|corrected|fixed|resolved|rescheduled|created"
    r"|requested|flagged|logged|put|set|made sure|let"
)
_DO = (
    r"refund|cancel|change|update|replace|credit|issue|process|apply|add|remove|waive|upgrade"
    r"|reship|expedite|send|email|e-mail|mail|place|reserve|schedule|book|extend|approve"
    r"|unsubscribe|delete|escalate|forward|pass|notify|contact|arrange|initiate|submit|start|open"
    r"|file|report|reroute|redirect|stop|pause|skip|swap|exchange|adjust|correct|fix|reschedule"
    r"|create|request|flag|hold|save|make sure|ensure|take care|handle|ask|talk|speak|compensate"
    r"|reimburse|give you|get you"
)
_DOING = (
    r"refunding|cancell?ing|changing|updating|replacing|crediting|issuing|processing|applying"
    r"|sending|forwarding|passing|escalating|notifying|contacting|arranging|initiating|putting"
    r"|placing|transferring|connecting|having"
)
_SOMEBODY = (
    r"(?:team|someone|somebody|person|people|agent|specialist|colleague|manager|human"
    r"|representative|rep|staff|expert|supervisor|warehouse|carrier)"
)
_ADVERB = r"(?: (?:just|now|already|gladly|successfully|gone ahead and|happily|also|personally))*"

_ACTS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        rf"(?:i|we|ive|weve|i have|we have|i had){_ADVERB} (?:{_DONE})",
        rf"(?:ill|i will|well|we will|i can|im going to|i am going to|were going to"
        rf"|we are going to|let me|i shall|ill be able to){_ADVERB} (?:{_DO})",
        rf"(?:im|i am|were|we are)(?: now| currently)? (?:{_DOING})",
        r"(?:refund|replacement|cancell?ation|exchange|credit|reimbursement|request|return|change)"
        r"s? (?:has been|have been|was|were|is|is being|are)(?: now| already| fully)?"
        r" (?:issued|processed|approved|confirmed|initiated|sent|submitted|complete|completed"
        r"|on (?:its|the) way|being processed|made|applied|done|successful|guaranteed|scheduled)",
        r"(?:has been|have been|youve been|you were|you have been|was just|is now)(?: fully| now"
        r"| just| successfully)? (?:refunded|credited|replaced|updated|changed|applied|waived"
        r"|upgraded|rescheduled|reserved|reimbursed|swapped|exchanged|rerouted|unsubscribed"
        r"|approved|extended|adjusted)",
        r"(?:you will|youll|youre going to|you are going to)(?: \w+)? (?:get|receive|be getting"
        r"|be given|be refunded|be credited|be compensated|have) (?:a |an |your |the )?"
        r"(?:full |partial |complete )?(?:refund|credit|replacement|reimbursement|compensation"
        r"|money|gift|voucher|coupon)",
        r"you will be (?:refunded|credited|compensated|reimbursed)",
        r"(?:consider it done|all done|its done|all taken care of|taken care of|youre all set"
        r"|all sorted|sorted out for you)",
        r"(?:i|we) (?:can |do )?(?:promise|guarantee|assure you)|guaranteed to|rest assured",
        rf"{_SOMEBODY}s? (?:will|ll|is going to|are going to|can|has been|have been)"
        r"(?: \w+)? (?:reach|contact|reply|respond|get back|follow|call|email|e-mail|text"
        r"|be in touch|look|help|assist|notified|informed|alerted|review|process|refund"
        r"|replace|fix|handle)",
        r"(?:ill|i will|well|we will|let me) (?:get back|look into|find out|check with|check on"
        r"|let you know|keep you posted|follow up|be in touch|reach out|remind|investigate|review)",
        # Nothing follows a final answer, so "one moment" leaves the customer waiting for ever.
        r"let me (?:look|check|see|find|pull)|(?:ill|i will) (?:look|check|see|find|pull)"
        r"|(?:ill|i will|well|we will) do (?:that|it|so|this)"
        r"|one moment|(?:just )?(?:a|one) (?:sec|second|moment|minute) (?:please|while)|hold on",
        r"(?:he|hemos|ya hemos|ya he) (?:cancelado|reembolsado|cambiado|actualizado|enviado"
        r"|procesado|aplicado)|(?:su|tu) reembolso (?:ha sido|fue|esta)|le reembolsar\w+"
        r"|te reembolsar\w+|cancelar[eé] (?:su|tu)",
        r"(?:jai|nous avons|on a) (?:annule|rembourse|modifie|change|envoye|applique|traite)"
        r"|votre remboursement (?:a ete|est)|je vais (?:annuler|rembourser|modifier)",
        r"(?:ich habe|wir haben)\b.{0,40}\b(?:storniert|erstattet|geandert|gesendet|gutgeschrieben)"
        r"|(?:ich|wir) (?:werde|werden)\b.{0,40}\b(?:stornieren|erstatten|andern)",
        r"(?:cancelei|reembolsei|alterei|enviei|apliquei)|(?:cancelamos|reembolsamos) (?:o |a )?seu"
        r"|seu reembolso (?:foi|esta)",
    )
)
_OFFERS = re.compile(
    r"(?<!feel )(?<![\w-])free\b(?! to\b)|\bhalf (?:off|price)\b|\bdiscount\w*|\bcoupons?\b"
    r"|\bpromo(?:tion)?\b|\bstore credit\b|\bgift cards?\b|\bvouchers?\b|\bbogo\b|\bbuy one\b"
    r"|\bprice match\w*|\bon the house\b|\bno charge\b|\bcompensation\b|\bon sale\b|\bclearance\b"
    r"|\bgratis\b|\bgratuit\w*|\bkostenlos\w*|\bdescuentos?\b|\brabatt\w*|\bdesconto\w*"
    r"|\bno (?:fee|cost|extra cost)s?\b|\blifetime\b|\bmoney.?back\b|\bno questions asked\b"
    r"|\blegally binding\b|\bno payment\b"
)
# "free on orders over $75" may be worded freely, "a free hat" is its own promise.
_FREE_THING = re.compile(
    r"(?<!feel )(?<![\w-])free (?!(?:to|on|for|over|with|within|in|and|of|or|shipping|returns?"
    r"|delivery|exchanges?|when|if|until|till|too|from|at|label|prepaid|standard|back|after|as|but|by)\b)\w+"
)
_CONDITION = re.compile(r"\b(?:if|once|when|after|as soon as|until|unless)\b")
_DENIED = re.compile(
    r"\b(?:not|no|dont|doesnt|cant|cannot|couldnt|isnt|arent|never|unable|without|wont)\b"
)
# What a passage may itself promise, in the brand's words: "we will refund you".
_YOURS = re.compile(r"\b(?:ill|well|youll|theyll)\b")
_FULL = {"ill": "i will", "well": "we will", "youll": "you will", "theyll": "they will"}


def check_promises(draft: Draft, known: Known) -> Iterator[Finding]:
    """Yield claims to have acted, promises to act, and offers the brand did not make."""
    for sentence in draft.sentences:
        folded = fold(without_links(sentence))
        yield from _acts(folded, known)
        if not folded.rstrip().endswith("?"):
            yield from _offers(folded, known)


def _acts(folded: str, known: Known) -> Iterator[Finding]:
    for pattern in _ACTS:
        match = pattern.search(folded)
        if match is None or _is_the_brands_word(match.group(), known):
            continue
        lead = folded[: match.start()]
        if _CONDITION.search(lead) or re.search(r"\b(?:cant|cannot|not|unable|dont|if)\s*$", lead):
            continue
        yield finding(Rule.PROMISE, match.group())


def _is_the_brands_word(words: str, known: Known) -> bool:
    full = _YOURS.sub(lambda m: _FULL[m.group()], words)
    return words in known.text or full in known.text


def _offers(folded: str, known: Known) -> Iterator[Finding]:
    supports = f"{known.text}\n{fold(' '.join(f.value for f in known.facts))}"
    for match in _OFFERS.finditer(folded):
        if _DENIED.search(folded[: match.start()]):
            continue
        if match.group().rstrip("s") not in supports:
            yield finding(Rule.OFFER, match.group())
    for match in _FREE_THING.finditer(folded):
        if not _DENIED.search(folded[: match.start()]) and match.group() not in supports:
            yield finding(Rule.OFFER, match.group())
