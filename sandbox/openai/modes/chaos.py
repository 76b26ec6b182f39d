"""The `chaos` mode: one way of being wrong per request, queued, pinned by name, or by its hash."""

from enum import StrEnum

from sandbox.openai.errors import ApiError, rate_limited, server_error
from sandbox.openai.modes.filling import call, dump
from sandbox.openai.modes.rules.agent import say
from sandbox.openai.neutral import Answer, Call, Request


class Hang(Exception):
    """The request is to be left without an answer until the client gives up."""


class Chaos(StrEnum):
    """The ways to be wrong."""

    MALFORMED_ARGUMENTS = "malformed_arguments"
    UNKNOWN_TOOL = "unknown_tool"
    TEXT_BESIDE_CALL = "text_beside_call"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    INVENTED_PRICE = "invented_price"
    INVENTED_LINK = "invented_link"
    INVENTED_ORDER_STATE = "invented_order_state"
    WRONG_LANGUAGE = "wrong_language"
    NOT_JSON = "not_json"
    WRONG_SCHEMA = "wrong_schema"
    REFUSAL = "refusal"
    TRUNCATED = "truncated"
    TOOL_LOOP = "tool_loop"
    PARALLEL_STORM = "parallel_storm"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    HANG = "hang"


_RETRY_AFTER_SECONDS = 2
_STORM = 50
_LONG = 2000

_SAID = {
    Chaos.TOO_LONG: ("Thanks for asking about that. " * 80)[:_LONG],
    Chaos.INVENTED_PRICE: "Good news: the Storm Parka is only $13.37 today.",
    Chaos.INVENTED_LINK: "Here you go: https://totally-real-deals.example/track/999",
    Chaos.INVENTED_ORDER_STATE: "Order #9999 was delivered on Feb 30 and left at your door.",
    Chaos.WRONG_LANGUAGE: "Ваше замовлення вже в дорозі, дякуємо за терпіння.",
}
_CALLED = (
    Chaos.MALFORMED_ARGUMENTS,
    Chaos.UNKNOWN_TOOL,
    Chaos.TEXT_BESIDE_CALL,
    Chaos.TOOL_LOOP,
    Chaos.PARALLEL_STORM,
)


def pick(request: Request, pinned: str, queue: list[Chaos]) -> Chaos:
    """Return the kind: the queue's next, else the model name's, else by the request's hash."""
    if queue:
        return queue.pop(0)
    if pinned:
        return Chaos(pinned.replace("-", "_"))
    kinds = tuple(Chaos)
    return kinds[int(request.digest, 16) % len(kinds)]


def answer(request: Request, kind: Chaos) -> Answer:
    """Return the wrong answer of a kind.

    Raises:
        ApiError: 429 with ``retry-after``, or 500.
        Hang: For the kind that never answers.
    """
    error = _error(kind)
    if error is not None:
        raise error
    if kind is Chaos.HANG:
        raise Hang
    if kind in _CALLED:
        return _calling(request, kind)
    return _saying(request, kind)


def _error(kind: Chaos) -> ApiError | None:
    if kind is Chaos.RATE_LIMITED:
        return rate_limited(_RETRY_AFTER_SECONDS)
    return server_error() if kind is Chaos.SERVER_ERROR else None


def _calling(request: Request, kind: Chaos) -> Answer:
    name = "find_orders"
    if not request.offers(name) and request.tools:
        name = request.tools[0].name
    good = call(request, name)
    match kind:
        case Chaos.MALFORMED_ARGUMENTS:
            return Answer(calls=(Call(name=name, arguments='{"order_number": "#10'),))
        case Chaos.UNKNOWN_TOOL:
            return Answer(calls=(Call(name="issue_refund", arguments='{"amount": 500}'),))
        case Chaos.TEXT_BESIDE_CALL:
            return Answer(text="Let me look that up for you.", calls=(good,))
        case Chaos.PARALLEL_STORM:
            return Answer(calls=(good,) * _STORM)
        case _:
            return Answer(calls=(good,))


def _saying(request: Request, kind: Chaos) -> Answer:
    match kind:
        case Chaos.EMPTY:
            return Answer()
        case Chaos.NOT_JSON:
            return Answer(text="Sure thing! {intent: order_status, reply: 'On its way'")
        case Chaos.WRONG_SCHEMA:
            return Answer(text=dump({"answer": 42, "intent": "world_peace"}))
        case Chaos.REFUSAL:
            return Answer(refusal="I'm sorry, but I can't help with that.")
        case Chaos.TRUNCATED:
            whole = say(request, "Your order is on its way and should be with you by").text or ""
            return Answer(text=whole[: max(len(whole) * 2 // 3, 1)], truncated=True)
        case _:
            return say(request, _SAID[kind])
