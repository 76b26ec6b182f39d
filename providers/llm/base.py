"""The port to a language model: neutral messages in, neutral answer out."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, Protocol

from pydantic import JsonValue

from domain.values import Recorded


class CustomerSaid(Recorded):
    """A customer's text, as data."""

    kind: Literal["customer"] = "customer"
    text: str


class AgentSaid(Recorded):
    """What the brand's side said before."""

    kind: Literal["agent"] = "agent"
    text: str


class Instruction(Recorded):
    """A word from us in mid-conversation ("say it shorter")."""

    kind: Literal["instruction"] = "instruction"
    text: str


class ToolCalled(Recorded):
    """The model's request for a tool.

    Attributes:
        call_id: The model's id for it.
        name: Tool's name, unverified.
        arguments: JSON text, unverified.
    """

    kind: Literal["tool_call"] = "tool_call"
    call_id: str
    name: str
    arguments: str


class ToolAnswered(Recorded):
    """What the tool said to the model."""

    kind: Literal["tool_result"] = "tool_result"
    call_id: str
    text: str


ModelItem = CustomerSaid | AgentSaid | Instruction | ToolCalled | ToolAnswered


class ToolSpec(Recorded):
    """A tool as the model sees it.

    Attributes:
        name: Its name.
        description: When to use it.
        parameters: Strict JSON schema: every property required, no others allowed.
    """

    name: str
    description: str
    parameters: Mapping[str, JsonValue]


class OutputSchema(Recorded):
    """The shape the final answer must have; a strict JSON schema."""

    name: str
    json_schema: Mapping[str, JsonValue]


class ModelRequest(Recorded):
    """One call.

    Attributes:
        model: The vendor's model name.
        instructions: The stable prefix: rules, brand, facts.
        items: The conversation so far, oldest first.
        tools: What the model may ask for.
        output: Shape of its final answer, None for free text.
        max_output_tokens: Upper limit of its answer.
        cache_key: Requests that share a prefix share this key.
        safety_id: Stable pseudonym of the customer, no personal data.
    """

    model: str
    instructions: str
    items: tuple[ModelItem, ...]
    tools: tuple[ToolSpec, ...] = ()
    output: OutputSchema | None = None
    max_output_tokens: int = 600
    cache_key: str
    safety_id: str


class Finish(StrEnum):
    """Why the model stopped."""

    DONE = "done"
    LENGTH = "length"
    REFUSED = "refused"


class ModelReply(Recorded):
    """What came back, unverified.

    Attributes:
        text: Final text, "" when it only called tools.
        tool_calls: Tools it asks for, in order.
        finish: Why it stopped.
        input_tokens: Prompt tokens, cached ones included.
        cached_tokens: Of these, cached.
        output_tokens: Answer tokens.
        model: The model that answered, by its own account.
        request_id: The vendor's id of the request.
    """

    text: str
    tool_calls: tuple[ToolCalled, ...] = ()
    finish: Finish = Finish.DONE
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    model: str = ""
    request_id: str | None = None


class LanguageModel(Protocol):
    """Answers requests; raises `ProviderError`, or `ModelOutputError` for an unreadable answer."""

    name: str

    async def complete(self, request: ModelRequest) -> ModelReply:
        """Call the model once; never repeated by the transport."""

    async def check(self, model: str) -> str:
        """Return one sentence on whether the model answers; raises when it does not."""
