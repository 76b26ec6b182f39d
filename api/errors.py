"""The only place that knows status codes: errors as problem+json (RFC 9457)."""

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from domain.errors import (
    BadSignature,
    ConfigurationError,
    MalformedWebhook,
    RuleBroken,
    StoreUnavailable,
    UnknownNumber,
)

_log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """One problem, as every error of the API is answered.

    Attributes:
        type: Stable word for the kind of problem.
        title: One sentence.
        status: HTTP status.
        detail: What to do about it, None when there is nothing to add.
        field: Parameter or header at fault, None when there is none.
    """

    type: str
    title: str
    status: int
    detail: str | None = None
    field: str | None = None


def answer_problem(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return a problem as a response."""
    return JSONResponse(
        problem.model_dump(exclude_none=True),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=headers,
    )


def install_error_handlers(app: FastAPI) -> None:
    """Render every error of the product, and FastAPI's own, as problem+json."""
    app.add_exception_handler(BadSignature, _bad_signature)
    app.add_exception_handler(MalformedWebhook, _malformed)
    app.add_exception_handler(UnknownNumber, _unknown_number)
    app.add_exception_handler(StoreUnavailable, _store_unavailable)
    app.add_exception_handler(RuleBroken, _refused)
    app.add_exception_handler(ConfigurationError, _misconfigured)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)


def _bad_signature(_request: Request, _error: Exception) -> Response:
    # Which check failed is nobody's business.
    return answer_problem(Problem(type="forbidden", title="Not accepted.", status=403))


def _malformed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, MalformedWebhook)  # noqa: S101  (registered for it alone)
    return answer_problem(
        Problem(
            type="malformed",
            title="The request cannot be read.",
            status=400,
            detail=error.problem,
            field=error.field,
        )
    )


def _unknown_number(_request: Request, _error: Exception) -> Response:
    return answer_problem(Problem(type="not-found", title="Not found.", status=404))


def _store_unavailable(_request: Request, error: Exception) -> Response:
    _log.error("store_unavailable", problem=str(error))
    return answer_problem(
        Problem(type="unavailable", title="Nothing was stored; try again.", status=503),
        headers={"Retry-After": "1"},
    )


def _refused(_request: Request, error: Exception) -> Response:
    return answer_problem(Problem(type="conflict", title=str(error), status=409))


def _misconfigured(_request: Request, error: Exception) -> Response:
    _log.error("misconfigured", problem=str(error))
    return answer_problem(
        Problem(type="misconfigured", title="This installation is misconfigured.", status=500)
    )


def _invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  (registered for it alone)
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"] if part != "body") or "body"
    return answer_problem(
        Problem(
            type="invalid",
            title="The request does not have the agreed shape.",
            status=422,
            detail=str(first["msg"]),
            field=field,
        )
    )


def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (registered for it alone)
    problem = Problem(
        type=f"http-{error.status_code}", title=str(error.detail), status=error.status_code
    )
    return answer_problem(problem, headers=dict(error.headers or {}))


def _fault(_request: Request, error: Exception) -> Response:
    # What broke is in the log; the caller can only come again.
    _log.error("fault", problem=type(error).__name__)
    return answer_problem(
        Problem(type="fault", title="Something went wrong here; try again later.", status=500)
    )
