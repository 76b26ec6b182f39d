"""Chat Completions, the protocol every OpenAI-compatible server shares."""

from typing import assert_never

from providers.llm.base import (
    AgentSaid,
    CustomerSaid,
    Instruction,
    ModelItem,
    ModelReply,
    ModelRequest,
    ToolAnswered,
    ToolCalled,
)
from providers.llm.openai_call import RawAnswer, read_answer, schema_in_words
from providers.llm.openai_chat_answer import ChatAnswer
from providers.llm.openai_model import Json, OpenAIModel
from providers.llm.openai_options import ModelOptions
from providers.llm.openai_text import clean_arguments, clean_body, clean_name


class ChatModel(OpenAIModel):
    """Speaks ``POST /chat/completions`` of the OpenAI API reference."""

    name = "chat"
    path = "/chat/completions"

    def body_of(self, request: ModelRequest) -> Json:
        """Return the exact JSON of one request."""
        return build_body(request, self.options)

    def read(self, raw: RawAnswer) -> ModelReply:
        """Return the neutral answer in a 2xx."""
        return read_answer(raw, ChatAnswer).to_reply(raw.request_id)


def build_body(request: ModelRequest, options: ModelOptions) -> Json:
    """Return the exact JSON of one request.

    Args:
        request: Neutral request.
        options: What the endpoint understands.

    Returns:
        Body of ``POST /chat/completions``, stable parts unchanged from turn to turn: they cache.
    """
    instructions = request.instructions
    if request.output is not None and not options.json_schema:
        instructions += f"\n\n{schema_in_words(request.output)}"
    body: Json = {
        "model": request.model,
        "messages": [{"role": "system", "content": instructions}, *_messages(request.items)],
        options.token_param.value: request.max_output_tokens,
    }
    if options.hosted:
        body["store"] = False
        body["prompt_cache_key"] = request.cache_key
        body["safety_identifier"] = request.safety_id
    if options.reasoning is not None:
        body["reasoning_effort"] = options.reasoning.value
    if request.tools:
        body["tools"] = [
            {
                "type": "function",
                "function": {
                    "name": tool.name,
                    "description": tool.description,
                    "parameters": tool.parameters,
                    **({"strict": True} if options.strict else {}),
                },
            }
            for tool in request.tools
        ]
        if options.parallel_tools:
            body["parallel_tool_calls"] = False
    if request.output is not None:
        body["response_format"] = _response_format(request, options)
    return clean_body(body)


def _response_format(request: ModelRequest, options: ModelOptions) -> Json:
    if request.output is None or not options.json_schema:
        return {"type": "json_object"}
    return {
        "type": "json_schema",
        "json_schema": {
            "name": request.output.name,
            "schema": request.output.json_schema,
            **({"strict": True} if options.strict else {}),
        },
    }


def _messages(items: tuple[ModelItem, ...]) -> list[Json]:
    """Return the items as messages; tool calls in a row are one message, as they were made."""
    messages: list[Json] = []
    for item in items:
        if isinstance(item, ToolCalled):
            if not (messages and "tool_calls" in messages[-1]):
                messages.append({"role": "assistant", "tool_calls": []})
            messages[-1]["tool_calls"].append(_tool_call(item))
        else:
            messages.append(_message(item))
    return messages


def _message(item: CustomerSaid | AgentSaid | Instruction | ToolAnswered) -> Json:
    match item:
        case CustomerSaid(text=text):
            return {"role": "user", "content": text}
        case AgentSaid(text=text):
            return {"role": "assistant", "content": text}
        case Instruction(text=text):
            return {"role": "system", "content": text}
        case ToolAnswered(call_id=call_id, text=text):
            return {"role": "tool", "tool_call_id": call_id, "content": text}
        case _:
            assert_never(item)


def _tool_call(item: ToolCalled) -> Json:
    function = {"name": clean_name(item.name), "arguments": clean_arguments(item.arguments)}
    return {"id": item.call_id, "type": "function", "function": function}
