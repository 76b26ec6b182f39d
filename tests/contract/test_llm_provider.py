"""Every model adapter keeps the port's promise, against the scripted model."""

import json

import pytest

from domain.errors import ConfigurationError, ModelOutputError
from providers.llm.base import (
    CustomerSaid,
    Finish,
    ToolAnswered,
)
from providers.llm.registry import BUILDERS, build_model
from sandbox.edge import Fault
from tests.contract.llm_endpoint import NOW, Endpoint, a_request

pytestmark = pytest.mark.parametrize("adapter", sorted(BUILDERS))


@pytest.fixture
def endpoint() -> Endpoint:
    """An endpoint of one's own."""
    return Endpoint()


async def test_model_tool_needed_asks_for_it_with_json_arguments(
    adapter: str, endpoint: Endpoint
) -> None:
    """A model that needs a tool names it, with an id and JSON arguments."""
    reply = await endpoint.model(adapter).complete(a_request())

    (called,) = reply.tool_calls
    assert called.call_id
    assert called.name == "find_orders"
    assert isinstance(json.loads(called.arguments), dict)


async def test_model_tool_answered_answers_in_the_agreed_shape(
    adapter: str, endpoint: Endpoint
) -> None:
    """With the tools' answers the final text follows the schema."""
    model = endpoint.model(adapter)
    asked = a_request()
    (called,) = (await model.complete(asked)).tool_calls
    answered = ToolAnswered(call_id=called.call_id, text='{"orders":[],"note":null}')

    reply = await model.complete(
        asked.model_copy(update={"items": (*asked.items, called, answered)})
    )

    assert set(json.loads(reply.text)) == {"intent", "reply"}
    assert reply.finish is Finish.DONE


async def test_model_answer_carries_usage_model_and_request_id(
    adapter: str, endpoint: Endpoint
) -> None:
    """Tokens, the cached ones among them, the model and the request's id are passed on."""
    model = endpoint.model(adapter)
    long = a_request(items=(CustomerSaid(text="where is my order " * 400),))
    await model.complete(long)

    reply = await model.complete(long)

    assert reply.model == "rules"
    assert (reply.request_id or "").startswith("req_")
    assert reply.output_tokens > 0
    assert 0 < reply.cached_tokens <= reply.input_tokens


async def test_model_several_calls_are_kept_in_order(adapter: str, endpoint: Endpoint) -> None:
    """Every call of an answer is passed on, each with an id of its own."""
    reply = await endpoint.model(adapter).complete(a_request("chaos-parallel-storm"))

    assert len({call.call_id for call in reply.tool_calls}) == 50


async def test_model_text_beside_a_call_keeps_both(adapter: str, endpoint: Endpoint) -> None:
    """Text that comes with a tool call is neither lost nor mistaken for the answer."""
    reply = await endpoint.model(adapter).complete(a_request("chaos-text-beside-call"))

    assert reply.text == "Let me look that up for you."
    assert [call.name for call in reply.tool_calls] == ["find_orders"]


async def test_model_malformed_arguments_reach_the_caller_unverified(
    adapter: str, endpoint: Endpoint
) -> None:
    """Arguments are passed on as they came; and what came can be sent back."""
    model = endpoint.model(adapter)
    asked = a_request("chaos-malformed-arguments")
    (called,) = (await model.complete(asked)).tool_calls
    odd = called.model_copy(update={"name": "find orders!"})
    told = (odd, ToolAnswered(call_id=odd.call_id, text="those are no JSON arguments"))

    again = await model.complete(a_request(items=(*asked.items, *told)))

    assert called.arguments == '{"order_number": "#10'
    assert '{\\"order_number' not in endpoint.edge.requests[-1].body
    assert again.finish is Finish.DONE


@pytest.mark.parametrize(
    ("kind", "finish"),
    [("chaos-truncated", Finish.LENGTH), ("chaos-refusal", Finish.REFUSED)],
    ids=["truncated", "refusal"],
)
async def test_model_incomplete_answer_says_so(
    adapter: str, endpoint: Endpoint, kind: str, finish: Finish
) -> None:
    """A cut answer and a refusal are told apart from a finished one."""
    reply = await endpoint.model(adapter).complete(a_request(kind))

    assert reply.finish is finish


