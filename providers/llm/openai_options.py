"""What an OpenAI-compatible endpoint is told and what it can do, and the client for it."""

from enum import StrEnum

import httpx
from openai import AsyncOpenAI
from pydantic import Field, SecretStr

from domain.values import Value


class ReasoningEffort(StrEnum):
    """How long a reasoning model may think; which ones a model takes is the vendor's choice."""

    NONE = "none"
    MINIMAL = "minimal"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    XHIGH = "xhigh"
    MAX = "max"


class TokenParam(StrEnum):
    """The name Chat Completions servers give the limit of an answer."""

    MAX_TOKENS = "max_tokens"
    MAX_COMPLETION_TOKENS = "max_completion_tokens"


class ModelOptions(Value):
    """One endpoint and what it understands; what it does not understand is never sent.

    Attributes:
        base_url: Up to and including the version, without a slash at the end.
        api_key: Bearer token; any word for a server that asks for none.
        timeout_seconds: For one whole call; the activity retries, the client never does.
        strict: Tool and answer schemas may be marked strict.
        json_schema: Answers can be bound to a schema; otherwise the schema is told in words and
            the endpoint's plain JSON mode is used.
        parallel_tools: The parameter ``parallel_tool_calls`` is known; it is always sent false.
        reasoning: Effort to ask for; None leaves the parameter out.
        token_param: Name of the answer's limit, Chat Completions only.
        hosted: ``store``, ``prompt_cache_key`` and ``safety_identifier`` are known, as OpenAI and
            Azure do; self-hosted servers may refuse them.
    """

    base_url: str = "https://api.openai.com/v1"
    api_key: SecretStr
    timeout_seconds: float = Field(default=25.0, gt=0)
    strict: bool = True
    json_schema: bool = True
    parallel_tools: bool = True
    reasoning: ReasoningEffort | None = None
    token_param: TokenParam = TokenParam.MAX_COMPLETION_TOKENS
    hosted: bool = True

    @property
    def thinks(self) -> bool:
        """Whether reasoning is on."""
        return self.reasoning not in (None, ReasoningEffort.NONE)


def open_client(options: ModelOptions, http: httpx.AsyncClient | None) -> AsyncOpenAI:
    """Return the vendor's client with its own retries off.

    Args:
        options: Endpoint and key.
        http: Transport to use; None lets the vendor's library open its own.

    Returns:
        A client whose every failure reaches the caller once.
    """
    # The library documents that it takes either generation of httpx and only types the newer.
    return AsyncOpenAI(
        api_key=options.api_key.get_secret_value(),
        base_url=options.base_url,
        timeout=options.timeout_seconds,
        max_retries=0,
        http_client=http,  # type: ignore[arg-type]
    )
