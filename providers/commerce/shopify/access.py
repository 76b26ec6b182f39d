"""The token we are let in with: fetched with the app's credentials, kept, renewed in time."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from domain.errors import ProviderMisconfigured
from domain.values import ForeignValue
from providers.commerce.shopify.options import ShopifyOptions
from providers.http_client import HttpClient
from providers.http_message import HttpAnswer, HttpRequest

PROVIDER = "shopify"
_RENEW_BEFORE = timedelta(seconds=60)


class _Grant(ForeignValue):
    access_token: str
    expires_in: float


class _Refusal(ForeignValue):
    error: str


class Access:
    """Hands out one shop's access token.

    Args:
        options: Shop and credentials.
        http: Vendor client.
        now: Clock.

    Source: POST /admin/oauth/access_token, grant_type client_credentials.
    """

    def __init__(
        self, options: ShopifyOptions, http: HttpClient, now: Callable[[], datetime]
    ) -> None:
        self._options = options
        self._http = http
        self._now = now
        self._token = ""
        self._renew_at: datetime | None = None
        self._one_at_a_time = asyncio.Lock()

    async def token(self) -> str:
        """Return a token that lives at least another minute; fixed tokens never end.

        Raises:
            ProviderMisconfigured: The credentials are refused; the vendor's code is named.
            ProviderError: The shop does not answer.
        """
        if self._options.access_token is not None:
            return self._options.access_token.get_secret_value()
        async with self._one_at_a_time:
            if self._renew_at is None or self._now() >= self._renew_at:
                await self._renew()
            return self._token

    def refused(self, token: str) -> bool:
        """Forget a token the shop did not take.

        Args:
            token: The one that was sent; a newer one, fetched meanwhile, is kept.

        Returns:
            Whether asking again with a new token makes sense.
        """
        if token == self._token:
            self._renew_at = None
        return self._options.access_token is None

    async def _renew(self) -> None:
        asked_at = self._now()
        request = HttpRequest(
            operation="log_in",
            method="POST",
            url=self._options.url("/admin/oauth/access_token"),
            form={
                "grant_type": "client_credentials",
                "client_id": self._options.client_id,
                "client_secret": self._options.client_secret.get_secret_value(),
            },
        )
        answer = await self._http.exchange(request)
        if 400 <= answer.status < 500 and answer.status not in (408, 429):
            problem = f"{answer.status} {_code(answer)}: the app's credentials are refused"
            raise ProviderMisconfigured(PROVIDER, request.operation, problem)
        if not answer.ok:
            raise self._http.error_for(request.operation, answer)
        grant = self._http.read(request.operation, answer, _Grant)
        self._token = grant.access_token
        self._renew_at = asked_at + timedelta(seconds=grant.expires_in) - _RENEW_BEFORE


def _code(answer: HttpAnswer) -> str:
    try:
        return _Refusal.model_validate_json(answer.body).error
    except ValueError:
        return "without a code"