async def test_model_filtered_answer_is_a_refusal(adapter: str, endpoint: Endpoint) -> None:
    """What the vendor's filter cut off is refused, not merely too long."""
    bodies = {
        "chat": {
            "choices": [{"message": {"content": "half"}, "finish_reason": "content_filter"}],
        },
        "responses": {
            "status": "incomplete",
            "incomplete_details": {"reason": "content_filter"},
            "output": [],
        },
    }
    endpoint.edge.inject(Fault(kind="status", status=200, body=bodies[adapter]))

    assert (await endpoint.model(adapter).complete(a_request())).finish is Finish.REFUSED


async def test_model_refusal_is_no_text_for_the_customer(adapter: str, endpoint: Endpoint) -> None:
    """The words of a refusal are not passed on as an answer."""
    reply = await endpoint.model(adapter).complete(a_request("chaos-refusal"))

    assert reply.text == ""


async def test_model_limit_reached_cuts_and_says_so(adapter: str, endpoint: Endpoint) -> None:
    """The limit of the answer is sent, whatever the protocol calls it."""
    reply = await endpoint.model(adapter).complete(
        a_request("chaos-too-long", output=None, tools=(), max_output_tokens=16)
    )

    assert reply.finish is Finish.LENGTH
    assert len(reply.text) <= 64


async def test_model_empty_answer_is_an_empty_text(adapter: str, endpoint: Endpoint) -> None:
    """Saying nothing is an answer; judging it is the agent's business."""
    reply = await endpoint.model(adapter).complete(a_request("chaos-empty"))

    assert (reply.text, reply.tool_calls) == ("", ())


@pytest.mark.parametrize(
    "body",
    ["", "<html>busy</html>", "[]", "{}", '{"output":[{"type":7}],"choices":[]}', "{" * 5000],
    ids=["empty", "html", "list", "object", "wrong_types", "deep"],
)
async def test_model_unreadable_answer_is_a_model_output_error(
    adapter: str, endpoint: Endpoint, body: str
) -> None:
    """A 200 that is not the protocol's object is named for what it is, without its content."""
    endpoint.edge.inject(Fault(kind="status", status=200, body=body))

    with pytest.raises(ModelOutputError, match="model answer of request") as raised:
        await endpoint.model(adapter).complete(a_request())

    assert "busy" not in str(raised.value)


async def test_model_unsendable_characters_in_an_answer_are_repaired(
    adapter: str, endpoint: Endpoint
) -> None:
    """Lone surrogates and NUL in a reply are gone before anybody stores or sends it."""
    text = r"half \ud83d, nul \u0000."
    content = f'{{"type":"output_text","text":"{text}"}}'
    bodies = {
        "chat": f'{{"choices":[{{"message":{{"content":"{text}"}}}}]}}',
        "responses": f'{{"output":[{{"type":"message","content":[{content}]}}]}}',
    }
    endpoint.edge.inject(Fault(kind="status", status=200, body=bodies[adapter]))

    reply = await endpoint.model(adapter).complete(a_request())

    assert reply.text == "half \ufffd, nul ."


async def test_model_check_says_who_answers(adapter: str, endpoint: Endpoint) -> None:
    """The check is one sentence that names the model."""
    assert await endpoint.model(adapter).check("rules") == f"{adapter}: rules answers"


def test_registry_unknown_adapter_names_the_known_ones(adapter: str) -> None:
    """A misspelt adapter is told with the names that exist, this one among them."""
    with pytest.raises(ConfigurationError, match=adapter):
        build_model("telepathy", {"api_key": "k"}, lambda: NOW)


def test_registry_wrong_options_name_the_field_never_the_value(adapter: str) -> None:
    """A wrong option is named; a secret in its place is not repeated."""
    with pytest.raises(ConfigurationError, match="timeout_seconds") as raised:
        build_model(adapter, {"api_key": "k", "timeout_seconds": "sk-secret"}, lambda: NOW)

    assert "sk-secret" not in str(raised.value)
