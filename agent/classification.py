"""What the model says an inbound text is, where the gate's rules left a doubt."""

from enum import StrEnum

from pydantic import Field, ValidationError

from agent.answer import parse_object
from domain.errors import ModelOutputError
from domain.values import Recorded
from providers.llm.base import Finish, ModelReply, OutputSchema


class ClassLabel(StrEnum):
    """What a text is."""

    OPT_OUT = "opt_out"
    QUESTION = "question"
    NOISE = "noise"
    SPAM = "spam"
    ABUSE = "abuse"
    OTHER = "other"


class OptOutScope(StrEnum):
    """How far an opt-out reaches, in the customer's words."""

    ALL = "all"
    MARKETING = "marketing"
    EMAIL = "email"
    UNKNOWN = "unknown"


class Classification(Recorded):
    """The model's verdict on one inbound text; `confidence` is 0 to 1."""

    label: ClassLabel
    scope: OptOutScope
    confidence: float = Field(ge=0, le=1, allow_inf_nan=False)


INBOUND_CLASSIFICATION = OutputSchema(
    name="inbound_classification",
    json_schema={
        "type": "object",
        "properties": {
            "label": {"type": "string", "enum": [label.value for label in ClassLabel]},
            "scope": {"type": "string", "enum": [scope.value for scope in OptOutScope]},
            "confidence": {"type": "number", "description": "From 0 to 1."},
        },
        "required": ["label", "scope", "confidence"],
        "additionalProperties": False,
    },
)


def parse_classification(reply: ModelReply) -> Classification:
    """Return the verdict in a model's answer.

    Raises:
        ModelOutputError: It is cut, refused, or not the agreed JSON.
    """
    if reply.finish is not Finish.DONE:
        raise ModelOutputError(f"inbound_classification: the answer ended as {reply.finish}")
    try:
        return Classification.model_validate(parse_object(reply.text))
    except (ValueError, ValidationError) as error:
        raise ModelOutputError("inbound_classification: not the agreed JSON") from error
