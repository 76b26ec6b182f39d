"""What a GraphQL answer says: data, errors, or both; and what its errors mean for us."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from pydantic import BaseModel, Field, JsonValue, ValidationError, field_validator

from domain.errors import (
    ProviderError,
    ProviderMisconfigured,
    ProviderRejected,
    ProviderThrottled,
    ProviderUnavailable,
)
from providers.commerce.shopify.access import PROVIDER
from providers.commerce.shopify.node import Node

M = TypeVar("M", bound=BaseModel)

_LEAST_WAIT = timedelta(seconds=1)
_THEIR_FAULT = frozenset({"INTERNAL_SERVER_ERROR", "TIMEOUT", "SERVICE_UNAVAILABLE"})


class _Details(Node):
    code: str = ""
    required_access: str = ""


class GraphqlError(Node):
    """One entry of ``errors``.

    Attributes:
        message: The vendor's sentence; it may repeat arguments, so it is never logged.
        path: Field names and indexes from the root; empty for the whole document.
        extensions: Code and, for a missing permission, what would be needed.
    """

    message: str = ""
    path: tuple[str | int, ...] = ()
    extensions: _Details = _Details()

    @field_validator("path", mode="before")
    @classmethod
    def _absent_is_empty(cls, value: object) -> object:
        return () if value is None else value

    @property
    def code(self) -> str:
        """The vendor's code, "ERROR" when it gives none."""
        return self.extensions.code or "ERROR"

    @property
    def place(self) -> str:
        """The field, dotted, without indexes."""
        return ".".join(step for step in self.path if isinstance(step, str)) or "the request"


class _Throttle(Node):
    currently_available: float = 0
    restore_rate: float = 0


class _Cost(Node):
    requested_query_cost: float = 0
    throttle_status: _Throttle = _Throttle()

    def wait(self) -> timedelta:
        """Return how long the bucket needs to hold this request, at least a second."""
        throttle = self.throttle_status
        if throttle.restore_rate <= 0:
            return _LEAST_WAIT
        missing = self.requested_query_cost - throttle.currently_available
        return max(timedelta(seconds=missing / throttle.restore_rate), _LEAST_WAIT)


class _Extensions(Node):
    cost: _Cost = _Cost()


class GraphqlAnswer(Node):
    """One answer.

    Attributes:
        data: What was found, None when nothing could be run.
        errors: What went wrong; parts of the data may be usable all the same.
        extensions: Costs.
    """

    data: dict[str, JsonValue] | None = None
    errors: tuple[GraphqlError, ...] = Field(default=())
    extensions: _Extensions = _Extensions()

    @field_validator("errors", mode="before")
    @classmethod
    def _sentence_is_an_error(cls, value: object) -> object:
        if value is None:
            return ()
        return [{"message": str(value)}] if isinstance(value, str | dict) else value

    def read(self, operation: str, shape: type[M]) -> M:
        """Return the data as a shape, whatever errors stand beside it, when all it needs is there.

        Args:
            operation: For errors.
            shape: What is needed; its optional fields may be missing.

        Raises:
            ProviderThrottled: The bucket was too empty; says how long it takes to fill.
            ProviderMisconfigured: A permission is missing for something needed; it is named.
            ProviderRejected: Shopify refused the request; its code is told.
            ProviderUnavailable: Shopify failed, or answered in another shape.
        """
        if any(error.code == "THROTTLED" for error in self.errors):
            raise ProviderThrottled(PROVIDER, operation, self.extensions.cost.wait())
        fatal = [e for e in self.errors if self.data is None or len(e.path) <= 1]
        if fatal:
            raise _error(operation, fatal)
        try:
            return shape.model_validate(self.data)
        except ValidationError as error:
            if self.errors:
                raise _error(operation, self.errors) from error
            place = ".".join(map(str, error.errors()[0]["loc"])) or "data"
            problem = f"the answer has an unexpected shape at {place}"
            raise ProviderUnavailable(PROVIDER, operation, problem) from None


def denied(operation: str, errors: Sequence[GraphqlError]) -> ProviderMisconfigured | None:
    """Return the error that names the first missing permission, None when none is missing."""
    for error in errors:
        if error.code == "ACCESS_DENIED":
            needs = error.extensions.required_access or "approval for protected customer data"
            return ProviderMisconfigured(
                PROVIDER, operation, f"no access to {error.place}: needs {needs}"
            )
    return None


def _error(operation: str, errors: Sequence[GraphqlError]) -> ProviderError:
    first = errors[0]
    missing = denied(operation, errors)
    if missing is not None:
        return missing
    if first.code in _THEIR_FAULT:
        return ProviderUnavailable(PROVIDER, operation, f"{first.code} at {first.place}")
    return ProviderRejected(PROVIDER, operation, first.code, f"at {first.place}")
