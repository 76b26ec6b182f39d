"""The one way vendor adapters speak HTTP: limits, status to error class, a log line per call."""

import asyncio
import time
from collections.abc import Callable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TypeVar

import httpx
import structlog
from pydantic import BaseModel, ValidationError

from domain.errors import (
    ProviderMisconfigured,
    ProviderRejected,
    ProviderThrottled,
    ProviderUnavailable,
)
from providers.http_message import TOTAL_SECONDS, HttpAnswer, HttpRequest, retry_after

CONNECT_SECONDS = 5.0
MAX_ANSWER_BYTES = 5_000_000

# Up to here nothing was written to the vendor; whatever fails later may have been processed.
_NOT_REACHED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
)
_OUR_MISTAKE = (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError)

_log = structlog.get_logger(__name__)

M = TypeVar("M", bound=BaseModel)


def open_http(transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """Return a connection pool that repeats nothing and follows no redirect; close it at the end.

    Args:
        transport: Where requests go instead of the network, for tests.
    """
    return httpx.AsyncClient(
        transport=transport,
        timeout=httpx.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS, pool=CONNECT_SECONDS),
        # One customer's cookie must never travel with another's request.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=20),
        follow_redirects=False,
    )


class HttpClient:
    """One vendor's requests through a shared pool.

    Args:
        provider: Vendor, lower case; named in errors and logs.
        pool: Where connections are kept, see `open_http`.
        read_code: Finds the vendor's own error code in a refusal, None when it has none.
    """

    def __init__(
        self,
        provider: str,
        pool: httpx.AsyncClient,
        read_code: Callable[[HttpAnswer], str | None] = lambda _: None,
    ) -> None:
        self._provider = provider
        self._pool = pool
        self._read_code = read_code

    async def exchange(self, request: HttpRequest) -> HttpAnswer:
        """Make exactly one request and return the answer, whatever its status.

        Raises:
            ProviderUnavailable: No complete answer; `reached` says whether the vendor may have
                processed the request.
            ProviderMisconfigured: The URL cannot be requested at all.
        """
        started = time.monotonic()
        outcome: int | str = "cancelled"
        try:
            async with asyncio.timeout(request.total_seconds):
                answer = await self._stream(request)
            outcome = answer.status
        except _OUR_MISTAKE as error:
            outcome = type(error).__name__
            problem = f"the configured address cannot be requested ({outcome})"
            raise ProviderMisconfigured(self._provider, request.operation, problem) from error
        except (httpx.HTTPError, TimeoutError) as error:
            outcome = type(error).__name__
            raise self._unavailable(
                request, outcome, reached=not isinstance(error, _NOT_REACHED)
            ) from error
        except ProviderUnavailable:
            outcome = "too_large"
            raise
        finally:
            _log.info(
                "vendor_call",
                provider=self._provider,
                operation=request.operation,
                outcome=outcome,
                milliseconds=round((time.monotonic() - started) * 1000),
            )
        return answer

    async def request(self, request: HttpRequest) -> HttpAnswer:
        """Make exactly one request and return the answer when the vendor did what was asked.

        Raises:
            ProviderError: As `exchange` says, or what the status means (`error_for`).
        """
        answer = await self.exchange(request)
        if not answer.ok:
            raise self.error_for(request.operation, answer)
        return answer

    async def fetch(self, request: HttpRequest, model: type[M]) -> M:
        """Make exactly one request and return its JSON answer as a model.

        Raises:
            ProviderError: As `request` says; `ProviderUnavailable` when the answer has another
                shape.
        """
        return self.read(request.operation, await self.request(request), model)

    def read(self, operation: str, answer: HttpAnswer, model: type[M]) -> M:
        """Return a JSON answer as a model.

        Raises:
            ProviderUnavailable: It has another shape; the fields are named, never their values.
        """
        try:
            return model.model_validate_json(answer.body)
        except ValidationError as error:
            places = {".".join(map(str, fault["loc"])) or "body" for fault in error.errors()}
            problem = f"the answer has an unexpected shape at {', '.join(sorted(places)[:5])}"
            raise ProviderUnavailable(self._provider, operation, problem) from None

    def error_for(
        self, operation: str, answer: HttpAnswer
    ) -> ProviderMisconfigured | ProviderThrottled | ProviderRejected | ProviderUnavailable:
        """Return the error that an answer other than 2xx stands for."""
        code = self._read_code(answer) or str(answer.status)
        status = answer.status
        if status == 429:
            return ProviderThrottled(self._provider, operation, retry_after(answer))
        if status in (401, 403):
            problem = f"{status} ({code}): credentials or permissions are wrong"
            return ProviderMisconfigured(self._provider, operation, problem)
        if status < 400:
            problem = f"{status}: answered with a redirect; check the base URL"
            return ProviderMisconfigured(self._provider, operation, problem)
        # 408 means that the request arrived late or in part: nobody knows what became of it.
        if status >= 500 or status == 408:
            return ProviderUnavailable(self._provider, operation, f"answered {status}")
        return ProviderRejected(self._provider, operation, code, f"refused with status {status}")

    async def _stream(self, request: HttpRequest) -> HttpAnswer:
        call = self._pool.stream(
            request.method,
            request.url,
            params=request.params,
            data=request.form,
            content=request.content,
            headers=request.headers,
            auth=request.basic_auth,
            follow_redirects=False,
        )
        async with call as response:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_ANSWER_BYTES:
                    raise self._unavailable(request, "answer too large", reached=True)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return HttpAnswer(status=response.status_code, headers=headers, body=bytes(body))

    def _unavailable(
        self, request: HttpRequest, problem: str, *, reached: bool
    ) -> ProviderUnavailable:
        return ProviderUnavailable(self._provider, request.operation, problem, reached=reached)
