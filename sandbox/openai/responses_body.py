"""The body of ``POST /v1/responses`` as far as it is emulated: text and function tools only.

Field names and closed sets follow openai.types.responses of the SDK 3.54; a test compares them.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from sandbox.openai.strictness import Part

Json = dict[str, Any]
Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]
Summary = Literal["auto", "concise", "detailed"]
Tier = Literal["auto", "default", "flex", "scale", "priority", "fast", "ultrafast"]
Includable = Literal[
    "file_search_call.results",
    "web_search_call.results",
    "web_search_call.action.sources",
    "message.input_image.image_url",
    "computer_call_output.output.image_url",
    "code_interpreter_call.outputs",
    "reasoning.encrypted_content",
    "message.output_text.logprobs",
]

NOT_EMULATED = frozenset(
    {
        "access_programs",
        "background",
        "background_options",
        "context_management",
        "conversation",
        "image",
        "max_tool_calls",
        "moderation",
        "prompt",
        "prompt_cache_retention",
        "stream_options",
        "top_logprobs",
    }
)


class Reasoning(Part):
    """How hard to think; taken and ignored."""

    context: Literal["auto", "current_turn", "all_turns"] | None = None
    effort: Effort | None = None
    generate_summary: Summary | None = None
    mode: str = "standard"
    summary: Summary | None = None


class Text(Part):
    """Verbosity and the raw output format, looked at by its type."""

    format: Json | None = None
    verbosity: Literal["low", "medium", "high"] | None = None


class JsonSchemaFormat(Part):
    """A named JSON schema the final text must follow."""

    type: Literal["json_schema"]
    name: str
    schema_: Json = Field(alias="schema")
    description: str | None = None
    strict: bool | None = None


class PlainFormat(Part):
    """Free text, or any JSON object."""

    type: Literal["text", "json_object"]


class FunctionTool(Part):
    """One offered function; ``strict`` and ``parameters`` must be given, null or not."""

    type: Literal["function"]
    name: str
    parameters: Json | None
    strict: bool | None
    description: str | None = None


class NamedChoice(Part):
    """The one function that must be called."""

    type: Literal["function"]
    name: str


class CacheBreakpoint(Part):
    """An explicit end of a cacheable prefix; taken and ignored."""

    mode: Literal["explicit"]
    ttl: Literal["30m", "12h"] | None = None


class CacheOptions(Part):
    """How prompts are cached; taken and ignored."""

    comparison_response_id: str | None = None
    mode: Literal["implicit", "explicit"] = "implicit"
    prewarm: bool = False
    ttl: Literal["30m", "12h"] = "30m"


class ResponsesBody(Part):
    """The body itself; ``input``, ``tools`` and ``tool_choice`` are looked at piece by piece."""

    model: str
    input: str | list[Any] = Field(default_factory=list)
    instructions: str | None = None
    include: list[Includable] | None = None
    max_output_tokens: Annotated[int, Field(ge=16)] | None = None
    metadata: dict[str, str] | None = None
    parallel_tool_calls: bool | None = None
    previous_response_id: str | None = None
    prompt_cache_key: str | None = None
    prompt_cache_options: CacheOptions | None = None
    reasoning: Reasoning | None = None
    safety_identifier: Annotated[str, Field(max_length=128)] | None = None
    service_tier: Tier | None = None
    store: bool | None = None
    stream: bool | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    text: Text | None = None
    tool_choice: str | Json | None = None
    tools: list[Any] = Field(default_factory=list)
    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    truncation: Literal["auto", "disabled"] | None = None
    user: str | None = None
