"""The scripted model as an ASGI app: Responses, Chat Completions, the list of models."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sandbox.edge import Edge, EdgeMiddleware
from sandbox.openai import chat, chat_answer, responses, responses_answer
from sandbox.openai.control import control
from sandbox.openai.errors import ApiError, bad_key, model_not_found, server_error
from sandbox.openai.modes.chaos import Hang
from sandbox.openai.neutral import Answer, Request
from sandbox.openai.router import MODES, known, route
from sandbox.openai.stamp import Stamp
from sandbox.openai.state import OpenAIConfig, State
from sandbox.openai.usage import count_tokens

Json = dict[str, Any]
_CREATED = 1_790_000_000
_LABEL = {"x-sandbox-model": "scripted"}


@dataclass(frozen=True)
class _Protocol:
    """One of the two ways to ask: how it is read and how the answer is written."""

    read: Callable[[object], Request]
    write: Callable[[Answer, Request, Json, Stamp], Json]


_RESPONSES = _Protocol(responses.read, responses_answer.write)
_CHAT = _Protocol(chat.read, chat_answer.write)


def create_openai(config: OpenAIConfig, edge: Edge) -> ASGIApp:
    """Return the emulator behind its edge.

    Every answer carries ``x-sandbox-model: scripted``, an ``x-request-id``, the rate-limit headers
    and ``x-sandbox-request-hash``, the key of the replay mode.
    """
    vendor = _Vendor(State(config, latency_seconds=config.latency_seconds), edge)
    app = Starlette(
        routes=[
            Route("/v1/responses", vendor.responses, methods=["POST"]),
            Route("/v1/chat/completions", vendor.chat, methods=["POST"]),
            Route("/v1/models", vendor.models, methods=["GET"]),
            Route("/v1/models/{model}", vendor.model, methods=["GET"]),
            Route("/_control/{name}", vendor.control, methods=["POST"]),
        ],
        exception_handlers={ApiError: _refuse, HTTPException: _no_route},
    )
    return EdgeMiddleware(app, edge)


class _Vendor:
    """The endpoints over one state."""

    def __init__(self, state: State, edge: Edge) -> None:
        self._state = state
        self._edge = edge

    async def responses(self, http: HttpRequest) -> Response:
        return await self._generate(http, _RESPONSES)

    async def chat(self, http: HttpRequest) -> Response:
        return await self._generate(http, _CHAT)

    async def models(self, http: HttpRequest) -> Response:
        self._check_key(http)
        return JSONResponse({"object": "list", "data": [_model(m) for m in MODES]}, headers=_LABEL)

    async def model(self, http: HttpRequest) -> Response:
        self._check_key(http)
        name = http.path_params["model"]
        if not known(name):
            raise model_not_found(name)
        return JSONResponse(_model(name), headers=_LABEL)

    async def control(self, http: HttpRequest) -> Response:
        return JSONResponse(control(http.path_params["name"], await _json(http), self._state))

    async def _generate(self, http: HttpRequest, protocol: _Protocol) -> Response:
        self._check_key(http)
        body = await _json(http)
        request = protocol.read(body)
        if not known(request.model):
            raise model_not_found(request.model)
        asked = count_tokens(request.prompt)
        headers = self._state.admit(asked, self._edge.now())
        try:
            answer = _cut(route(request, self._state), request.max_tokens)
        except Hang:
            await asyncio.sleep(self._state.config.hang_seconds)
            raise server_error() from None
        await asyncio.sleep(self._state.latency_seconds)
        stamp = self._stamp(request, answer, asked)
        self._state.requests_seen += 1
        headers |= {
            **_LABEL,
            "x-request-id": f"req_{stamp.key[:24]}{self._state.requests_seen:08d}",
            "x-sandbox-request-hash": request.digest,
            "openai-processing-ms": str(int(self._state.latency_seconds * 1000)),
        }
        return JSONResponse(protocol.write(answer, request, body, stamp), headers=headers)

    def _check_key(self, http: HttpRequest) -> None:
        scheme, _, key = http.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not key:
            raise bad_key(None)
        if not hmac.compare_digest(key.encode(), self._state.config.api_key.encode()):
            raise bad_key(key)

    def _stamp(self, request: Request, answer: Answer, asked: int) -> Stamp:
        said = (answer.text or "") + (answer.refusal or "")
        said += "".join(call.name + call.arguments for call in answer.calls)
        owner = f"{request.model}:{request.cache_key}"
        return Stamp(
            key=hashlib.sha256(f"{request.model}:{request.digest}".encode()).hexdigest()[:32],
            created=int(self._edge.now().timestamp()),
            input_tokens=asked,
            cached_tokens=self._state.cache.cached_tokens(owner, request.prompt),
            output_tokens=count_tokens(said),
        )


def _cut(answer: Answer, max_tokens: int | None) -> Answer:
    """Cut the text at the request's limit, as the vendor does: in mid-word, and it says so."""
    if max_tokens is None or answer.text is None or count_tokens(answer.text) <= max_tokens:
        return answer
    return answer.model_copy(update={"text": answer.text[: max_tokens * 4], "truncated": True})


def _model(name: str) -> Json:
    return {"id": name, "object": "model", "created": _CREATED, "owned_by": "sandbox-scripted"}


async def _json(http: HttpRequest) -> Any:  # noqa: ANN401 - whatever JSON was sent
    try:
        return json.loads(await http.body())
    except ValueError as error:
        text = "We could not parse the JSON body of your request."
        raise ApiError(text) from error


async def _refuse(http: HttpRequest, error: Exception) -> Response:
    if not isinstance(error, ApiError):
        raise error
    mark = hashlib.sha256(f"{http.url.path}{error}".encode()).hexdigest()[:32]
    headers = {**_LABEL, "x-request-id": f"req_{mark}", **error.headers}
    return JSONResponse(error.body, error.status, headers=headers)


async def _no_route(http: HttpRequest, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    text = f"Invalid URL ({http.method} {http.url.path})"
    if status == 405:
        text = f"Not allowed to {http.method} on {http.url.path}."
    return JSONResponse(ApiError(text).body, status, headers=_LABEL)
