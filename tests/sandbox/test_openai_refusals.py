"""What the scripted model refuses, in the vendor's words and naming the parameter."""

from typing import Any, get_type_hints

import pytest
from openai.types.chat.completion_create_params import CompletionCreateParamsNonStreaming
from openai.types.responses.response_create_params import ResponseCreateParamsNonStreaming
from pydantic import BaseModel

from sandbox.openai import chat_body, responses_body
from tests.sandbox.openai_driver import post, said
from tests.sandbox.openai_shop import SCHEMAS

Json = dict[str, Any]
CALL = {"type": "function_call", "call_id": "call_1", "name": "find_orders", "arguments": "{}"}
OUTPUT = {"type": "function_call_output", "call_id": "call_1", "output": "{}"}
CHAT_CALL = {
    "role": "assistant",
    "content": None,
    "tool_calls": [
        {"id": "c1", "type": "function", "function": {"name": "find_orders", "arguments": "{}"}}
    ],
}
LOOSE = {**SCHEMAS["get_order"], "required": ["order_number"]}
OPEN = {**SCHEMAS["get_order"], "additionalProperties": True}


def function(parameters: Json, **more: object) -> Json:
    """Return a tool of the Responses API."""
    return {"type": "function", "name": "t", "parameters": parameters, "strict": True, **more}


def text_format(schema: Json) -> Json:
    """Return a strict JSON schema format of the Responses API."""
    return {"format": {"type": "json_schema", "name": "a", "schema": schema, "strict": True}}


@pytest.mark.parametrize(
    ("more", "param", "code"),
    [
        ({"temprature": 1}, "temprature", "unknown_parameter"),
        ({"background": True}, "background", "unsupported_parameter"),
        ({"reasoning": {"effort": "huge"}}, "reasoning.effort", "invalid_value"),
        ({"reasoning": {"budget": 1}}, "reasoning.budget", "unknown_parameter"),
        ({"max_output_tokens": "20"}, "max_output_tokens", "invalid_type"),
        ({"max_output_tokens": 4}, "max_output_tokens", "invalid_value"),
        ({"stream": True}, "stream", "invalid_value"),
        ({"input": [{"role": "tool", "content": "x"}]}, "input[0].role", "invalid_value"),
        ({"input": [{"role": "user"}]}, "input[0].content", "missing_required_parameter"),
        ({"input": [{"type": "image"}]}, "input[0].type", "invalid_value"),
        (
            {"input": [{"role": "user", "content": [{"type": "output_text", "text": "x"}]}]},
            "input[0].content[0].type",
            "invalid_value",
        ),
        ({"input": [{**CALL}]}, "input", None),
        ({"input": [{**OUTPUT}]}, "input", None),
        ({"tools": [{"type": "web_search"}]}, "tools[0].type", "invalid_value"),
        ({"tools": [function({}, extra=1)]}, "tools[0].extra", "unknown_parameter"),
        ({"tools": [function(LOOSE)]}, "tools[0].parameters", "invalid_function_parameters"),
        ({"tools": [function(OPEN)]}, "tools[0].parameters", "invalid_function_parameters"),
        ({"tools": [function(LOOSE, name="a b")]}, "tools[0].name", "invalid_value"),
        ({"text": text_format(LOOSE)}, "text.format.schema", "invalid_json_schema"),
        (
            {"text": {"format": {"type": "json_object"}}, "instructions": "Answer JSON."},
            "input",
            None,
        ),
        ({"tool_choice": {"type": "function", "name": "nope"}}, "tool_choice", None),
        (
            {"previous_response_id": "resp_1"},
            "previous_response_id",
            "previous_response_not_found",
        ),
        ({"metadata": {"k": "v" * 513}}, "metadata", "invalid_value"),
    ],
)
async def test_responses_request_the_vendor_would_refuse_is_400_naming_the_parameter(
    more: Json, param: str, code: str | None
) -> None:
    """A request outside the Responses API is refused in the vendor's form."""
    answer = await post("/v1/responses", {"model": "rules", "input": "hi", **more})

    error = answer.json()["error"]
    assert (400, param, code) == (answer.status_code, error["param"], error["code"])
    assert error["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    ("more", "param", "code"),
    [
        ({"temprature": 1}, "temprature", "unknown_parameter"),
        ({"functions": []}, "functions", "unsupported_parameter"),
        ({"messages": []}, "messages", "empty_array"),
        ({"messages": [{"role": "bot", "content": "x"}]}, "messages[0].role", "invalid_value"),
        ({"messages": [CHAT_CALL]}, "messages[0].role", None),
        (
            {"messages": [{"role": "tool", "content": "x", "tool_call_id": "c1"}]},
            "messages[0].role",
            None,
        ),
        ({"max_tokens": 9, "max_completion_tokens": 9}, "max_tokens", "invalid_value"),
        ({"response_format": {"type": "json_object"}}, "messages", None),
        (
            {"tools": [{"type": "function", "function": {"name": "t", "strict": True}}]},
            "tools[0].function.parameters",
            "invalid_function_parameters",
        ),
        ({"reasoning_effort": "huge"}, "reasoning_effort", "invalid_value"),
        ({"n": 2}, "n", "invalid_value"),
    ],
)
async def test_chat_request_the_vendor_would_refuse_is_400_naming_the_parameter(
    more: Json, param: str, code: str | None
) -> None:
    """A request outside Chat Completions is refused in the vendor's form."""
    body = {"model": "rules", "messages": said("hi"), **more}
    answer = await post("/v1/chat/completions", body)

    error = answer.json()["error"]
    assert (400, param, code) == (answer.status_code, error["param"], error["code"])


@pytest.mark.parametrize(
    ("types", "ours", "left_out"),
    [
        (
            ResponseCreateParamsNonStreaming,
            responses_body.ResponsesBody,
            responses_body.NOT_EMULATED,
        ),
        (CompletionCreateParamsNonStreaming, chat_body.ChatBody, chat_body.NOT_EMULATED),
    ],
    ids=["responses", "chat"],
)
def test_parameters_of_the_sdk_are_each_emulated_or_named_as_left_out(
    types: type, ours: type[BaseModel], left_out: frozenset[str]
) -> None:
    """Every parameter the SDK can send is known here, and nothing else is."""
    assert set(get_type_hints(types)) == set(ours.model_fields) | left_out
