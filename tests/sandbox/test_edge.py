"""The edge of every emulator: what it records, and what it lets pass."""

from collections.abc import Iterator

from starlette.types import Message, Receive, Scope, Send

from sandbox.edge import Edge, EdgeMiddleware

_POST: Scope = {"type": "http", "method": "POST", "path": "/webhook", "headers": []}


async def _answer(_message: Message) -> None:
    raise AssertionError("nobody is there to be answered")


def _saying(*messages: Message) -> Receive:
    left: Iterator[Message] = iter(messages)

    async def receive() -> Message:
        return next(left)

    return receive


async def test_request_whose_client_left_in_the_middle_of_it_is_none() -> None:
    """A process killed in mid-post has sent nothing: half a body bears no signature."""
    reached = []

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        reached.append("app")

    edge = Edge()
    half = {"type": "http.request", "body": b'{"event":', "more_body": True}
    await EdgeMiddleware(app, edge)(_POST, _saying(half, {"type": "http.disconnect"}), _answer)

    assert (edge.requests, reached) == ([], [])
