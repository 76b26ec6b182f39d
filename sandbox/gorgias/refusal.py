"""How Gorgias refuses a request."""

from collections.abc import Mapping

from starlette.responses import JSONResponse


class Refusal(Exception):
    """A request that Gorgias does not carry out.

    Args:
        status: HTTP status.
        msg: Sentence.
        data: Sentences by field, as in ``error.data``.
    """

    def __init__(self, status: int, msg: str, data: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(msg)
        self.status = status
        self.msg = msg
        self.data = data

    def answer(self) -> JSONResponse:
        """Return it as Gorgias words it: ``{"error": {"msg", "data"}}``."""
        error = {"msg": self.msg} | ({"data": dict(self.data)} if self.data else {})
        return JSONResponse({"error": error}, self.status)


def invalid(field: str, sentence: str) -> Refusal:
    """Return the refusal of one field's value."""
    return Refusal(400, "Bad request.", {field: [sentence]})


def not_found(what: str) -> Refusal:
    """Return the refusal of an id that names nothing."""
    return Refusal(404, f"{what} not found.")
