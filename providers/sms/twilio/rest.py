"""Requests to Twilio's REST API."""

import json
from collections.abc import AsyncIterator, Mapping

import httpx

from domain.errors import ProviderRejected, ProviderUnavailable
from domain.message import Media
from providers.http_client import HttpClient
from providers.http_message import HttpAnswer, HttpRequest
from providers.sms.twilio import resource
from providers.sms.twilio.options import TwilioOptions
from providers.sms.twilio.webhook import PROVIDER

_MOST_PAGES = 500


class TwilioRest:
    """The part of the API that we use; methods raise `ProviderError`.

    Args:
        options: The account.
        pool: Connections.
    """

    def __init__(self, options: TwilioOptions, pool: httpx.AsyncClient) -> None:
        self._options = options
        self._http = HttpClient(PROVIDER, pool, resource.read_code)
        self._account = f"/2010-04-01/Accounts/{options.account_sid}"

    async def create(self, form: Mapping[str, str]) -> HttpAnswer:
        """Create a message with exactly one request; the answer may have any status."""
        url = f"{self._options.base_url}{self._account}/Messages.json"
        return await self._http.exchange(self._post("send", url, form))

    async def pages(
        self, operation: str, query: Mapping[str, str]
    ) -> AsyncIterator[resource.MessagePage]:
        """Give the pages of the message list, newest message first."""
        request = self._get(operation, f"{self._account}/Messages.json", query)
        for _ in range(_MOST_PAGES):
            page = await self._http.fetch(request, resource.MessagePage)
            yield page
            if not page.next_page_uri:
                return
            request = self._get(operation, page.next_page_uri)
        raise ProviderUnavailable(PROVIDER, operation, "the list does not end")

    async def media(self, message: resource.MessageResource) -> tuple[Media, ...]:
        """Return what came with a message; empty when it is gone."""
        if message.num_media in (None, "", "0"):
            return ()
        path = f"{self._account}/Messages/{message.sid}/Media.json"
        try:
            page = await self._http.fetch(self._get("list_media", path), resource.MediaPage)
        except ProviderRejected:
            return ()  # Deleted meanwhile: the text itself must not be lost with its picture.
        base = self._options.base_url
        return tuple(
            Media(url=base + file.uri.removesuffix(".json"), content_type=file.content_type)
            for file in page.media_list
        )

    async def report_consent(self, item: Mapping[str, str]) -> None:
        """Report one opt-in or opt-out.

        Raises:
            ProviderRejected: Twilio did not take it; the request as a whole still succeeds then.
        """
        url = f"{self._options.accounts_base_url}/v1/Consents/Bulk"
        request = self._post("report_consent", url, {"Items": json.dumps(dict(item))})
        results = await self._http.fetch(request, resource.ConsentResults)
        for result in results.items:
            if result.error_code:
                code, problem = str(result.error_code), "it was not taken"
                raise ProviderRejected(PROVIDER, "report_consent", code, problem)

    def _get(
        self, operation: str, path: str, query: Mapping[str, str] | None = None
    ) -> HttpRequest:
        return HttpRequest(
            operation=operation,
            method="GET",
            # Our host, whatever a list says: the credentials go nowhere else.
            url=f"{self._options.base_url}/{path.removeprefix('/')}",
            params=query,
            basic_auth=self._options.basic_auth,
        )

    def _post(self, operation: str, url: str, form: Mapping[str, str]) -> HttpRequest:
        return HttpRequest(
            operation=operation,
            method="POST",
            url=url,
            form=dict(form),
            basic_auth=self._options.basic_auth,
        )
