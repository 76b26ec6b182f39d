"""The Chat Completions protocol, inward: body to neutral request."""

from typing import Any

from sandbox.openai.chat_body import (
    NOT_EMULATED,
    Assistant,
    ChatBody,
    FunctionTool,
    NamedChoice,
    PlainFormat,
    SchemaFormat,
    Spoken,
    TextPart,
    ToolCall,
    ToolMessage,
)
from sandbox.openai.conversation import fold, plain_json
from sandbox.openai.errors import ApiError, invalid_value
from sandbox.openai.neutral import Entry, Kind, OutputSchema, Request, ToolOffer
from sandbox.openai.strictness import check_metadata, check_name, check_strict_schema, parse

Json = dict[str, Any]
_ROLES = "'system', 'assistant', 'user', 'tool', and 'developer'"


def read(body: object) -> Request:
    """Return the neutral request.

    Raises:
        ApiError: 400 in the vendor's words when the body is not one the API takes.
    """
    given = parse(ChatBody, body, known=NOT_EMULATED)
    check_metadata(given.metadata)
    if given.stream:
        raise invalid_value("stream", True, "false")  # noqa: FBT003 - the value found, not a flag
    if given.max_tokens is not None and given.max_completion_tokens is not None:
        text = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported."
        raise ApiError(text, param="max_tokens", code="invalid_value")
    if not given.messages:
        text = "Invalid 'messages': empty array. Expected an array with minimum length 1."
        raise ApiError(text, param="messages", code="empty_array")
    tools = tuple(_tool(raw, f"tools[{i}]") for i, raw in enumerate(given.tools))
    said = _entries(given.messages)
    instructions, entries = fold(None, said)
    return Request(
        model=given.model,
        instructions=instructions,
        entries=entries,
        tools=tools,
        output=_format(given.response_format, said),
        tool_choice=_choice(given.tool_choice, tools),
        parallel_calls=given.parallel_tool_calls,
        max_tokens=given.max_completion_tokens or given.max_tokens,
        cache_key=given.prompt_cache_key or "",
    )


def _entries(messages: list[Any]) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    waiting: list[str] = []
    for index, raw in enumerate(messages):
        path = f"messages[{index}]"
        role = raw.get("role") if isinstance(raw, dict) else None
        if role == "tool":
            entries.append(_output(raw, path, waiting))
            continue
        _nothing_waits(waiting, path)
        if role == "assistant":
            found = _assistant(raw, path)
            waiting = [entry.call_id for entry in found if entry.kind is Kind.CALL]
            entries.extend(found)
        elif role in ("system", "developer", "user"):
            spoken = parse(Spoken, raw, path)
            kind = Kind.CUSTOMER if role == "user" else Kind.SYSTEM
            entries.append(Entry(kind=kind, text=_content(spoken.content, path)))
        else:
            raise invalid_value(f"{path}.role", role, _ROLES)
    _nothing_waits(waiting, f"messages[{len(messages) - 1}]")
    return tuple(entries)


def _output(raw: object, path: str, waiting: list[str]) -> Entry:
    done = parse(ToolMessage, raw, path)
    if done.tool_call_id not in waiting:
        text = (
            "Invalid parameter: messages with role 'tool' must be a response to a preceeding "
            "message with 'tool_calls'."
        )
        raise ApiError(text, param=f"{path}.role")
    waiting.remove(done.tool_call_id)
    return Entry(kind=Kind.OUTPUT, text=_content(done.content, path), call_id=done.tool_call_id)


def _nothing_waits(waiting: list[str], path: str) -> None:
    if waiting:
        text = (
            "An assistant message with 'tool_calls' must be followed by tool messages responding "
            "to each 'tool_call_id'. The following tool_call_ids did not have response messages: "
            f"{', '.join(waiting)}"
        )
        raise ApiError(text, param=f"{path}.role")


def _assistant(raw: object, path: str) -> list[Entry]:
    said = parse(Assistant, raw, path)
    text = _content(said.content, path) if said.content is not None else said.refusal or ""
    if said.content is None and said.refusal is None and not said.tool_calls:
        raise ApiError(
            f"Invalid value for 'content': expected a string, got null. ({path})",
            param=f"{path}.content",
        )
    entries = [Entry(kind=Kind.ASSISTANT, text=text)] if text else []
    for index, item in enumerate(said.tool_calls or []):
        call = parse(ToolCall, item, f"{path}.tool_calls[{index}]")
        check_name(call.function.name, f"{path}.tool_calls[{index}].function.name")
        entries.append(
            Entry(
                kind=Kind.CALL,
                text=call.function.arguments,
                name=call.function.name,
                call_id=call.id,
            )
        )
    return entries


def _content(given: str | list[Any], path: str) -> str:
    if isinstance(given, str):
        return given
    words = []
    for index, raw in enumerate(given):
        at = f"{path}.content[{index}]"
        kind = raw.get("type") if isinstance(raw, dict) else None
        if kind != "text":
            raise invalid_value(f"{at}.type", kind, "'text'")
        words.append(parse(TextPart, raw, at).text)
    return "".join(words)


def _tool(raw: object, path: str) -> ToolOffer:
    tool = parse(FunctionTool, raw, path).function
    check_name(tool.name, f"{path}.function.name")
    if tool.strict:
        check_strict_schema(tool.parameters, tool.name, f"{path}.function.parameters", "function")
    return ToolOffer(name=tool.name, parameters=tool.parameters)


def _format(given: Json | None, said: tuple[Entry, ...]) -> OutputSchema | None:
    if given is None:
        return None
    if given.get("type") != "json_schema":
        plain = parse(PlainFormat, given, "response_format")
        return plain_json(said, "", "messages") if plain.type == "json_object" else None
    wanted = parse(SchemaFormat, given, "response_format").json_schema
    check_name(wanted.name, "response_format.json_schema.name")
    if wanted.strict:
        check_strict_schema(wanted.schema_, wanted.name, "response_format", "response_format")
    return OutputSchema(name=wanted.name, body=wanted.schema_)


def _choice(given: str | Json | None, tools: tuple[ToolOffer, ...]) -> str:
    if given is None or isinstance(given, str):
        if given not in (None, "auto", "none", "required"):
            raise invalid_value("tool_choice", given, "'none', 'auto', and 'required'")
        return given or "auto"
    name = parse(NamedChoice, given, "tool_choice").function.name
    if all(tool.name != name for tool in tools):
        text = f"Tool choice 'function' not found in 'tools' parameter: {name}."
        raise ApiError(text, param="tool_choice")
    return name
