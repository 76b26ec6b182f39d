"""Twilio's refusals, in Twilio's own error shape."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

_CODES = {404: 20404, 405: 20004}

CARRIER_MESSAGES = {
    30001: "Queue overflow",
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
    30034: "Message from an unregistered number",
}


class RefusedError(Exception):
    """A request Twilio refuses; ``code`` is its error code, ``status`` the HTTP status.

    Source: Twilio's public list of error codes.
    """

    def __init__(self, code: int, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


def invalid_parameter(name: str, reason: str) -> RefusedError:
    """Return the refusal of one parameter, by name."""
    return RefusedError(20001, f"Invalid parameter {name}: {reason}")


def not_found(request: Request) -> RefusedError:
    """Return the refusal of a resource that does not exist."""
    return RefusedError(20404, f"The requested resource {request.url.path} was not found", 404)


async def answer_refusal(_request: Request, error: Exception) -> Response:
    """Answer a `RefusedError` as Twilio words it."""
    if not isinstance(error, RefusedError):
        raise error
    headers = {"WWW-Authenticate": 'Basic realm="Twilio API"'} if error.status == 401 else None
    return JSONResponse(_body(error.code, str(error), error.status), error.status, headers)


async def answer_http_error(_request: Request, error: Exception) -> Response:
    """Answer an unknown path or method in the same shape."""
    if not isinstance(error, HTTPException):
        raise error
    code = _CODES.get(error.status_code, 20001)
    return JSONResponse(
        _body(code, error.detail, error.status_code), error.status_code, error.headers
    )


def _body(code: int, message: str, status: int) -> dict[str, Any]:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return {"code": code, "message": message, "more_info": more, "status": status}
