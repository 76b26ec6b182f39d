"""What an OpenAI-compatible endpoint's refusals mean for us."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import openai

from domain.errors import (
    ProviderError,
    ProviderMisconfigured,
    ProviderRejected,
    ProviderThrottled,
    ProviderUnavailable,
)
from providers.http_message import HttpAnswer, retry_after

Clock = Callable[[], datetime]

_QUOTA_CODES = frozenset({"insufficient_quota", "billing_not_active", "billing_hard_limit_reached"})


def translate_error(
    error: openai.APIError, provider: str, operation: str, now: Clock
) -> ProviderError:
    """Return the error of ours that says who must act.

    The vendor's own message is left out: it repeats parts of the request.

    Args:
        error: As raised by the vendor's library.
        provider: Name of the adapter.
        operation: What was tried.
        now: Clock, for a Retry-After given as a date.

    Returns:
        The error to raise.

    Source: platform error codes of OpenAI; 408 and 409 are what its own library retries.
    """
    if isinstance(error, openai.APITimeoutError):
        return ProviderUnavailable(provider, operation, "no answer in time")
    if not isinstance(error, openai.APIStatusError):
        return ProviderUnavailable(provider, operation, "connection lost")
    status = error.status_code
    label = _label(error)
    if status == 429 and not _QUOTA_CODES & {str(error.code), str(error.type)}:
        return ProviderThrottled(provider, operation, _wait(error.response.headers, now()))
    if status in (401, 402, 403, 404, 429):
        return ProviderMisconfigured(provider, operation, label)
    if status in (408, 409) or status >= 500:
        return ProviderUnavailable(provider, operation, label)
    return ProviderRejected(provider, operation, error.code or str(status), label)


def _wait(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return how long the endpoint asks to wait; OpenAI's header in milliseconds is the finer."""
    try:
        return max(timedelta(milliseconds=float(headers["retry-after-ms"])), timedelta(0))
    except (KeyError, ValueError, OverflowError):
        lower = {name.lower(): value for name, value in headers.items()}
        return retry_after(HttpAnswer(status=429, headers=lower, body=b""), now)


def _label(error: openai.APIStatusError) -> str:
    parts = [f"HTTP {error.status_code}", error.code or error.type, error.param]
    if error.request_id:
        parts.append(f"request {error.request_id}")
    return " ".join(str(p) for p in parts if p)
