"""A tiny HTTP/1.1 client: a load generator on the same cores must cost less than what it loads."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

_FRESH_SECONDS = 2.0
"""Servers close idle connections after a few seconds, perhaps just as a request leaves."""

_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Wire:
    """Kept connections to one server on loopback.

    Attributes:
        port: Where it listens.
    """

    port: int
    _idle: list[tuple[float, _Streams]] = field(default_factory=list)

    async def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Post a form and return the status; 0 when the connection broke."""
        try:
            reader, writer = await self._connection()
            writer.write(_head(path, body, headers) + body)
            status, length = await _read_head(reader)
            await reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError):
            return 0
        self._idle.append((time.monotonic(), (reader, writer)))
        return status

    def close(self) -> None:
        """Close every connection."""
        for _, (_reader, writer) in self._idle:
            writer.close()
        self._idle.clear()

    async def _connection(self) -> _Streams:
        while self._idle:
            since, (reader, writer) = self._idle.pop()
            if not reader.at_eof() and time.monotonic() - since < _FRESH_SECONDS:
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self.port)


def _head(path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "host: 127.0.0.1", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


async def _read_head(reader: asyncio.StreamReader) -> tuple[int, int]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in head[1:] if line)
    return int(head[0].split(" ", 2)[1]), int(fields.get("content-length", "0"))
