"""The vendor's error body and the refusals the emulator speaks."""

from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """One refusal: HTTP status, ``{"error": {message, type, param, code}}`` and its headers."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        param: str | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers: dict[str, str] = {}
        self.body: Json = {
            "error": {"message": message, "type": kind, "param": param, "code": code}
        }


def unknown_parameter(param: str) -> ApiError:
    """Return the refusal of a key the API does not have."""
    return ApiError(f"Unknown parameter: '{param}'.", param=param, code="unknown_parameter")


def unsupported_parameter(param: str) -> ApiError:
    """Return the refusal of a key the API has and this stand-in does not emulate."""
    return ApiError(
        f"Unsupported parameter: '{param}' is not emulated by the sandbox's scripted model.",
        param=param,
        code="unsupported_parameter",
    )


def invalid_value(param: str, given: object, supported: str) -> ApiError:
    """Return the refusal of a value outside a closed set."""
    return ApiError(
        f"Invalid value: '{given}'. Supported values are: {supported}.",
        param=param,
        code="invalid_value",
    )


def invalid_type(param: str, expected: str) -> ApiError:
    """Return the refusal of a value of the wrong JSON type."""
    return ApiError(
        f"Invalid type for '{param}': expected {expected}.", param=param, code="invalid_type"
    )


def model_not_found(model: str) -> ApiError:
    """Return the 404 of a model name the sandbox has no mode for."""
    return ApiError(
        f"The model `{model}` does not exist or you do not have access to it.",
        status=404,
        code="model_not_found",
    )


def bad_key(given: str | None) -> ApiError:
    """Return the 401 of a missing or wrong key; the key is never repeated in full."""
    if given is None:
        text = "You didn't provide an API key. Send it as 'Authorization: Bearer YOUR_KEY'."
        return ApiError(text, status=401)
    text = f"Incorrect API key provided: {given[:3]}***."
    return ApiError(text, status=401, code="invalid_api_key")


def rate_limited(retry_after_seconds: int) -> ApiError:
    """Return the 429 of the request limit, with ``retry-after`` in seconds."""
    error = ApiError(
        f"Rate limit reached. Please try again in {retry_after_seconds}s.",
        status=429,
        kind="requests",
        code="rate_limit_exceeded",
    )
    error.headers["retry-after"] = str(retry_after_seconds)
    return error


def server_error() -> ApiError:
    """Return the vendor's 500."""
    text = "The server had an error while processing your request. Sorry about that!"
    return ApiError(text, status=500, kind="server_error")
