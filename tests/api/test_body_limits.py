"""Nobody fills the process's memory: bodies are read as far as they may be, and no further."""

import base64
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from api.bodies import MAX_BODY_BYTES
from runtime.settings import Settings
from tests.api.rig import KEY, Api, open_api

_BEARER = {"Authorization": f"Bearer {KEY}"}
_CHUNK = b'"' + b"x" * (1024 * 1024 - 1)


class Endless:
    """A body that never ends, with a count of what was read of it."""

    def __init__(self, chunk: bytes = _CHUNK) -> None:
        self.chunk = chunk
        self.read = 0

    async def stream(self) -> AsyncIterator[bytes]:
        """Give chunk after chunk; a reader without a limit would fail here, not hang."""
        while self.read < 4 * MAX_BODY_BYTES:
            self.read += len(self.chunk)
            yield self.chunk


async def test_sign_in_reads_no_more_than_a_form(api: Api) -> None:
    """The key travels in the body: who has none is not listened to for long."""
    body = Endless(b"key=" + b"x" * 1020)
    answer = await api.http.post("/codec/sign-in", content=body.stream())
    assert (answer.status_code, body.read <= 8192) == (413, True)


async def test_codec_without_the_key_is_refused_before_the_body_is_read(api: Api) -> None:
    """401 comes first."""
    body = Endless()
    answer = await api.http.post("/codec/decode", content=body.stream())
    assert (answer.status_code, body.read) == (401, 0)


@pytest.mark.parametrize("headers", [{}, _BEARER])
@pytest.mark.parametrize("path", ["/v1/brands/acme/outbound-messages", "/v1/brands/acme/gate/try"])
async def test_json_larger_than_any_request_is_refused_with_a_key_or_without(
    api: Api, path: str, headers: dict[str, str]
) -> None:
    """413; the rest of it is never read."""
    body = Endless()
    given = {"content-type": "application/json", **headers}
    answer = await api.http.post(path, content=body.stream(), headers=given)
    assert (answer.status_code, body.read <= MAX_BODY_BYTES + len(_CHUNK)) == (413, True)


async def test_codec_reads_no_more_than_the_limit_for_who_has_the_key(
    installation: Settings,
) -> None:
    """The operator's browser is no exception."""
    keys = SecretStr("main:" + base64.b64encode(bytes(range(32))).decode())
    body = Endless()
    async with open_api(installation.model_copy(update={"payload_keys": keys})) as api:
        answer = await api.http.post("/codec/decode", content=body.stream(), headers=_BEARER)
    assert (answer.status_code, body.read <= MAX_BODY_BYTES + len(_CHUNK)) == (413, True)
