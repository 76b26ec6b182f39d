"""Plays the product's side against the scripted model through the real SDK, on either protocol."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion
from openai.types.responses import Response

from sandbox.edge import Edge
from sandbox.openai.app import create_openai
from sandbox.openai.state import OpenAIConfig
from tests.sandbox.openai_shop import AGENT_ANSWER, INSTRUCTIONS, SCHEMAS, SHOP

Json = dict[str, Any]
FORM = {"name": "agent_answer", "schema": AGENT_ANSWER, "strict": True}
KEY = {"authorization": "Bearer sk-sandbox"}


def connect(
    edge: Edge | None = None, config: OpenAIConfig | None = None, key: str = "sk-sandbox"
) -> AsyncOpenAI:
    """Return the real SDK over a scripted model of its own."""
    app = create_openai(config or OpenAIConfig(), edge or Edge())
    http: Any = httpx.AsyncClient(
        transport=httpx.ASGITransport(app)
    )  # typed for httpx2, takes both
    return AsyncOpenAI(
        api_key=key, base_url="http://model.test/v1", http_client=http, max_retries=0
    )


async def post(
    path: str, body: object, headers: dict[str, str] = KEY, config: OpenAIConfig | None = None
) -> httpx.Response:
    """Post raw JSON past the SDK."""
    app = create_openai(config or OpenAIConfig(), Edge())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://model.test") as http:
        return await http.post(path, json=body, headers=headers)


def untyped(resource: object) -> Any:  # noqa: ANN401 - that is its purpose
    """Return an SDK resource without its overloads, which plain JSON does not satisfy."""
    return resource


@dataclass
class Played:
    """How a conversation went: the calls with their arguments, the last answer, and the items."""

    calls: list[tuple[str, Json]] = field(default_factory=list)
    answer: Json = field(default_factory=dict)
    items: list[Any] = field(default_factory=list)

    @property
    def reply(self) -> str:
        """Return the words of the last answer."""
        return str(self.answer["reply"])

    @property
    def tools(self) -> list[str]:
        """Return the names of the tools called, in order."""
        return [name for name, _ in self.calls]


def said(*texts: str) -> list[Json]:
    """Return customer texts as input items, good for both protocols."""
    return [{"role": "user", "content": text} for text in texts]


def response_tools(names: list[str]) -> list[Json]:
    """Return tools as the Responses API takes them."""
    return [
        {"type": "function", "name": n, "parameters": SCHEMAS[n], "strict": True} for n in names
    ]


def chat_tools(names: list[str]) -> list[Json]:
    """Return tools as Chat Completions takes them."""
    return [
        {"type": "function", "function": {"name": n, "parameters": SCHEMAS[n], "strict": True}}
        for n in names
    ]


async def play_responses(
    client: AsyncOpenAI,
    items: list[Any],
    *,
    model: str = "rules",
    shop: Mapping[str, Json] = SHOP,
    parallel: bool = False,
) -> Played:
    """Run the tool loop of one turn on the Responses API."""
    played = Played(items=list(items))
    for _ in range(8):
        response: Response = await untyped(client.responses).create(
            model=model,
            instructions=INSTRUCTIONS,
            input=played.items,
            tools=response_tools(list(shop)),
            parallel_tool_calls=parallel,
            text={"format": {"type": "json_schema", **FORM}},
            store=False,
        )
        calls = [item for item in response.output if item.type == "function_call"]
        played.items.extend(item.model_dump(exclude_none=True) for item in response.output)
        if not calls:
            played.answer = json.loads(response.output_text)
            return played
        for call in calls:
            played.calls.append((call.name, json.loads(call.arguments)))
            output = json.dumps(shop[call.name], separators=(",", ":"))
            played.items.append(
                {"type": "function_call_output", "call_id": call.call_id, "output": output}
            )
    raise AssertionError("the tool loop did not end")


async def play_chat(
    client: AsyncOpenAI,
    items: list[Any],
    *,
    model: str = "rules",
    shop: Mapping[str, Json] = SHOP,
    parallel: bool = False,
) -> Played:
    """Run the tool loop of one turn on Chat Completions."""
    played = Played(items=[{"role": "system", "content": INSTRUCTIONS}, *items])
    for _ in range(8):
        completion: ChatCompletion = await untyped(client.chat.completions).create(
            model=model,
            messages=played.items,
            tools=chat_tools(list(shop)),
            parallel_tool_calls=parallel,
            response_format={"type": "json_schema", "json_schema": FORM},
        )
        message = completion.choices[0].message
        played.items.append(message.model_dump(exclude_none=True, exclude={"annotations"}))
        if not message.tool_calls:
            played.answer = json.loads(message.content or "")
            return played
        for call in message.tool_calls:
            assert call.type == "function"
            played.calls.append((call.function.name, json.loads(call.function.arguments)))
            output = json.dumps(shop[call.function.name], separators=(",", ":"))
            played.items.append({"role": "tool", "tool_call_id": call.id, "content": output})
    raise AssertionError("the tool loop did not end")


async def answered(*texts: str, shop: Json | None = None, parallel: bool = False) -> Played:
    """Play one turn on the Responses API."""
    return await play_responses(connect(), said(*texts), shop=shop or SHOP, parallel=parallel)


async def one(model: str, text: str = "where is my order?", client: Any = None) -> Response:  # noqa: ANN401
    """Ask once on the Responses API, with every tool and the product's schema."""
    answer: Response = await untyped((client or connect()).responses).create(
        model=model,
        instructions=INSTRUCTIONS,
        input=said(text),
        tools=response_tools(list(SHOP)),
        text={"format": {"type": "json_schema", **FORM}},
    )
    return answer


async def other(model: str) -> ChatCompletion:
    """Ask once on Chat Completions, alike."""
    system = {"role": "system", "content": INSTRUCTIONS}
    answer: ChatCompletion = await untyped(connect().chat.completions).create(
        model=model,
        messages=[system, *said("where is my order?")],
        tools=chat_tools(list(SHOP)),
        response_format={"type": "json_schema", "json_schema": FORM},
    )
    return answer


def reply(response: Response) -> str:
    """Return the words of a well-formed answer."""
    return str(json.loads(response.output_text)["reply"])


def calls(response: Response) -> list[tuple[str, str]]:
    """Return names and raw arguments of the calls."""
    return [(x.name, x.arguments) for x in response.output if x.type == "function_call"]
