"""What the model says about whether a silent conversation was resolved."""

from pydantic import ConfigDict, ValidationError

from agent.answer import parse_object
from domain.errors import ModelOutputError
from domain.values import Recorded
from providers.llm.base import Finish, ModelReply, OutputSchema

_REASON_CHARACTERS = 300


class ResolutionVerdict(Recorded):
    """The judge's verdict: `resolved`, and one sentence for the operator."""

    model_config = ConfigDict(strict=True)

    resolved: bool
    reason: str


RESOLUTION_VERDICT = OutputSchema(
    name="resolution_verdict",
    json_schema={
        "type": "object",
        "properties": {"resolved": {"type": "boolean"}, "reason": {"type": "string"}},
        "required": ["resolved", "reason"],
        "additionalProperties": False,
    },
)


def parse_resolution(reply: ModelReply) -> ResolutionVerdict:
    """Return the verdict in a model's answer.

    Raises:
        ModelOutputError: It is cut, refused, or not the agreed JSON.
    """
    if reply.finish is not Finish.DONE:
        raise ModelOutputError(f"resolution_verdict: the answer ended as {reply.finish}")
    try:
        verdict = ResolutionVerdict.model_validate(parse_object(reply.text))
    except (ValueError, ValidationError) as error:
        raise ModelOutputError("resolution_verdict: not the agreed JSON") from error
    reason = verdict.reason.replace("\x00", "")[:_REASON_CHARACTERS]
    return verdict.model_copy(update={"reason": reason})
