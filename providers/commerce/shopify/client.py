"""Our GraphQL requests to one shop: logged in, versioned, errors told apart."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog
from pydantic import JsonValue

from domain.errors import ProviderError, ProviderMisconfigured
from providers.commerce.shopify.access import PROVIDER, Access
from providers.commerce.shopify.graphql import GraphqlAnswer
from providers.commerce.shopify.operations import operation_text
from providers.commerce.shopify.options import ShopifyOptions
from providers.http_client import HttpClient
from providers.http_message import HttpAnswer, HttpRequest

API_VERSION = "2026-10"
_SHOP_PROBLEMS = {
    401: "the access token is refused",
    402: "the shop is frozen: its owner has to pay Shopify",
    404: "there is no such shop, or the app is not installed",
    423: "the shop is locked",
}

_log = structlog.get_logger(__name__)


class ShopifyClient:
    """Sends the operations of ``operations.graphql``.

    Args:
        options: Shop and credentials.
        http: Vendor client.
        now: Clock.
    """

    def __init__(
        self, options: ShopifyOptions, http: HttpClient, now: Callable[[], datetime]
    ) -> None:
        self._options = options
        self._http = http
        self._access = Access(options, http, now)
        self._version_reported = False

    async def ask(self, operation: str, variables: Mapping[str, JsonValue]) -> GraphqlAnswer:
        """Send one operation; a refused token is renewed once.

        Args:
            operation: Its name, for errors and logs too.
            variables: Its variables.

        Returns:
            Data and errors, unjudged.

        Raises:
            ProviderError: No GraphQL answer came back.

        Source: POST /admin/api/2026-10/graphql.json.
        """
        token = await self._access.token()
        answer = await self._send(operation, variables, token)
        if answer.status == 401 and self._access.refused(token):
            answer = await self._send(operation, variables, await self._access.token())
        if not answer.ok:
            raise self._refusal(operation, answer)
        self._compare_version(answer)
        parsed = self._http.read(operation, answer, GraphqlAnswer)
        if parsed.errors:
            _log.warning(
                "shopify_errors",
                operation=operation,
                codes=sorted({error.code for error in parsed.errors}),
                places=sorted({error.place for error in parsed.errors})[:10],
            )
        return parsed

    async def _send(
        self, operation: str, variables: Mapping[str, JsonValue], token: str
    ) -> HttpAnswer:
        body = {
            "query": operation_text(operation),
            "operationName": operation,
            "variables": dict(variables),
        }
        return await self._http.exchange(
            HttpRequest(
                operation=operation,
                method="POST",
                url=self._options.url(f"/admin/api/{API_VERSION}/graphql.json"),
                content=json.dumps(body).encode(),
                headers={"X-Shopify-Access-Token": token, "Content-Type": "application/json"},
            )
        )

    def _refusal(self, operation: str, answer: HttpAnswer) -> ProviderError:
        problem = _SHOP_PROBLEMS.get(answer.status)
        if problem is None:
            return self._http.error_for(operation, answer)
        return ProviderMisconfigured(PROVIDER, operation, f"{answer.status}: {problem}")

    def _compare_version(self, answer: HttpAnswer) -> None:
        """Alarm, once, when Shopify answers with another version: ours is out of service."""
        answered = answer.headers.get("x-shopify-api-version", API_VERSION)
        if answered != API_VERSION and not self._version_reported:
            self._version_reported = True
            _log.error("shopify_version_differs", asked=API_VERSION, answered=answered)
