"""What vendors and networks do becomes the error that says who must act."""

import gzip
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pydantic import BaseModel
from structlog.testing import capture_logs

from domain.errors import (
    ProviderError,
    ProviderMisconfigured,
    ProviderRejected,
    ProviderThrottled,
    ProviderUnavailable,
)
from providers.http_client import MAX_ANSWER_BYTES, HttpClient, open_http
from providers.http_message import HttpAnswer, HttpRequest, retry_after
from tests.contract.raw_server import (
    Behaviour,
    answering,
    breaks_off,
    drips,
    hangs_up,
    raw_server,
    says_nothing,
)


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    """A vendor's client over the real network stack."""
    async with open_http() as pool:
        yield HttpClient("vendor", pool)


def asking(url: str, total_seconds: float = 5.0) -> HttpRequest:
    """Return a request with things in it that no log may show."""
    return HttpRequest(
        operation="ask",
        method="POST",
        url=f"{url}/numbers/+13125550142",
        form={"Body": "private words"},
        total_seconds=total_seconds,
    )


async def failure_of(http: HttpClient, behaviour: Behaviour, seconds: float = 5.0) -> ProviderError:
    """Return the error that a server's behaviour becomes."""
    async with raw_server(behaviour) as url:
        with pytest.raises(ProviderError) as caught:
            await http.request(asking(url, seconds))
    return caught.value


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (302, ProviderMisconfigured),
        (400, ProviderRejected),
        (401, ProviderMisconfigured),
        (403, ProviderMisconfigured),
        (404, ProviderRejected),
        (408, ProviderUnavailable),
        (422, ProviderRejected),
        (429, ProviderThrottled),
        (500, ProviderUnavailable),
        (503, ProviderUnavailable),
    ],
)
async def test_status_becomes_the_error_that_says_who_must_act(
    http: HttpClient, status: int, expected: type[ProviderError]
) -> None:
    """Each family of statuses has one class, with vendor and operation in it."""
    error = await failure_of(http, answering(status, location="http://127.0.0.1:1/"))
    assert (type(error), error.provider, error.operation) == (expected, "vendor", "ask")


@pytest.mark.parametrize(
    "behaviour",
    [hangs_up, breaks_off, says_nothing, drips],
    ids=lambda behaviour: behaviour.__name__,
)
async def test_connection_that_fails_after_the_request_may_have_reached_the_vendor(
    http: HttpClient, behaviour: Behaviour
) -> None:
    """Whatever breaks once the request is written leaves its fate open."""
    error = await failure_of(http, behaviour, seconds=0.3)
    assert isinstance(error, ProviderUnavailable)
    assert error.reached


async def test_closed_port_certainly_did_not_reach_the_vendor(http: HttpClient) -> None:
    """A refused connection is the proof that nothing was processed."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(ProviderUnavailable) as caught:
        await http.request(asking(f"http://127.0.0.1:{port}"))
    assert not caught.value.reached


@pytest.mark.parametrize(
    ("raised", "reached"),
    [
        (httpx.ConnectError, False),
        (httpx.ConnectTimeout, False),
        (httpx.PoolTimeout, False),
        (httpx.ProxyError, False),
        (httpx.ReadTimeout, True),
        (httpx.WriteTimeout, True),
        (httpx.ReadError, True),
        (httpx.WriteError, True),
        (httpx.RemoteProtocolError, True),
    ],
)
async def test_network_error_says_whether_the_vendor_was_reached(
    raised: type[httpx.TransportError], *, reached: bool
) -> None:
    """Only what fails before the first byte counts as not reached; nothing is tried twice."""
    tries: list[httpx.Request] = []

    def fail(request: httpx.Request) -> httpx.Response:
        tries.append(request)
        raise raised("network")

    async with open_http(httpx.MockTransport(fail)) as pool:
        with pytest.raises(ProviderUnavailable) as caught:
            await HttpClient("vendor", pool).request(asking("https://vendor.example"))
    assert (caught.value.reached, len(tries)) == (reached, 1)


async def test_address_that_cannot_be_requested_is_misconfigured(http: HttpClient) -> None:
    """A base URL without a scheme is the operator's to repair."""
    with pytest.raises(ProviderMisconfigured):
        await http.request(asking("vendor.example"))


@pytest.mark.parametrize("encoded", [False, True], ids=["plain", "gzip"])
async def test_answer_beyond_the_limit_is_cut_off(http: HttpClient, *, encoded: bool) -> None:
    """Five megabytes are enough, counted after decompression."""
    body = b" " * (MAX_ANSWER_BYTES + 1)
    behaviour = (
        answering(200, gzip.compress(body), content_encoding="gzip")
        if encoded
        else answering(200, body)
    )
    error = await failure_of(http, behaviour)
    assert isinstance(error, ProviderUnavailable)
    assert "too large" in error.problem


class _Shape(BaseModel):
    amount: int


async def test_answer_of_another_shape_names_the_field_and_no_value(http: HttpClient) -> None:
    """A vendor that changes its answer is found by the field, without showing customer data."""
    async with raw_server(answering(200, b'{"amount": "private words"}')) as url:
        with pytest.raises(ProviderUnavailable) as caught:
            await http.fetch(asking(url), _Shape)
    assert "amount" in caught.value.problem
    assert "private" not in str(caught.value)


async def test_answer_of_the_agreed_shape_is_returned_typed(http: HttpClient) -> None:
    """A good answer comes back as the model."""
    async with raw_server(answering(200, b'{"amount": 3, "new": true}')) as url:
        assert await http.fetch(asking(url), _Shape) == _Shape(amount=3)


async def test_cookies_of_a_vendor_are_forgotten(http: HttpClient) -> None:
    """One customer's cookie never travels with another's request."""
    async with open_http() as pool:
        async with raw_server(answering(200, set_cookie="session=1; Path=/")) as url:
            await HttpClient("vendor", pool).request(asking(url))
        assert not list(pool.cookies.jar)


async def test_log_line_has_neither_address_nor_body(http: HttpClient) -> None:
    """One line per call: vendor, operation, outcome, time, and nothing about a customer."""
    async with raw_server(answering(400, b'{"secret": "private words"}')) as url:
        with capture_logs() as logs, pytest.raises(ProviderRejected):
            await http.request(asking(url))
    assert len(logs) == 1
    assert (logs[0]["operation"], logs[0]["outcome"]) == ("ask", 400)
    assert "private" not in str(logs)
    assert "555" not in str(logs)


NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("7", timedelta(seconds=7)),
        ("0.5", timedelta(seconds=0.5)),
        ("Sun, 22 Nov 2026 12:00:30 GMT", timedelta(seconds=30)),
        ("Sun, 22 Nov 2026 11:00:00 GMT", timedelta(0)),
        ("-5", timedelta(0)),
        ("1e99", timedelta(seconds=1)),
        ("nan", timedelta(seconds=1)),
        ("86400", timedelta(hours=1)),
        ("soon", timedelta(seconds=1)),
        ("", timedelta(seconds=1)),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header: str, expected: timedelta) -> None:
    """A vendor's wait is kept between nothing and an hour; nonsense is a second."""
    answer = HttpAnswer(status=429, headers={"retry-after": header}, body=b"")
    assert retry_after(answer, NOW) == expected
