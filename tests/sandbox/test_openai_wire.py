"""The scripted model on the wire: what it counts, limits and says about itself."""

from datetime import timedelta

import httpx
import openai
import pytest
from openai import AsyncOpenAI
from openai.types.responses import Response

from sandbox.edge import Edge, Fault
from sandbox.openai.app import create_openai
from sandbox.openai.state import OpenAIConfig
from tests.sandbox.openai_driver import KEY, connect, post, response_tools, said, untyped


@pytest.mark.parametrize(
    ("headers", "code"),
    [({}, None), ({"authorization": "Bearer sk-wrong"}, "invalid_api_key")],
    ids=["missing", "wrong"],
)
async def test_key_missing_or_wrong_is_401_on_every_endpoint(
    headers: dict[str, str], code: str | None
) -> None:
    """Nothing is answered without the key."""
    for path in ("/v1/responses", "/v1/chat/completions"):
        answer = await post(path, {"model": "rules", "input": "hi"}, headers)

        assert (401, code) == (answer.status_code, answer.json()["error"]["code"])


async def test_key_wrong_raises_the_sdks_own_error() -> None:
    """The SDK recognises the refusal."""
    with pytest.raises(openai.AuthenticationError):
        await connect(key="sk-other").models.list()


@pytest.mark.parametrize("model", ["gpt-6-luna", "rulesy", "chaos-nonsense"])
async def test_model_unknown_is_model_not_found(model: str) -> None:
    """A name without a mode is the vendor's 404, on both protocols."""
    client = connect()
    with pytest.raises(openai.NotFoundError) as on_responses:
        await client.responses.create(model=model, input="hi")
    with pytest.raises(openai.NotFoundError) as on_chat:
        await untyped(client.chat.completions).create(model=model, messages=said("hi"))

    assert on_responses.value.code == on_chat.value.code == "model_not_found"


async def test_models_listed_are_the_modes_and_say_they_are_scripted() -> None:
    """The list names the four modes, owned by the sandbox."""
    found = [model async for model in await connect().models.list()]

    assert [m.id for m in found] == ["rules", "chaos", "obey", "replay"]
    assert {m.owned_by for m in found} == {"sandbox-scripted"}


async def test_path_unknown_and_json_broken_are_refused_as_the_vendor_does() -> None:
    """Mistyped URLs and bodies get the vendor's error object."""
    lost = await post("/v1/completions", {})
    app = create_openai(OpenAIConfig(), Edge())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://model.test") as http:
        broken = await http.post("/v1/responses", content=b"{", headers=KEY)

    assert (lost.status_code, lost.json()["error"]["message"]) == (
        404,
        "Invalid URL (POST /v1/completions)",
    )
    assert (broken.status_code, broken.json()["error"]["type"]) == (400, "invalid_request_error")


async def test_answer_carries_label_request_id_and_rate_headers() -> None:
    """Each answer says it is scripted, and what is left of the limits."""
    config = OpenAIConfig(requests_per_minute=10)
    client = connect(config=config)
    raw = await client.responses.with_raw_response.create(model="rules", input="hi")
    chat = await untyped(client.chat.completions).create(model="rules", messages=said("hi"))

    assert raw.headers["x-sandbox-model"] == "scripted"
    assert raw.headers["x-request-id"].startswith("req_")
    assert raw.headers["x-ratelimit-remaining-requests"] == "9"
    assert chat.system_fingerprint == "sandbox-scripted"


async def test_request_limit_used_up_is_429_until_the_minute_has_passed() -> None:
    """The limit is per minute of the edge's clock and says how long to wait."""
    edge = Edge()
    client = connect(edge, OpenAIConfig(requests_per_minute=1))
    await client.responses.create(model="rules", input="hi")
    with pytest.raises(openai.RateLimitError) as refused:
        await client.responses.create(model="rules", input="hi")
    wait = int(refused.value.response.headers["retry-after"])
    edge.offset += timedelta(seconds=wait)
    answer = await client.responses.create(model="rules", input="hi")

    assert refused.value.code == "rate_limit_exceeded"
    assert answer.status == "completed"


async def test_same_request_twice_gives_the_same_answer_and_a_cached_prefix() -> None:
    """Answers are functions of the request; the repeated prefix is counted as cached."""
    client = connect()

    async def ask() -> Response:
        answer: Response = await untyped(client.responses).create(
            model="rules",
            instructions="Be brief. " * 500,
            input=said("where is my order?"),
            tools=response_tools(["find_orders"]),
            prompt_cache_key="brand:1",
        )
        return answer

    first, second = await ask(), await ask()

    assert (first.id, first.output) == (second.id, second.output)
    assert first.usage is not None
    assert second.usage is not None
    assert first.usage.input_tokens_details.cached_tokens == 0
    cached = second.usage.input_tokens_details.cached_tokens
    assert cached >= 1024
    assert cached % 128 == 0
    assert cached <= second.usage.input_tokens


@pytest.mark.parametrize("limit", [16, 17])
async def test_output_limit_too_small_truncates_and_says_so(limit: int) -> None:
    """A reply over the limit is cut, incomplete on one protocol, length on the other."""
    client = connect()
    question = "say hello " + "please " * 30
    one = await client.responses.create(
        model="obey", input=f'say "{question}"', max_output_tokens=limit
    )
    other = await untyped(client.chat.completions).create(
        model="obey", messages=said(f'say "{question}"'), max_completion_tokens=limit
    )

    assert one.status == "incomplete"
    assert one.incomplete_details is not None
    assert one.incomplete_details.reason == "max_output_tokens"
    assert other.choices[0].finish_reason == "length"
    assert len(one.output_text) == limit * 4


async def test_edge_fault_injected_reaches_the_sdk_and_the_request_is_recorded() -> None:
    """The model stands behind the shared edge."""
    edge = Edge()
    client: AsyncOpenAI = connect(edge)
    edge.inject(Fault(kind="status", status=503, body={"error": {"message": "down"}}))
    with pytest.raises(openai.InternalServerError):
        await client.responses.create(model="rules", input="hi")

    assert [(r.path, r.status) for r in edge.requests] == [("/v1/responses", 503)]
