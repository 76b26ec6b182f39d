"""An emulator at the other end of an httpx client, connection losses and time-outs included."""

import asyncio

import httpx
from starlette.types import ASGIApp


class Wire(httpx.AsyncBaseTransport):
    """Carries requests to an ASGI app in this process.

    `httpx.ASGITransport` knows neither time-outs nor broken connections; here the read time-out
    counts, and a connection the emulator breaks looks as it does on a socket.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._inner = httpx.ASGITransport(app)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Make one request."""
        limit = request.extensions.get("timeout", {}).get("read")
        try:
            async with asyncio.timeout(limit):
                return await self._inner.handle_async_request(request)
        except TimeoutError as error:
            raise httpx.ReadTimeout("no answer in time", request=request) from error
        except ConnectionResetError as error:
            raise httpx.ReadError("connection lost", request=request) from error
