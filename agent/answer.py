"""The final answer's shape: what the model is asked for, and how strictly it is read."""

import json
from typing import Never

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from agent.intent import Intent
from providers.llm.base import OutputSchema

MAX_RAW_CHARACTERS = 6_000
"""Longer answers are refused unread: an SMS needs a twentieth of it."""

AGENT_ANSWER = OutputSchema(
    name="agent_answer",
    json_schema={
        "type": "object",
        "properties": {
            "intent": {
                "type": "string",
                "enum": [intent.value for intent in Intent],
                "description": "What the customer wants.",
            },
            "reply": {"type": "string", "description": "The text message, plain text."},
        },
        "required": ["intent", "reply"],
        "additionalProperties": False,
    },
)


class AgentAnswer(BaseModel):
    """A final answer as the model gave it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    intent: Intent
    reply: str


def parse_answer(text: str) -> AgentAnswer | None:
    """Return the answer, None for everything that is not exactly the agreed JSON.

    Nothing is repaired: an answer that was cut, fenced, doubled or followed by more text may have
    lost its meaning with its form.

    Args:
        text: The model's final text; any string. Never raises.
    """
    if len(text) > MAX_RAW_CHARACTERS or "\x00" in text:
        return None
    try:
        return AgentAnswer.model_validate(parse_object(text))
    except (ValueError, ValidationError):
        return None


def parse_object(text: str) -> dict[str, JsonValue]:
    """Return the one JSON object a text consists of.

    Raises:
        ValueError: It is anything else: no JSON, another type, a key twice, nested without end.
    """
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 (one error for every wrong shape)
    return value


def _unique(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(constant: str) -> Never:
    raise ValueError(f"{constant} is no JSON")
