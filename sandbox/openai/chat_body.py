"""The body of ``POST /v1/chat/completions`` as far as it is emulated: text and function tools.

Field names and closed sets follow openai.types.chat of the SDK 3.54; a test compares them.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from sandbox.openai.responses_body import CacheBreakpoint, CacheOptions, Effort
from sandbox.openai.strictness import Part

Json = dict[str, Any]

NOT_EMULATED = frozenset(
    {
        "audio",
        "function_call",
        "functions",
        "logit_bias",
        "logprobs",
        "modalities",
        "moderation",
        "prediction",
        "prompt_cache_retention",
        "stream_options",
        "top_logprobs",
        "web_search_options",
    }
)


class ChatBody(Part):
    """The body itself; ``messages``, ``tools`` and the choices are looked at piece by piece."""

    model: str
    messages: list[Any]
    frequency_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    metadata: dict[str, str] | None = None
    n: Annotated[int, Field(ge=1, le=1)] | None = None
    parallel_tool_calls: bool = True
    presence_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    prompt_cache_key: str | None = None
    prompt_cache_options: CacheOptions | None = None
    reasoning_effort: Effort | None = None
    response_format: Json | None = None
    safety_identifier: Annotated[str, Field(max_length=128)] | None = None
    seed: int | None = None
    service_tier: Literal["auto", "default", "flex", "scale", "priority", "fast"] | None = None
    stop: str | list[str] | None = None
    store: bool | None = None
    stream: bool | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    tool_choice: str | Json | None = None
    tools: list[Any] = Field(default_factory=list)
    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    user: str | None = None
    verbosity: Literal["low", "medium", "high"] | None = None


class Spoken(Part):
    """A system, developer or user message."""

    role: Literal["system", "developer", "user"]
    content: str | list[Any]
    name: str | None = None


class Assistant(Part):
    """What the model said earlier: words, calls, or a refusal."""

    role: Literal["assistant"]
    content: str | list[Any] | None = None
    name: str | None = None
    refusal: str | None = None
    tool_calls: list[Any] | None = None


class ToolMessage(Part):
    """What a call returned."""

    role: Literal["tool"]
    content: str | list[Any]
    tool_call_id: str


class TextPart(Part):
    """A part of a message."""

    type: Literal["text"]
    text: str
    prompt_cache_breakpoint: CacheBreakpoint | None = None


class CalledFunction(Part):
    """Name and JSON arguments of an earlier call."""

    name: str
    arguments: str


class ToolCall(Part):
    """An earlier call."""

    id: str
    type: Literal["function"]
    function: CalledFunction


class Function(Part):
    """An offered function."""

    name: str
    description: str | None = None
    parameters: Json = Field(default_factory=dict)
    strict: bool | None = None


class FunctionTool(Part):
    """The wrapper around an offered function."""

    type: Literal["function"]
    function: Function


class ChosenName(Part):
    """The name inside a named choice."""

    name: str


class NamedChoice(Part):
    """The one function that must be called."""

    type: Literal["function"]
    function: ChosenName


class NamedSchema(Part):
    """The schema inside a ``json_schema`` format."""

    name: str
    schema_: Json = Field(default_factory=dict, alias="schema")
    description: str | None = None
    strict: bool | None = None


class SchemaFormat(Part):
    """A named JSON schema the final text must follow."""

    type: Literal["json_schema"]
    json_schema: NamedSchema


class PlainFormat(Part):
    """Free text, or any JSON object."""

    type: Literal["text", "json_object"]
