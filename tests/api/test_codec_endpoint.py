"""The codec endpoint: words for signed-in operators in the Temporal UI, nothing for anyone else."""

import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from google.protobuf import json_format
from pydantic import SecretStr
from temporalio.api.common.v1 import Payload, Payloads

from runtime.payload_codec import SealedPayloads, read_keys
from runtime.settings import Settings
from tests.api.rig import KEY, Api, open_api

_KEYS = "main:" + base64.b64encode(bytes(range(32))).decode()
_UI = "https://temporal.example.com"
_WORDS = b'"Where is my order?"'
_BEARER = {"Authorization": f"Bearer {KEY}"}


@pytest.fixture
async def sealed_api(installation: Settings) -> AsyncIterator[Api]:
    """Give the API of an installation that seals its payloads."""
    changes = {"payload_keys": SecretStr(_KEYS), "temporal_ui_url": _UI + "/"}
    async with open_api(installation.model_copy(update=changes)) as api:
        yield api


async def _sealed(data: bytes = _WORDS) -> str:
    """Return the body by which the UI asks for one payload."""
    plain = Payload(metadata={"encoding": b"json/plain"}, data=data)
    found = await SealedPayloads(read_keys(_KEYS)).encode([plain])
    return json_format.MessageToJson(Payloads(payloads=found))


def _words(answer: httpx.Response) -> bytes:
    body: dict[str, Any] = answer.json()
    return base64.b64decode(body["payloads"][0]["data"])


async def _decode(api: Api, body: str | bytes, **headers: str) -> httpx.Response:
    return await api.http.post("/codec/decode", content=body, headers=headers)


async def test_decode_shows_the_words_to_who_has_the_operator_key(sealed_api: Api) -> None:
    """What was sealed comes back plain, and may be sealed again."""
    answer = await _decode(sealed_api, await _sealed(), **_BEARER)
    assert (answer.status_code, _words(answer)) == (200, _WORDS)
    again = await sealed_api.http.post("/codec/encode", content=answer.content, headers=_BEARER)
    assert again.status_code == 200
    assert _WORDS not in _words(again)


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer wrong"}, {"Cookie": "codec_key=x"}]
)
async def test_decode_without_the_key_shows_nothing(
    sealed_api: Api, header: dict[str, str]
) -> None:
    """401, whatever the payload and whatever page asks."""
    answer = await _decode(sealed_api, await _sealed(), Origin=_UI, **header)
    assert answer.status_code == 401
    assert "order" not in answer.text
    ended = await _decode(sealed_api, "no json", **header)
    assert ended.status_code == 401


async def test_signing_in_once_lets_the_browser_ask(sealed_api: Api) -> None:
    """The cookie is for this path, not for scripts, and stands for the key."""
    page = await sealed_api.http.get("/codec/sign-in")
    assert 'type="password"' in page.text
    wrong = await sealed_api.http.post("/codec/sign-in", content="key=wrong")
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (401, False)
    right = await sealed_api.http.post("/codec/sign-in", content=f"key={KEY}")
    cookie = right.headers["set-cookie"]
    assert right.status_code == 200
    for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/codec"):
        assert word in cookie
    pair = cookie.split(";")[0]
    answer = await _decode(sealed_api, await _sealed(), Cookie=pair, Origin=_UI)
    assert _words(answer) == _WORDS


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [(_UI, True), ("https://evil.example", False), ("null", False), (_UI + ".evil.example", False)],
)
async def test_only_the_uis_own_page_may_read_the_answer(
    sealed_api: Api, origin: str, *, allowed: bool
) -> None:
    """Another page's script in the same browser gets no permission, asked first or not."""
    asked = await sealed_api.http.options("/codec/decode", headers={"Origin": origin})
    answer = await _decode(sealed_api, await _sealed(), Origin=origin, **_BEARER)
    for found in (asked, answer):
        assert found.headers.get("access-control-allow-origin") == (origin if allowed else None)
        assert ("access-control-allow-credentials" in found.headers) == allowed


@pytest.mark.parametrize(
    "body",
    [
        b"no json",
        b"\xff\xfe",
        b'{"payloads": [{"data": 1}]}',
        json.dumps(
            {"payloads": [{"metadata": {"encoding": "YmluYXJ5L2VuY3J5cHRlZA=="}, "data": "AAAA"}]}
        ).encode(),
    ],
)
async def test_payloads_that_cannot_be_read_are_refused_in_words(
    sealed_api: Api, body: bytes
) -> None:
    """400, and nothing of what was sent comes back."""
    answer = await _decode(sealed_api, body, **_BEARER)
    assert (answer.status_code, answer.json()["title"]) == (400, "These payloads cannot be read.")


async def test_other_actions_and_an_installation_without_keys_are_not_found(
    sealed_api: Api, api: Api
) -> None:
    """404 says what is missing."""
    other = await sealed_api.http.post("/codec/erase", content=await _sealed(), headers=_BEARER)
    assert other.status_code == 404
    plain = await _decode(api, await _sealed(), **_BEARER)
    assert (plain.status_code, "PAYLOAD_KEYS is not set" in plain.json()["title"]) == (404, True)
