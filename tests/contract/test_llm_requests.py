"""The exact JSON every model adapter sends."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from openai.types.chat.completion_create_params import CompletionCreateParamsNonStreaming
from openai.types.responses.response_create_params import ResponseCreateParamsNonStreaming
from pydantic import TypeAdapter

from providers.llm.base import (
    AgentSaid,
    CustomerSaid,
    Instruction,
)
from providers.llm.registry import BUILDERS
from tests.contract.llm_endpoint import ONE_OF_EACH, Endpoint, a_request
from tests.golden_files import assert_golden

pytestmark = pytest.mark.parametrize("adapter", sorted(BUILDERS))


@pytest.fixture
def endpoint() -> Endpoint:
    """An endpoint of one's own."""
    return Endpoint()


def _sent(endpoint: Endpoint) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(endpoint.edge.requests[-1].body)
    return body


async def test_model_request_is_exactly_the_golden_one(adapter: str, endpoint: Endpoint) -> None:
    """The JSON on the wire changes only on purpose."""
    await endpoint.model(adapter).complete(a_request(items=ONE_OF_EACH))

    assert_golden(f"requests/{adapter}.json", json.dumps(_sent(endpoint), indent=2))


async def test_model_request_is_one_the_vendors_library_types(
    adapter: str, endpoint: Endpoint
) -> None:
    """The body has the keys and values the vendor publishes types for, and no others."""
    shape: TypeAdapter[Any] = TypeAdapter(
        ResponseCreateParamsNonStreaming
        if adapter == "responses"
        else CompletionCreateParamsNonStreaming
    )
    await endpoint.model(adapter, reasoning="low").complete(a_request(items=ONE_OF_EACH))
    sent = _sent(endpoint)

    assert shape.validate_python(sent).keys() == sent.keys()


async def test_model_self_hosted_endpoint_gets_only_what_it_understands(
    adapter: str, endpoint: Endpoint
) -> None:
    """Every flag that is off takes its parameter out of the request."""
    options: Mapping[str, object] = {
        "strict": False,
        "json_schema": False,
        "parallel_tools": False,
        "hosted": False,
        "token_param": "max_tokens",
    }

    await endpoint.model(adapter, **options).complete(a_request(items=ONE_OF_EACH))

    assert_golden(f"requests/{adapter}-self-hosted.json", json.dumps(_sent(endpoint), indent=2))


async def test_model_reasoning_is_sent_only_when_set(adapter: str, endpoint: Endpoint) -> None:
    """Effort is left out unless set; encrypted thoughts are asked for only where there are any."""
    seen = []
    for effort in (None, "none", "low"):
        await endpoint.model(adapter, reasoning=effort).complete(a_request())
        sent = _sent(endpoint)
        seen.append((sent.get("reasoning") or sent.get("reasoning_effort"), sent.get("include")))

    thoughts = ["reasoning.encrypted_content"] if adapter == "responses" else None
    told = [{"effort": "none"}, {"effort": "low"}] if adapter == "responses" else ["none", "low"]
    assert seen == [(None, None), (told[0], None), (told[1], thoughts)]


@pytest.mark.parametrize(
    "text",
    ["nul \x00 here", "lone \ud83d half", "low \ude00 half", "pair \ud83d\ude00", "\U0001f9e6"],
    ids=["nul", "high", "low", "pair", "emoji"],
)
async def test_model_unsendable_characters_do_not_break_a_request(
    adapter: str, endpoint: Endpoint, text: str
) -> None:
    """Whatever code points reach the adapter, the request is valid and is answered."""
    items = tuple(
        kind.model_construct(text=text) for kind in (CustomerSaid, AgentSaid, Instruction)
    )

    await endpoint.model(adapter).complete(
        a_request(items=(*items, CustomerSaid(text="where is my order")))
    )

    sent = json.dumps(_sent(endpoint), ensure_ascii=False)
    assert "\x00" not in sent
    assert "\\u0000" not in sent
    assert sent.encode()
