"""An ASGI app served by uvicorn on a free loopback port for as long as a block runs."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and wake whoever waits for it."""
        await super().startup(sockets)
        if self.started:
            self.listening.set()


@contextmanager
def serve(app: ASGIApp, *, start_seconds: float = 10) -> Iterator[str]:
    """Serve ``app`` from a thread of its own and yield its base URL, without a slash at the end.

    Leaving the block stops the server and waits for its thread.

    Raises:
        RuntimeError: The app did not start, or did not stop, within ``start_seconds``.
    """
    # Broken connections are this sandbox's business, not errors to log: hence "critical".
    config = uvicorn.Config(
        app, log_level="critical", access_log=False, timeout_graceful_shutdown=1, ws="none"
    )
    server = _Server(config)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            if not server.listening.wait(start_seconds):
                raise RuntimeError(f"the app did not start within {start_seconds} s")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(start_seconds)
    if thread.is_alive():
        raise RuntimeError(f"the app did not stop within {start_seconds} s")
