"""Which tools a turn still needs: calls already made with the same arguments are never repeated."""

from sandbox.openai.modes.filling import call
from sandbox.openai.modes.rules import patterns as p
from sandbox.openai.modes.rules.intents import Intent, Need, order_number, proof
from sandbox.openai.modes.rules.passages import word_passages
from sandbox.openai.modes.rules.turn import Turn
from sandbox.openai.modes.rules.vocabulary import content_words
from sandbox.openai.neutral import Call, Request

_SHOPPING = (Intent.PRODUCT_QUESTION, Intent.RECOMMENDATION)
_READING = (
    Intent.POLICY_QUESTION,
    Intent.RETURN_OR_REFUND,
    Intent.SUBSCRIPTION,
    Intent.OTHER,
    Intent.COMPLAINT,
)
_SUMMARY_CHARACTERS = 200
_NOT_IN_TITLES = frozenset(
    "xs s m l xl xxl small medium large size sizes come comes color colors colour colours gift dad "
    "mom wife husband friend kid son daughter girlfriend boyfriend birthday christmas".split()
)


def next_calls(needs: tuple[Need, ...], turn: Turn, request: Request) -> tuple[Call, ...]:
    """Return the calls to make now; none when everything needed has been looked up."""
    wanted: list[Call] = []
    for need in needs:
        wanted.extend(_for_need(need, turn, request))
    unique = {(c.name, c.arguments): c for c in wanted if request.offers(c.name)}
    return tuple(unique.values())


def _for_need(need: Need, turn: Turn, request: Request) -> tuple[Call, ...]:
    if turn.result("escalate") is not None:
        return ()
    if need.escalate is not None:
        return (_escalate(request, need, need.escalate),)
    if need.about_ai:
        return ()
    if need.intent is Intent.ORDER_STATUS:
        return _order(need, turn, request)
    if need.intent in _SHOPPING:
        return _unless_broken(need, turn, request, search_call(need, turn, request))
    if need.intent in _READING:
        found = _unless_broken(need, turn, request, reading_call(need, turn, request))
        return found or _nothing_read(need, turn, request)
    return ()


def _order(need: Need, turn: Turn, request: Request) -> tuple[Call, ...]:
    number = wanted_number(need, turn)
    lookup = _unless_broken(need, turn, request, call(request, "find_orders"))
    listed = turn.result("find_orders")
    if number is None or (listed is None and request.offers("find_orders")):
        return lookup
    known = [o.get("order") for o in listed.output.get("orders", [])] if listed else []
    if number in known:
        return ()
    return _unless_broken(need, turn, request, get_order_call(request, turn, number))


def wanted_number(need: Need, turn: Turn) -> str | None:
    """Return the order number asked for, from an earlier text when this one answers a question."""
    number = order_number(need.text) or order_number(" ".join(turn.texts))
    if number is None and p.ASKED_FOR_PROOF.search(turn.last_reply):
        earlier = (order_number(text) for text in reversed(turn.before))
        number = next((found for found in earlier if found), None)
    return number


def get_order_call(request: Request, turn: Turn, number: str) -> Call:
    """Return the lookup of one order, with the proof the customer gave in this turn."""
    return call(request, "get_order", order_number=number, zip_or_email=proof(turn.texts, number))


def search_call(need: Need, turn: Turn, request: Request) -> Call:
    """Return the product search for a wish; a bare follow-up takes its subject from before."""
    said = content_words(p.CEILING.sub(" ", need.text))
    subject = [word for word in said if word not in _NOT_IN_TITLES]
    if not subject:
        earlier = [*turn.before[-2:], turn.last_reply.split("http")[0]]
        subject = list(content_words(" ".join(earlier)))[:6]
    ceiling = p.CEILING.search(" ".join(turn.texts))
    price = next((float(g) for g in ceiling.groups() if g), None) if ceiling else None
    return call(
        request,
        "search_products",
        query=" ".join(subject[:6] or said[:6]) or need.text[:80],
        max_price=price,
        in_stock_only=need.intent is Intent.RECOMMENDATION,
    )


def reading_call(need: Need, _turn: Turn, request: Request) -> Call:
    """Return the knowledge search for a question, in the customer's own words."""
    return call(request, "search_knowledge", query=need.text.strip()[:200])


def _nothing_read(need: Need, turn: Turn, request: Request) -> tuple[Call, ...]:
    found = turn.result("search_knowledge", reading_call(need, turn, request).arguments)
    if word_passages(need, found.output.get("passages", []) if found else []):
        return ()
    return (_escalate(request, need, "cannot_resolve"),)


def _unless_broken(need: Need, turn: Turn, request: Request, wanted: Call) -> tuple[Call, ...]:
    """Return the call, nothing once it is answered, or an escalation once it has failed."""
    done = turn.result(wanted.name, wanted.arguments)
    if done is None:
        return (wanted,) if request.offers(wanted.name) else ()
    error = done.output.get("error")
    if error and ("say" not in done.output or error == "not_configured"):
        return (_escalate(request, need, "cannot_resolve"),)
    return ()


def _escalate(request: Request, need: Need, reason: str) -> Call:
    summary = f"Customer wrote: {' '.join(need.text.split())}"[:_SUMMARY_CHARACTERS]
    return call(request, "escalate", reason=reason, summary=summary)
