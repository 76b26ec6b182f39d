"""The `replay` mode: answers recorded elsewhere, by the hash of their request."""

from collections.abc import Mapping

from sandbox.openai.errors import ApiError
from sandbox.openai.neutral import Answer, Request


def answer(request: Request, recorded: Mapping[str, Answer]) -> Answer:
    """Return the recorded answer.

    Raises:
        ApiError: 404 ``replay_missing`` naming the hash, so that the recording can be completed.
    """
    found = recorded.get(request.digest)
    if found is None:
        text = f"No answer is recorded for request hash {request.digest}."
        raise ApiError(text, status=404, code="replay_missing")
    return found
