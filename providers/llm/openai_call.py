"""One call through the vendor's library: our errors out, the answer's bytes back, unparsed."""

import json
from collections.abc import Awaitable
from typing import NamedTuple, TypeVar

import httpx
import openai
from pydantic import JsonValue, ValidationError

from domain.errors import ModelOutputError
from domain.values import ForeignValue
from providers.llm.base import AgentSaid, CustomerSaid, LanguageModel, ModelRequest, OutputSchema
from providers.llm.openai_errors import Clock, translate_error
from providers.llm.openai_text import clean_json

A = TypeVar("A", bound=ForeignValue)


class RawAnswer(NamedTuple):
    """An answer of the endpoint, unparsed.

    Attributes:
        content: The body as received.
        request_id: The vendor's id of the request.
    """

    content: bytes
    request_id: str | None


async def call(
    pending: Awaitable[httpx.Response], provider: str, operation: str, now: Clock
) -> RawAnswer:
    """Await one request of the library.

    Args:
        pending: The request.
        provider: Name of the adapter, for errors.
        operation: What is tried, for errors.
        now: Clock, for a Retry-After given as a date.

    Returns:
        The answer of a 2xx, unparsed.

    Raises:
        ProviderError: Whatever went wrong, by who must act.
    """
    try:
        answer = await pending
    except openai.APIError as error:
        raise translate_error(error, provider, operation, now) from error
    return RawAnswer(answer.content, answer.headers.get("x-request-id"))


def read_answer(raw: RawAnswer, shape: type[A]) -> A:
    """Parse an answer's body; the library itself would hand on whatever it got.

    Args:
        raw: The answer.
        shape: What it must look like.

    Returns:
        The parsed body, its texts cleaned.

    Raises:
        ModelOutputError: It is no JSON object of that shape; the body is not repeated.
    """
    try:
        body: JsonValue = json.loads(raw.content)
        return shape.model_validate(clean_json(body))
    except ValidationError as error:
        place = ".".join(str(step) for step in error.errors()[0]["loc"]) or "the body"
        raise ModelOutputError(f"{_who(raw)}: {place} is not as agreed") from error
    except (ValueError, RecursionError) as error:
        raise ModelOutputError(f"{_who(raw)}: the body is not JSON") from error


def _who(raw: RawAnswer) -> str:
    return f"model answer of request {raw.request_id or 'without id'}"


def schema_in_words(output: OutputSchema) -> str:
    """Return the answer's schema as an instruction, for endpoints that cannot be bound to one.

    Args:
        output: The agreed shape.

    Returns:
        A sentence with the word JSON, which plain JSON mode demands.
    """
    schema = json.dumps(output.json_schema, sort_keys=True)
    return f"Answer with one JSON object that follows this schema: {schema}"


async def ask_for_ok(model: LanguageModel, name: str) -> str:
    """Ask the model for one word and say who answered.

    Args:
        model: Adapter to try.
        name: The vendor's model name.

    Returns:
        One sentence.

    Raises:
        ProviderError: The endpoint does not answer.
        ModelOutputError: It answers something else.
    """
    reply = await model.complete(
        ModelRequest(
            model=name,
            instructions="This is a connection test. Answer with the word ok.",
            items=(
                CustomerSaid(text="Are you there?"),
                AgentSaid(text="ok"),
                CustomerSaid(text="?"),
            ),
            max_output_tokens=16,
            cache_key="check",
            safety_id="check",
        )
    )
    return f"{model.name}: {reply.model or name} answers"
