"""The items of a Responses request's ``input``: messages, calls, outputs, earlier thoughts."""

from typing import Any, Literal

from pydantic import Field

from sandbox.openai.responses_body import CacheBreakpoint
from sandbox.openai.strictness import Part

Json = dict[str, Any]
Status = Literal["in_progress", "completed", "incomplete"]


class Message(Part):
    """Words of one role, plain or in parts; also the model's own earlier message."""

    role: Literal["user", "assistant", "system", "developer"]
    content: str | list[Any]
    type: Literal["message"] = "message"
    id: str | None = None
    status: Status | None = None
    phase: Literal["commentary", "final_answer"] | None = None


class InputText(Part):
    """A part of what the model reads."""

    type: Literal["input_text"]
    text: str
    prompt_cache_breakpoint: CacheBreakpoint | None = None


class OutputText(Part):
    """A part of what the model said."""

    type: Literal["output_text"]
    text: str
    annotations: list[Json] = Field(default_factory=list)
    logprobs: list[Json] = Field(default_factory=list)


class Refusal(Part):
    """What the model said instead of an answer."""

    type: Literal["refusal"]
    refusal: str


class FunctionCall(Part):
    """A call the model made earlier."""

    type: Literal["function_call"]
    call_id: str
    name: str
    arguments: str
    id: str | None = None
    status: Status | None = None


class FunctionCallOutput(Part):
    """What a call returned."""

    type: Literal["function_call_output"]
    call_id: str
    output: str | list[Any]
    id: str | None = None
    status: Status | None = None


class ReasoningItem(Part):
    """An earlier thought handed back; taken and ignored."""

    type: Literal["reasoning"]
    id: str
    summary: list[Json]
    content: list[Json] | None = None
    encrypted_content: str | None = None
    status: Status | None = None
