"""ASGI by hand: reading, answering and breaking off a request before any framework sees it."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.types import Message, Receive, Scope, Send

Json = dict[str, Any]


def path_below_mount(scope: Scope) -> str:
    """Return the path below the emulator's mount point."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")) or "/"


async def read_body(receive: Receive) -> bytes | None:
    """Return the whole body of a request, None when the client left in the middle of it."""
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return body


def replay(body: bytes) -> Callable[[], Awaitable[Message]]:
    """Return a `receive` that hands a body out once more, then the client's leaving."""
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def answer_json(
    send: Send, status: int, body: Json | str, headers: dict[str, str] | None = None
) -> None:
    """Answer with JSON, or with a text as it is."""
    raw = body if isinstance(body, str) else json.dumps(body)
    named = {"content-type": "application/json", **(headers or {})}
    pairs = [(k.lower().encode(), v.encode()) for k, v in named.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": raw.encode()})


async def break_off(send: Send) -> None:
    """Promise more bytes than are sent, so that the client sees the connection die mid-answer."""
    headers = [(b"content-length", b"1000000"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b" ", "more_body": True})
    raise ConnectionResetError("the sandbox breaks this connection on purpose")
