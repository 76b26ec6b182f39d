"""How Zendesk refuses a request."""

from typing import Any

from starlette.responses import JSONResponse

Json = dict[str, Any]


class Refusal(Exception):
    """A request that Zendesk does not carry out.

    Args:
        status: HTTP status.
        body: The answer.
    """

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(str(body.get("error")))
        self.status = status
        self.body = body

    def answer(self) -> JSONResponse:
        """Return it as an answer."""
        return JSONResponse(self.body, self.status)


def invalid(field: str, description: str, error: str = "InvalidValue") -> Refusal:
    """Return the refusal of one field: 422 RecordInvalid."""
    return invalid_fields({field: [{"description": description, "error": error}]})


def invalid_fields(details: Json) -> Refusal:
    """Return the refusal of several fields."""
    said = {"error": "RecordInvalid", "description": "Record validation errors"}
    return Refusal(422, {**said, "details": details})


def not_found() -> Refusal:
    """Return the refusal of an id that names nothing."""
    return Refusal(404, {"error": "RecordNotFound", "description": "Not found"})
