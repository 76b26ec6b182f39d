"""The scripted model behind its edge, a clock, and requests to send it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx

from providers.llm.base import (
    AgentSaid,
    CustomerSaid,
    Instruction,
    LanguageModel,
    ModelItem,
    ModelRequest,
    OutputSchema,
    ToolAnswered,
    ToolCalled,
    ToolSpec,
)
from providers.llm.registry import build_model
from sandbox.edge import Edge
from sandbox.openai.app import create_openai
from sandbox.openai.state import OpenAIConfig
from tests.contract.wire import Wire

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)

FIND_ORDERS = ToolSpec(
    name="find_orders",
    description="Find the customer's orders.",
    parameters={
        "type": "object",
        "properties": {"order_number": {"type": ["string", "null"]}},
        "required": ["order_number"],
        "additionalProperties": False,
    },
)
AGENT_ANSWER = OutputSchema(
    name="agent_answer",
    json_schema={
        "type": "object",
        "properties": {"intent": {"type": "string"}, "reply": {"type": "string"}},
        "required": ["intent", "reply"],
        "additionalProperties": False,
    },
)
ONE_OF_EACH: tuple[ModelItem, ...] = (
    CustomerSaid(text="hi, where's my order"),
    AgentSaid(text="Which one?"),
    CustomerSaid(text="both \U0001f600"),
    ToolCalled(call_id="call_1", name="find_orders", arguments='{"order_number":"1042"}'),
    ToolCalled(call_id="call_2", name="find_orders", arguments='{"order_number":"1043"}'),
    ToolAnswered(call_id="call_1", text='{"orders":[]}'),
    ToolAnswered(call_id="call_2", text='{"orders":[]}'),
    Instruction(text="Say it in one segment."),
)


def a_request(
    model: str = "rules",
    items: tuple[ModelItem, ...] = (CustomerSaid(text="where is my order"),),
    tools: tuple[ToolSpec, ...] = (FIND_ORDERS,),
    output: OutputSchema | None = AGENT_ANSWER,
    max_output_tokens: int = 600,
) -> ModelRequest:
    """Return a request with everything a turn of the agent has."""
    return ModelRequest(
        model=model,
        instructions="You answer texts for Cedar & Slate.",
        items=items,
        tools=tools,
        output=output,
        max_output_tokens=max_output_tokens,
        cache_key="brand:cedar-slate:v3",
        safety_id="5f2d",
    )


@dataclass
class Endpoint:
    """One emulated endpoint and how to build adapters for it."""

    edge: Edge = field(default_factory=Edge)
    config: OpenAIConfig = field(default_factory=OpenAIConfig)

    def __post_init__(self) -> None:
        self.http = httpx.AsyncClient(transport=Wire(create_openai(self.config, self.edge)))

    def model(self, adapter: str, **options: object) -> LanguageModel:
        """Return an adapter that speaks to this endpoint."""
        given = {"base_url": "http://openai.sandbox/v1", "api_key": "sk-sandbox", **options}
        return build_model(adapter, given, lambda: NOW, self.http)
