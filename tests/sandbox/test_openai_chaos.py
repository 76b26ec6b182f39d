"""The `chaos` mode: each way of being wrong, on request or by the request's hash."""

import asyncio
import json
from typing import Any

import httpx
import openai
import pytest

from sandbox.edge import Edge
from sandbox.openai.app import create_openai
from sandbox.openai.modes.chaos import Chaos
from sandbox.openai.state import OpenAIConfig
from tests.sandbox.openai_driver import calls, connect, one, other, reply
from tests.sandbox.openai_shop import SHOP


async def test_chaos_calls_are_wrong_in_the_way_named() -> None:
    """Arguments that are no JSON, a tool nobody offered, fifty at once, the same for ever."""
    [(_, broken)] = calls(await one("chaos-malformed_arguments"))
    [(name, _)] = calls(await one("chaos-unknown_tool"))
    storm = calls(await one("chaos-parallel-storm"))
    beside = await one("chaos-text_beside_call")
    loop = [calls(await one("chaos-tool_loop", text)) for text in ("hi", "thanks")]

    with pytest.raises(json.JSONDecodeError):
        json.loads(broken)
    assert name not in SHOP
    assert len(storm) == 50
    assert (bool(beside.output_text), len(calls(beside))) == (True, 1)
    assert loop == [[("find_orders", "{}")]] * 2


async def test_chaos_words_are_wrong_in_the_way_named() -> None:
    """Nothing, too much, no JSON, other JSON, a refusal, half an answer."""
    refused = (await one("chaos-refusal")).output[0]
    cut = await one("chaos-truncated")

    assert (await one("chaos-empty")).output == []
    assert len(reply(await one("chaos-too_long"))) == 2000
    with pytest.raises(json.JSONDecodeError):
        json.loads((await one("chaos-not_json")).output_text)
    assert "reply" not in json.loads((await one("chaos-wrong_schema")).output_text)
    assert refused.type == "message"
    assert refused.content[0].type == "refusal"
    assert cut.status == "incomplete"


@pytest.mark.parametrize(
    ("kind", "invented"),
    [
        ("invented_price", "$13.37"),
        ("invented_link", "https://totally-real-deals.example"),
        ("invented_order_state", "delivered on Feb 30"),
        ("wrong_language", "замовлення"),
    ],
)
async def test_chaos_facts_are_invented_in_a_well_formed_answer(kind: str, invented: str) -> None:
    """The form is right and the content is not."""
    assert invented in reply(await one(f"chaos-{kind}"))


async def test_chaos_failures_reach_the_sdk_as_its_errors() -> None:
    """429 names the wait, 500 is a server error, and a hang ends in the client's time-out."""
    with pytest.raises(openai.RateLimitError) as limited:
        await one("chaos-rate_limited")
    with pytest.raises(openai.InternalServerError):
        await one("chaos-server_error")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(one("chaos-hang"), timeout=0.2)

    assert limited.value.response.headers["retry-after"] == "2"


@pytest.mark.parametrize(
    "kind", [k for k in Chaos if k not in ("rate_limited", "server_error", "hang")]
)
async def test_chaos_answer_parses_on_both_protocols(kind: Chaos) -> None:
    """However wrong, it is still an answer of the API."""
    response, completion = await one(f"chaos-{kind}"), await other(f"chaos-{kind}")
    choice = completion.choices[0]

    assert len(calls(response)) == len(choice.message.tool_calls or [])
    assert (response.status == "incomplete") == (choice.finish_reason == "length")


async def test_chaos_without_a_kind_depends_on_the_request_alone() -> None:
    """The hash chooses: the same request fails the same way, different requests differ."""
    seen = set()
    for number in range(40):
        outcomes = [await _outcome(f"text {number}") for _ in range(2)]
        assert outcomes[0] == outcomes[1]
        seen.add(outcomes[0])

    assert len(seen) >= 8


async def _outcome(text: str) -> str:
    client = connect(config=OpenAIConfig(hang_seconds=0))
    try:
        response = await one("chaos", text, client)
    except openai.APIStatusError as error:
        return str(error.status_code)
    return str([item.to_json() for item in response.output])


async def test_chaos_queue_is_taken_first_and_once() -> None:
    """A queued kind is the next answer; an unknown one is refused."""
    app = create_openai(OpenAIConfig(), Edge())
    http: Any = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://model.test")
    client = openai.AsyncOpenAI(
        api_key="sk-sandbox", base_url="http://model.test/v1", http_client=http
    )
    queued = await http.post("/_control/chaos", json={"next": ["empty", "unknown_tool"]})
    refused = await http.post("/_control/chaos", json={"next": "gremlins"})
    first, second = [await one("chaos", client=client) for _ in range(2)]

    assert queued.json() == {"queued": ["empty", "unknown_tool"]}
    assert refused.status_code == 400
    assert (first.output, calls(second)[0][0]) == ([], "issue_refund")
