"""Every failure of a model endpoint is told by who must act, on either protocol."""

import socket
from datetime import timedelta

import pytest

from domain.errors import (
    ModelOutputError,
    ProviderError,
    ProviderMisconfigured,
    ProviderRejected,
    ProviderThrottled,
    ProviderUnavailable,
)
from providers.llm.registry import BUILDERS, build_model
from sandbox.edge import Fault
from sandbox.openai.state import OpenAIConfig
from tests.contract.llm_endpoint import NOW, Endpoint, a_request

pytestmark = pytest.mark.parametrize("adapter", sorted(BUILDERS))


@pytest.fixture
def endpoint() -> Endpoint:
    """An endpoint of one's own."""
    return Endpoint()


def _refusal(status: int, code: str | None = None, **headers: str) -> Fault:
    error = {"message": "no: +13125550142", "type": "x", "param": None, "code": code}
    return Fault(kind="status", status=status, body={"error": error}, headers=headers)


_ROWS: dict[str, tuple[Fault, type[ProviderError]]] = {
    "401": (_refusal(401, "invalid_api_key"), ProviderMisconfigured),
    "402": (_refusal(402), ProviderMisconfigured),
    "403": (_refusal(403, "unsupported_country"), ProviderMisconfigured),
    "404_model": (_refusal(404, "model_not_found"), ProviderMisconfigured),
    "404_path": (Fault(kind="status", status=404, body="nginx"), ProviderMisconfigured),
    "429_rate": (_refusal(429, "rate_limit_exceeded"), ProviderThrottled),
    "429_quota": (_refusal(429, "insufficient_quota"), ProviderMisconfigured),
    "400": (_refusal(400, "context_length_exceeded"), ProviderRejected),
    "413": (_refusal(413), ProviderRejected),
    "422": (_refusal(422), ProviderRejected),
    "408": (_refusal(408), ProviderUnavailable),
    "409": (_refusal(409), ProviderUnavailable),
    "500": (_refusal(500, "server_error"), ProviderUnavailable),
    "503_html": (Fault(kind="status", status=503, body="<html>"), ProviderUnavailable),
    "cut": (Fault(kind="cut"), ProviderUnavailable),
    "lost_answer": (Fault(kind="lost_answer"), ProviderUnavailable),
}


@pytest.mark.parametrize(("fault", "expected"), _ROWS.values(), ids=_ROWS)
async def test_model_failure_is_told_by_who_must_act(
    adapter: str, endpoint: Endpoint, fault: Fault, expected: type[ProviderError]
) -> None:
    """Each refusal becomes its error, once: nothing is repeated and no vendor text passed on."""
    endpoint.edge.inject(fault)

    with pytest.raises(ProviderError) as raised:
        await endpoint.model(adapter).complete(a_request())

    assert type(raised.value) is expected
    assert "5550142" not in str(raised.value)
    assert len(endpoint.edge.requests) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after": "Fri, 20 Nov 2026 15:00:30 GMT"}, 30.0),
        ({"retry-after": "soon"}, 1.0),
        ({"retry-after-ms": "soon", "retry-after": "3"}, 3.0),
        ({}, 1.0),
    ],
    ids=["seconds", "milliseconds", "date", "nonsense", "nonsense_ms", "absent"],
)
async def test_model_throttled_waits_as_long_as_asked(
    adapter: str, endpoint: Endpoint, headers: dict[str, str], seconds: float
) -> None:
    """Every form of the header is understood; without one, a second."""
    endpoint.edge.inject(_refusal(429, "rate_limit_exceeded", **headers))

    with pytest.raises(ProviderThrottled) as raised:
        await endpoint.model(adapter).complete(a_request())

    assert raised.value.retry_after == timedelta(seconds=seconds)


async def test_model_vendors_own_limit_is_throttling(adapter: str) -> None:
    """The emulator's own 429, not an injected one, carries its wait."""
    endpoint = Endpoint(config=OpenAIConfig(requests_per_minute=1))
    model = endpoint.model(adapter)
    await model.complete(a_request())

    with pytest.raises(ProviderThrottled) as raised:
        await model.complete(a_request())

    assert timedelta(seconds=55) < raised.value.retry_after <= timedelta(seconds=61)


async def test_model_wrong_key_is_misconfigured(adapter: str, endpoint: Endpoint) -> None:
    """A refused key is the owner's to mend, and is not repeated in the error."""
    with pytest.raises(ProviderMisconfigured) as raised:
        await endpoint.model(adapter, api_key="sk-very-wrong").complete(a_request())

    assert "sk-" not in str(raised.value)


async def test_model_unknown_name_is_misconfigured(adapter: str, endpoint: Endpoint) -> None:
    """A model that does not exist is the owner's to mend."""
    with pytest.raises(ProviderMisconfigured, match="model_not_found"):
        await endpoint.model(adapter).check("gpt-imaginary")


async def test_model_request_the_vendor_refuses_is_rejected(
    adapter: str, endpoint: Endpoint
) -> None:
    """A request the vendor's own rules exclude is rejected, not repeated."""
    asked = a_request().model_copy(update={"max_output_tokens": -1})

    with pytest.raises(ProviderRejected):
        await endpoint.model(adapter).complete(asked)


async def test_model_slow_answer_is_unavailable(adapter: str, endpoint: Endpoint) -> None:
    """No answer within the time-out is a failure to retry, not an endless wait."""
    with pytest.raises(ProviderUnavailable, match="in time"):
        await endpoint.model(adapter, timeout_seconds=0.05).complete(a_request("chaos-hang"))


async def test_model_response_that_failed_is_unavailable(adapter: str, endpoint: Endpoint) -> None:
    """A 200 that reports the vendor's own failure is no empty answer, whatever the protocol."""
    failed = {"status": "failed", "error": {"code": "server_error"}, "output": []}
    endpoint.edge.inject(Fault(kind="status", status=200, body=failed))

    with pytest.raises((ProviderUnavailable, ModelOutputError)):
        await endpoint.model(adapter).complete(a_request())


async def test_model_nobody_listens_is_unavailable(adapter: str) -> None:
    """A refused connection is told like any other outage."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        model = build_model(adapter, {"base_url": url, "api_key": "k"}, lambda: NOW)

        with pytest.raises(ProviderUnavailable, match="connection"):
            await model.complete(a_request())
