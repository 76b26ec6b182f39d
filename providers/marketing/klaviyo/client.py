"""Requests to Klaviyo: its headers, and what its refusals mean."""

from collections.abc import Mapping

import httpx
import orjson
from pydantic import Field, ValidationError

from domain.errors import ProviderError, ProviderMisconfigured, ProviderUnavailable
from domain.values import ForeignValue
from providers.http_client import HttpClient
from providers.http_message import HttpAnswer, HttpRequest
from providers.marketing.klaviyo.options import KlaviyoOptions

PROVIDER = "klaviyo"
_JSON_API = "application/vnd.api+json"

# Answered on a path that is always there: the base URL or the revision is wrong.
_WRONG_ADDRESS = frozenset({404, 405, 410})


class _Place(ForeignValue):
    pointer: str | None = None
    parameter: str | None = None


class _Fault(ForeignValue):
    code: str
    source: _Place = _Place()


class _Faults(ForeignValue):
    errors: tuple[_Fault, ...] = Field(min_length=1)


class KlaviyoClient:
    """One account's requests.

    Args:
        options: Key, address and revision.
        pool: Connections, see `open_http`.
    """

    def __init__(self, options: KlaviyoOptions, pool: httpx.AsyncClient) -> None:
        self._options = options
        self.http = HttpClient(PROVIDER, pool, read_code)

    async def exchange(
        self,
        operation: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> HttpAnswer:
        """Make one request, POST when there is a body, and return the answer of Klaviyo itself.

        Raises:
            ProviderUnavailable: As `HttpClient.exchange` says, or a bot check stood in between.
        """
        key = self._options.api_key.get_secret_value()
        headers = {
            "authorization": f"Klaviyo-API-Key {key}",
            "revision": self._options.revision,
            "accept": _JSON_API,
        }
        request = HttpRequest(
            operation=operation,
            method="GET" if body is None else "POST",
            url=f"{self._options.base_url}{path}",
            params=params,
            content=None if body is None else orjson.dumps(body),
            headers=headers if body is None else headers | {"content-type": _JSON_API},
        )
        answer = await self.http.exchange(request)
        # The CDN before Klaviyo now and then answers 403 with a page; the key is not at fault
        # (klaviyo-api-python issue 84), and an event lost to it would be lost for good.
        if answer.status == 403 and "cf-mitigated" in answer.headers:
            problem = "a bot check before Klaviyo refused the request"
            raise ProviderUnavailable(PROVIDER, operation, problem, reached=False)
        return answer

    async def take(
        self,
        operation: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> HttpAnswer:
        """Make one request to a path that is always there, and return the answer when it is 2xx.

        Raises:
            ProviderError: What the status means; a path that is not there is a wrong base URL or
                a revision Klaviyo has retired.
        """
        answer = await self.exchange(operation, path, params=params, body=body)
        if not answer.ok:
            raise self.refusal(operation, answer)
        return answer

    def refusal(self, operation: str, answer: HttpAnswer) -> ProviderError:
        """Return the error that an answer other than 2xx stands for, on a path always there."""
        if answer.status in _WRONG_ADDRESS:
            problem = f"{answer.status}: check the base URL and revision {self._options.revision}"
            return ProviderMisconfigured(PROVIDER, operation, problem)
        return self.http.error_for(operation, answer)


def read_code(answer: HttpAnswer) -> str | None:
    """Return Klaviyo's code of a refusal and the field at fault, None when there is none.

    The detail is left out: it repeats values, phone numbers among them.
    """
    try:
        fault = _Faults.model_validate_json(answer.body).errors[0]
    except ValidationError:
        return None
    place = fault.source.pointer or fault.source.parameter
    return f"{fault.code[:60]} at {place[:120]}" if place else fault.code[:60]
