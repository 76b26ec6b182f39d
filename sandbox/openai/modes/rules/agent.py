"""The agent of the `rules` mode: read the turn, look up what is missing, then answer."""

from sandbox.openai.modes.filling import call, dump, fill
from sandbox.openai.modes.rules.classification import classify
from sandbox.openai.modes.rules.fitting import ONE_SEGMENT, fit
from sandbox.openai.modes.rules.intents import Need, read_needs
from sandbox.openai.modes.rules.plan import next_calls
from sandbox.openai.modes.rules.turn import Turn, read_turn
from sandbox.openai.modes.rules.verdict import judge
from sandbox.openai.modes.rules.wording import word_need
from sandbox.openai.neutral import Answer, Call, Request


def answer(request: Request) -> Answer:
    """Return what the request's output schema, tools and conversation call for."""
    name = request.output.name if request.output else ""
    if request.output is not None and name == "inbound_classification":
        return Answer(text=dump(fill(request.output.body, classify(request))))
    if request.output is not None and name == "resolution_verdict":
        return Answer(text=dump(fill(request.output.body, judge(request))))
    turn = read_turn(request)
    needs = read_needs(turn)
    calls = _calls(needs, turn, request)
    if calls:
        return Answer(calls=calls if request.parallel_calls else calls[:1])
    return say(request, _reply(needs, turn, request), intent=needs[0].intent)


def say(request: Request, reply: str, *, intent: str = "other") -> Answer:
    """Return a reply in the form asked for: JSON by the request's schema, or plain text."""
    if request.output is None:
        return Answer(text=reply)
    return Answer(text=dump(fill(request.output.body, {"intent": intent, "reply": reply})))


def _calls(needs: tuple[Need, ...], turn: Turn, request: Request) -> tuple[Call, ...]:
    if request.tool_choice == "none":
        return ()
    wanted = next_calls(needs, turn, request)
    if request.tool_choice == "auto" or not request.tools:
        return wanted
    if request.tool_choice == "required":
        return wanted or (call(request, request.tools[0].name),)
    named = tuple(c for c in wanted if c.name == request.tool_choice)
    return named or (call(request, request.tool_choice, query=" ".join(turn.texts)),)


def _reply(needs: tuple[Need, ...], turn: Turn, request: Request) -> str:
    parts = [word_need(need, turn, request) for need in needs]
    return fit(parts, min(turn.limit or ONE_SEGMENT, ONE_SEGMENT), level=turn.refusals)
