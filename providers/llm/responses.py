"""The OpenAI Responses API, stateless: nothing is stored at the vendor, the items are ours."""

from typing import assert_never

from pydantic import JsonValue

from domain.errors import ProviderUnavailable
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
from providers.llm.openai_model import Json, OpenAIModel
from providers.llm.openai_options import ModelOptions
from providers.llm.openai_responses_answer import ResponsesAnswer
from providers.llm.openai_text import clean_arguments, clean_body, clean_name


class ResponsesModel(OpenAIModel):
    """Speaks ``POST /responses`` of the OpenAI API reference."""

    name = "responses"
    path = "/responses"

    def body_of(self, request: ModelRequest) -> Json:
        """Return the exact JSON of one request."""
        return build_body(request, self.options)

    def read(self, raw: RawAnswer) -> ModelReply:
        """Return the neutral answer in a 2xx, which may tell of a failure all the same."""
        answer = read_answer(raw, ResponsesAnswer)
        if answer.failure:
            raise ProviderUnavailable(self.name, "complete", answer.failure)
        return answer.to_reply(raw.request_id)


def build_body(request: ModelRequest, options: ModelOptions) -> Json:
    """Return the exact JSON of one request.

    Args:
        request: Neutral request.
        options: What the endpoint understands.

    Returns:
        Body of ``POST /responses``, stable parts unchanged from turn to turn so that they cache.
    """
    body: Json = {
        "model": request.model,
        "instructions": request.instructions,
        "input": [_item(item) for item in request.items],
        "max_output_tokens": request.max_output_tokens,
    }
    if options.hosted:
        body["store"] = False
        body["prompt_cache_key"] = request.cache_key
        body["safety_identifier"] = request.safety_id
    if options.reasoning is not None:
        body["reasoning"] = {"effort": options.reasoning.value}
    if options.thinks and options.hosted:
        # Nothing is stored, so thoughts can only be had in this form.
        body["include"] = ["reasoning.encrypted_content"]
    if request.tools:
        body["tools"] = [
            {
                "type": "function",
                "name": tool.name,
                "description": tool.description,
                "parameters": tool.parameters,
                "strict": options.strict,
            }
            for tool in request.tools
        ]
        if options.parallel_tools:
            body["parallel_tool_calls"] = False
    _bind_output(body, request, options)
    return clean_body(body)


def _bind_output(body: Json, request: ModelRequest, options: ModelOptions) -> None:
    if request.output is None:
        return
    if not options.json_schema:
        # Plain JSON mode looks for the word JSON in the input; instructions do not count.
        body["input"].insert(0, {"role": "developer", "content": schema_in_words(request.output)})
        body["text"] = {"format": {"type": "json_object"}}
        return
    body["text"] = {
        "format": {
            "type": "json_schema",
            "name": request.output.name,
            "schema": request.output.json_schema,
            "strict": options.strict,
        }
    }


def _item(item: ModelItem) -> dict[str, JsonValue]:
    match item:
        case CustomerSaid(text=text):
            return {"role": "user", "content": text}
        case AgentSaid(text=text):
            return {"role": "assistant", "content": text}
        case Instruction(text=text):
            return {"role": "developer", "content": text}
        case ToolCalled(call_id=call_id, name=name, arguments=arguments):
            return {
                "type": "function_call",
                "call_id": call_id,
                "name": clean_name(name),
                "arguments": clean_arguments(arguments),
            }
        case ToolAnswered(call_id=call_id, text=text):
            return {"type": "function_call_output", "call_id": call_id, "output": text}
        case _:
            assert_never(item)
