"""A TCP proxy that breaks what runs through it: slow, black hole, reset, half closed, cut short."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_CHUNK = 65_536
_RESET_AT_ONCE = struct.pack("ii", 1, 0)


@dataclass
class Proxy:
    """Stands between clients and one port or socket of this machine.

    Attributes:
        port: Where clients connect.
        target: The port or the socket's path behind it; may be set after clients have begun to try.
        latency_seconds: How much later than sent everything arrives, in both directions.
        answer_bytes: After so many bytes of answers a connection is reset; None for never.
        taken: Bytes that have come in, from either side.
        passed: Bytes that have gone through.
    """

    port: int
    target: int | str = 0
    latency_seconds: float = 0
    answer_bytes: int | None = None
    taken: int = 0
    passed: int = 0
    _open: asyncio.Event = field(default_factory=asyncio.Event)
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _clients: set[asyncio.StreamWriter] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def stall(self) -> None:
        """Become a black hole: connections stay, nothing arrives any more."""
        self._open.clear()

    def resume(self) -> None:
        """End the black hole; what was under way arrives now, as after a healed partition."""
        self._open.set()

    def reset(self) -> None:
        """Break every connection off; what was under way is lost."""
        for writer in tuple(self._writers):
            _abort(writer)
        for task in tuple(self._tasks):
            task.cancel()

    def half_close(self) -> None:
        """Tell every client that no more is to come, and go on listening to it."""
        for client in tuple(self._clients):
            with contextlib.suppress(OSError, RuntimeError):
                client.write_eof()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one client's connection to the target and back."""
        try:
            back, onward = await self._reach()
        except OSError:
            _abort(writer)
            return
        self._writers |= {writer, onward}
        self._clients.add(writer)
        ways = {
            asyncio.create_task(self._carry(reader, onward, None)),
            asyncio.create_task(self._carry(back, writer, self.answer_bytes)),
        }
        self._tasks |= ways
        try:
            await asyncio.wait(ways)
        finally:
            self._tasks -= ways
            self._writers -= {writer, onward}
            self._clients.discard(writer)
            for end in (writer, onward):
                end.close()

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self.target, str):
            return await asyncio.open_unix_connection(self.target)
        return await asyncio.open_connection("127.0.0.1", self.target)

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limit: int | None
    ) -> None:
        """Carry one direction; each chunk is late by itself, so that none waits for another."""
        loop, late = asyncio.get_running_loop(), asyncio.Queue[tuple[float, bytes]]()
        writing = asyncio.create_task(self._write(late, writer, limit))
        try:
            while chunk := await reader.read(_CHUNK):
                self.taken += len(chunk)
                late.put_nowait((loop.time() + self.latency_seconds, chunk))
            late.put_nowait((loop.time() + self.latency_seconds, b""))
            await writing
        except OSError:
            _abort(writer)
        finally:
            writing.cancel()

    async def _write(
        self, late: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter,
        limit: int | None,
    ) -> None:  # fmt: skip
        loop, written = asyncio.get_running_loop(), 0
        while True:
            due, chunk = await late.get()
            await asyncio.sleep(max(0.0, due - loop.time()))
            await self._open.wait()
            if not chunk:
                with contextlib.suppress(OSError, RuntimeError):
                    writer.write_eof()
                return
            if limit is not None and written + len(chunk) > limit:
                writer.write(chunk[: limit - written])
                await writer.drain()
                self.reset()
                return
            writer.write(chunk)
            written += len(chunk)
            self.passed += len(chunk)
            await writer.drain()


def _abort(writer: asyncio.StreamWriter) -> None:
    """Close with a reset instead of a farewell."""
    connection: socket.socket | None = writer.get_extra_info("socket")
    if connection is not None:
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_ONCE)
    writer.transport.abort()


@asynccontextmanager
async def a_proxy(target: int | str = 0) -> AsyncIterator[Proxy]:
    """Give a proxy that lets everything pass, on a free port of loopback.

    Args:
        target: The port or the socket's path behind it; 0 when it is not known yet.
    """
    made: list[Proxy] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await made[0].serve(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    made.append(Proxy(server.sockets[0].getsockname()[1], target))
    made[0].resume()
    try:
        yield made[0]
    finally:
        server.close()
        made[0].reset()
