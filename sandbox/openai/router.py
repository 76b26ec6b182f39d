"""Which mode answers: chosen by the model's name."""

from sandbox.openai.errors import model_not_found
from sandbox.openai.modes import chaos, obey, replay
from sandbox.openai.modes.chaos import Chaos
from sandbox.openai.modes.rules import agent
from sandbox.openai.neutral import Answer, Request
from sandbox.openai.state import State

MODES = ("rules", "chaos", "obey", "replay")


def known(model: str) -> bool:
    """Say whether a name is a mode, or a mode with a suffix (``rules-v1``, ``chaos-empty``)."""
    mode, _, suffix = model.partition("-")
    if mode == "chaos" and suffix:
        return suffix.replace("-", "_") in tuple(Chaos)
    return mode in MODES


def route(request: Request, state: State) -> Answer:
    """Return the mode's answer.

    Raises:
        ApiError: 404 for an unknown model, or what the mode refuses with.
        Hang: When chaos never answers.
    """
    if not known(request.model):
        raise model_not_found(request.model)
    mode, _, suffix = request.model.partition("-")
    match mode:
        case "chaos":
            return chaos.answer(request, chaos.pick(request, suffix, state.chaos_queue))
        case "obey":
            return obey.answer(request)
        case "replay":
            return replay.answer(request, state.recorded)
        case _:
            return agent.answer(request)
