"""The only place that knows how a failure is told to Temporal.

Temporal matches error types by name, never by ancestor, so that retryability is set here, where
the class is known. Messages carry ids, never bodies. What no one foresaw passes as it is; its
words, and all source, are kept out of histories by the converter in `runtime/failure_converter.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from temporalio.exceptions import ApplicationError

from domain.errors import (
    AgentError,
    ModelOutputError,
    ProviderThrottled,
    ProviderUnavailable,
    StoreUnavailable,
)

_RETRIED = (ProviderUnavailable, StoreUnavailable, ModelOutputError)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the product's errors into errors that Temporal retries, or does not.

    Raises:
        ApplicationError: In place of any `AgentError`; the type is the class's name.
    """
    try:
        yield
    except AgentError as error:
        raise failure(error) from None


def failure(error: AgentError) -> ApplicationError:
    """Return the failure that tells Temporal what to do about an error."""
    kind = type(error).__name__
    if isinstance(error, ProviderThrottled):
        return ApplicationError(str(error), type=kind, next_retry_delay=error.retry_after)
    retried = isinstance(error, _RETRIED)
    return ApplicationError(str(error), type=kind, non_retryable=not retried)
