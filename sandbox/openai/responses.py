"""The Responses protocol, inward: body to neutral request."""

from typing import Any

from sandbox.openai.conversation import fold, plain_json
from sandbox.openai.errors import ApiError, invalid_value
from sandbox.openai.neutral import Entry, Kind, OutputSchema, Request, ToolOffer
from sandbox.openai.responses_body import (
    NOT_EMULATED,
    FunctionTool,
    JsonSchemaFormat,
    NamedChoice,
    PlainFormat,
    ResponsesBody,
    Text,
)
from sandbox.openai.responses_items import (
    FunctionCall,
    FunctionCallOutput,
    InputText,
    Message,
    OutputText,
    ReasoningItem,
    Refusal,
)
from sandbox.openai.strictness import check_metadata, check_name, check_strict_schema, parse

Json = dict[str, Any]
_ITEMS = "'message', 'function_call', 'function_call_output', and 'reasoning'"
_KINDS = {
    "user": Kind.CUSTOMER,
    "assistant": Kind.ASSISTANT,
    "system": Kind.SYSTEM,
    "developer": Kind.SYSTEM,
}


def read(body: object) -> Request:
    """Return the neutral request.

    Raises:
        ApiError: 400 in the vendor's words when the body is not one the API takes.
    """
    given = parse(ResponsesBody, body, known=NOT_EMULATED)
    check_metadata(given.metadata)
    if given.stream:
        raise invalid_value("stream", True, "false")  # noqa: FBT003 - the value found, not a flag
    if given.previous_response_id is not None:
        text = f"Previous response with id '{given.previous_response_id}' not found."
        raise ApiError(text, param="previous_response_id", code="previous_response_not_found")
    tools = tuple(_tool(raw, f"tools[{i}]") for i, raw in enumerate(given.tools))
    entries = _entries(given.input)
    _check_pairs(entries)
    output = _format(given.text or Text(), given.instructions or "", entries)
    instructions, entries = fold(given.instructions, entries)
    return Request(
        model=given.model,
        instructions=instructions,
        entries=entries,
        tools=tools,
        output=output,
        tool_choice=_choice(given.tool_choice, tools),
        parallel_calls=given.parallel_tool_calls is not False,
        max_tokens=given.max_output_tokens,
        cache_key=given.prompt_cache_key or "",
    )


def _entries(given: str | list[Any]) -> tuple[Entry, ...]:
    if isinstance(given, str):
        return (Entry(kind=Kind.CUSTOMER, text=given),)
    found = (_entry(raw, f"input[{index}]") for index, raw in enumerate(given))
    return tuple(entry for entry in found if entry is not None)


def _entry(raw: object, path: str) -> Entry | None:
    kind = raw.get("type", "message") if isinstance(raw, dict) else "message"
    match kind:
        case "message":
            message = parse(Message, raw, path)
            text = _content(message.content, path, answered=message.role == "assistant")
            return Entry(kind=_KINDS[message.role], text=text)
        case "function_call":
            call = parse(FunctionCall, raw, path)
            check_name(call.name, f"{path}.name")
            return Entry(kind=Kind.CALL, text=call.arguments, name=call.name, call_id=call.call_id)
        case "function_call_output":
            done = parse(FunctionCallOutput, raw, path)
            text = _content(done.output, path, answered=False, key="output")
            return Entry(kind=Kind.OUTPUT, text=text, call_id=done.call_id)
        case "reasoning":
            parse(ReasoningItem, raw, path)
            return None
        case _:
            raise invalid_value(f"{path}.type", kind, _ITEMS)


def _content(given: str | list[Any], path: str, *, answered: bool, key: str = "content") -> str:
    if isinstance(given, str):
        return given
    words = []
    for index, raw in enumerate(given):
        at = f"{path}.{key}[{index}]"
        kind = raw.get("type") if isinstance(raw, dict) else None
        if not answered and kind == "input_text":
            words.append(parse(InputText, raw, at).text)
        elif answered and kind == "output_text":
            words.append(parse(OutputText, raw, at).text)
        elif answered and kind == "refusal":
            words.append(parse(Refusal, raw, at).refusal)
        else:
            wanted = "'output_text' and 'refusal'" if answered else "'input_text'"
            raise invalid_value(f"{at}.type", kind, wanted)
    return "".join(words)


def _check_pairs(entries: tuple[Entry, ...]) -> None:
    called: set[str] = set()
    answered = {entry.call_id for entry in entries if entry.kind is Kind.OUTPUT}
    for entry in entries:
        if entry.kind is Kind.CALL:
            if entry.call_id not in answered:
                text = f"No tool output found for function call {entry.call_id}."
                raise ApiError(text, param="input")
            called.add(entry.call_id)
        elif entry.kind is Kind.OUTPUT and entry.call_id not in called:
            text = f"No tool call found for function call output with call_id {entry.call_id}."
            raise ApiError(text, param="input")


def _tool(raw: object, path: str) -> ToolOffer:
    kind = raw.get("type") if isinstance(raw, dict) else None
    if kind != "function":
        raise invalid_value(f"{path}.type", kind, "'function'")
    tool = parse(FunctionTool, raw, path)
    check_name(tool.name, f"{path}.name")
    schema = tool.parameters or {}
    if tool.strict:
        check_strict_schema(schema, tool.name, f"{path}.parameters", "function")
    return ToolOffer(name=tool.name, parameters=schema)


def _format(given: Text, instructions: str, entries: tuple[Entry, ...]) -> OutputSchema | None:
    if given.format is None:
        return None
    if given.format.get("type") != "json_schema":
        plain = parse(PlainFormat, given.format, "text.format")
        return plain_json(entries, instructions, "input") if plain.type == "json_object" else None
    wanted = parse(JsonSchemaFormat, given.format, "text.format")
    check_name(wanted.name, "text.format.name")
    if wanted.strict:
        check_strict_schema(wanted.schema_, wanted.name, "text.format.schema", "response_format")
    return OutputSchema(name=wanted.name, body=wanted.schema_)


def _choice(given: str | Json | None, tools: tuple[ToolOffer, ...]) -> str:
    if given is None or isinstance(given, str):
        if given not in (None, "auto", "none", "required"):
            raise invalid_value("tool_choice", given, "'none', 'auto', and 'required'")
        return given or "auto"
    name = parse(NamedChoice, given, "tool_choice").name
    if all(tool.name != name for tool in tools):
        text = f"Tool choice 'function' not found in 'tools' parameter: {name}."
        raise ApiError(text, param="tool_choice")
    return name
