"""The emulator's own controls, beside those of the edge.

``latency {"seconds": s}``; ``chaos {"next": kind or [kinds]}``; ``replay {"answers": {hash:
answer}}``. Each answers with what is set now; ``{}`` changes nothing.
"""

from collections.abc import Callable
from typing import Any

from pydantic import Field

from sandbox.openai.errors import ApiError
from sandbox.openai.modes.chaos import Chaos
from sandbox.openai.neutral import Answer
from sandbox.openai.state import State
from sandbox.openai.strictness import Part, parse

Json = dict[str, Any]


class _Latency(Part):
    seconds: float | None = Field(default=None, ge=0)


class _Chaos(Part):
    next: Any = Field(default_factory=list)


class _Replay(Part):
    answers: dict[str, Json] = Field(default_factory=dict)


def control(name: str, body: object, state: State) -> Json:
    """Carry out one control and return what is set now.

    Raises:
        ApiError: 404 for an unknown control, 400 for a body it does not take.
    """
    action = _CONTROLS.get(name)
    if action is None:
        raise ApiError(f"There is no control '{name}'.", status=404)
    return action(body, state)


def _latency(body: object, state: State) -> Json:
    seconds = parse(_Latency, body).seconds
    if seconds is not None:
        state.latency_seconds = seconds
    return {"seconds": state.latency_seconds}


def _chaos(body: object, state: State) -> Json:
    given = parse(_Chaos, body).next
    kinds = given if isinstance(given, list) else [given]
    unknown = [kind for kind in kinds if kind not in tuple(Chaos)]
    if unknown:
        raise ApiError(f"Unknown chaos {unknown}: one of {', '.join(Chaos)}.", param="next")
    state.chaos_queue.extend(Chaos(kind) for kind in kinds)
    return {"queued": [kind.value for kind in state.chaos_queue]}


def _replay(body: object, state: State) -> Json:
    answers = parse(_Replay, body).answers
    state.recorded.update({key: Answer.model_validate(a) for key, a in answers.items()})
    return {"recorded": len(state.recorded)}


_CONTROLS: dict[str, Callable[[object, State], Json]] = {
    "latency": _latency,
    "chaos": _chaos,
    "replay": _replay,
}
