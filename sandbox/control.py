"""What every emulator's own ``/_control`` shares: strict JSON bodies, and refusals that say why."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

Model = TypeVar("Model", bound=BaseModel)


async def read_control(request: Request, model: type[Model]) -> Model:
    """Return the JSON body of a control request; an empty one is the model's defaults.

    Only ``application/json`` is taken, which a foreign web page cannot post to loopback unasked.

    Raises:
        HTTPException: 415 for another content type, 400 naming each field that is wrong.
    """
    body = await request.body()
    if body and request.headers.get("content-type", "").split(";")[0] != "application/json":
        raise HTTPException(415, "a control request is application/json")
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        problems = (
            f"{'.'.join(map(str, item['loc'])) or 'body'}: {item['msg']}" for item in error.errors()
        )
        raise HTTPException(400, "; ".join(problems)) from error
