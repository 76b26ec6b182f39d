"""How Klaviyo refuses: JSON:API errors with a code and the place at fault."""

import secrets
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

JSON_API = "application/vnd.api+json"
_TITLES = {
    400: "Invalid input.",
    401: "Authentication credentials were not provided.",
    403: "You do not have permission to perform this action.",
    404: "Not found.",
    405: "Method not allowed.",
    415: "Unsupported media type.",
    429: "Request was throttled.",
}
_CODES = {400: "invalid", 403: "permission_denied", 404: "not_found", 405: "method_not_allowed"}


class RefusedError(Exception):
    """A request Klaviyo does not carry out; each fault is a place in the body and a sentence."""

    def __init__(
        self,
        status: int,
        code: str,
        *faults: tuple[str, str],
        parameter: bool = False,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.faults = faults
        self.place = "parameter" if parameter else "pointer"
        self.headers = headers or {}


async def answer_refusal(_request: Request, error: Exception) -> Response:
    """Answer a refusal as Klaviyo writes it, one error for each fault."""
    if not isinstance(error, RefusedError):
        raise error
    errors = [
        {
            "id": str(UUID(bytes=secrets.token_bytes(16))),
            "status": error.status,
            "code": error.code,
            "title": _TITLES.get(error.status, "Error."),
            "detail": detail,
            "source": {error.place: place},
            "links": {},
            "meta": {},
        }
        for place, detail in error.faults
    ]
    return JSONResponse(
        {"errors": errors}, error.status, headers=error.headers, media_type=JSON_API
    )


async def answer_http_error(request: Request, error: Exception) -> Response:
    """Answer an unknown path or method in the same form."""
    if not isinstance(error, HTTPException):
        raise error
    code = _CODES.get(error.status_code, "invalid")
    refused = RefusedError(error.status_code, code, ("/data/", str(error.detail)))
    return await answer_refusal(request, refused)
