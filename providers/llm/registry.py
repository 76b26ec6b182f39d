"""The model protocols we speak, by name: the only place that knows their adapters."""

from collections.abc import Callable, Mapping

import httpx
from pydantic import ValidationError

from domain.errors import ConfigurationError
from providers.llm.base import LanguageModel
from providers.llm.chat import ChatModel
from providers.llm.openai_errors import Clock
from providers.llm.openai_options import ModelOptions
from providers.llm.responses import ResponsesModel

Builder = Callable[[ModelOptions, Clock, httpx.AsyncClient | None], LanguageModel]

BUILDERS: Mapping[str, Builder] = {"chat": ChatModel, "responses": ResponsesModel}


def build_model(
    adapter: str,
    options: Mapping[str, object],
    now: Clock,
    http: httpx.AsyncClient | None = None,
) -> LanguageModel:
    """Return the adapter of a protocol.

    Args:
        adapter: ``responses`` for OpenAI and Azure, ``chat`` for compatible servers.
        options: The fields of `ModelOptions`.
        now: Clock, aware UTC.
        http: Transport; None lets the vendor's library open its own.

    Raises:
        ConfigurationError: Unknown protocol, or options that are missing or wrong; names them,
            never their values.
    """
    builder = BUILDERS.get(adapter)
    if builder is None:
        known = ", ".join(sorted(BUILDERS))
        raise ConfigurationError(f"model adapter {adapter!r} is unknown; choose one of: {known}")
    try:
        return builder(ModelOptions.model_validate(options), now, http)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'options'}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_url=False)
        )
        raise ConfigurationError(f"model adapter {adapter}: {faults}") from None
