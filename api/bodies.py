"""How much of a request is read: nobody fills the process's memory, with a key or without."""

from fastapi import HTTPException, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 8 * 1024 * 1024
"""More than a brand's settings with all its knowledge, or a page of sealed payloads."""


async def read_at_most(request: Request, most: int) -> bytes | None:
    """Return the body, None when it is larger than that many bytes; the rest is not read."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return body


class BodyLimit:
    """Refuses the body of any request beyond `MAX_BODY_BYTES`, before anyone parses it.

    FastAPI reads a JSON body before it asks for the key, so that routes cannot see to it.

    Args:
        app: What reads bodies.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what is read of it."""
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MAX_BODY_BYTES:
                raise HTTPException(413, f"The body is larger than {MAX_BODY_BYTES} bytes.")
            return message

        await self._app(scope, counted if scope["type"] == "http" else receive, send)
