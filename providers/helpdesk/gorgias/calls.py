"""The calls to Gorgias that the adapter is made of."""

from collections.abc import AsyncIterator, Mapping

import httpx
import orjson

from domain.errors import ProviderRejected
from providers.helpdesk.base import TicketRequest
from providers.helpdesk.gorgias.answer import (
    CustomerPage,
    GorgiasCustomer,
    GorgiasIntegration,
    GorgiasTicket,
    IntegrationPage,
    MessagePage,
    TicketPage,
)
from providers.helpdesk.gorgias.content import describe_customer
from providers.helpdesk.gorgias.options import GorgiasOptions
from providers.http_client import HttpClient
from providers.http_message import HttpAnswer, HttpRequest

PROVIDER = "gorgias"
_PAGE = "100"


class GorgiasCalls:
    """One account's REST API; every call raises `ProviderError`.

    Args:
        options: Address and credentials.
        pool: Connections.
    """

    def __init__(self, options: GorgiasOptions, pool: httpx.AsyncClient) -> None:
        self.http = HttpClient(PROVIDER, pool)
        self._base_url = options.base_url
        self._auth = (options.email, options.api_key.get_secret_value())

    async def get(self, operation: str, path: str, **params: str) -> HttpAnswer:
        """Read something."""
        return await self.http.request(self._request(operation, "GET", path, params=params))

    async def write(
        self, operation: str, method: str, path: str, content: Mapping[str, object]
    ) -> HttpAnswer:
        """Create or change something."""
        body = orjson.dumps(content)
        return await self.http.request(self._request(operation, method, path, content=body))

    async def find_ticket(self, operation: str, external_id: str) -> GorgiasTicket | None:
        """Return the oldest ticket with our id; Gorgias does not keep it the only one."""
        answer = await self.get(
            operation,
            "tickets",
            external_id=external_id,
            order_by="created_datetime:asc",
            limit=_PAGE,
        )
        found = self.http.read(operation, answer, TicketPage).data
        return min(found, key=lambda ticket: ticket.id, default=None)

    async def get_ticket(self, operation: str, ticket_id: str) -> GorgiasTicket:
        """Return a ticket.

        Raises:
            ProviderRejected: There is none, or the id is none of Gorgias'.
        """
        if not (ticket_id.isascii() and ticket_id.isdigit()):
            raise ProviderRejected(PROVIDER, operation, "404", "there is no such ticket")
        answer = await self.get(operation, f"tickets/{ticket_id}")
        return self.http.read(operation, answer, GorgiasTicket)

    async def has_message(self, operation: str, ticket_id: int, external_id: str) -> bool:
        """Return whether a ticket holds the message with our id."""
        params = {"ticket_id": str(ticket_id), "limit": _PAGE}
        params["order_by"] = "created_datetime:desc"
        cursor: str | None = ""
        while cursor is not None:
            given = params | ({"cursor": cursor} if cursor else {})
            answer = await self.get(operation, "messages", **given)
            page = self.http.read(operation, answer, MessagePage)
            if any(message.external_id == external_id for message in page.data):
                return True
            cursor = page.meta.next_cursor
        return False

    async def claim_customer(self, operation: str, request: TicketRequest) -> int:
        """Return the id of the customer with the phone, made when there is none.

        Another customer may have the e-mail address already. Whoever texts is not put into that
        one's record on their own word: the note shows the address, and a human may merge them.
        """
        for alone in (False, True):
            found = await self._find_customer(operation, request.phone)
            if found is not None:
                return found
            content = describe_customer(request, alone=alone)
            try:
                answer = await self.write(operation, "POST", "customers", content)
            except ProviderRejected as error:
                if error.code != "409" or alone:
                    raise
            else:
                return self.http.read(operation, answer, GorgiasCustomer).id
        raise ProviderRejected(PROVIDER, operation, "409", "the customer cannot be created")

    async def integrations(self, operation: str) -> AsyncIterator[GorgiasIntegration]:
        """Yield the HTTP integrations."""
        cursor: str | None = ""
        while cursor is not None:
            given = {"cursor": cursor} if cursor else {}
            answer = await self.get(operation, "integrations", type="http", limit=_PAGE, **given)
            page = self.http.read(operation, answer, IntegrationPage)
            for integration in page.data:
                yield integration
            cursor = page.meta.next_cursor

    async def _find_customer(self, operation: str, phone: str) -> int | None:
        answer = await self.get(operation, "customers", channel_type="phone", channel_address=phone)
        found = self.http.read(operation, answer, CustomerPage).data
        return min((customer.id for customer in found), default=None)

    def _request(
        self,
        operation: str,
        method: str,
        path: str,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> HttpRequest:
        return HttpRequest(
            operation=operation,
            method=method,
            url=f"{self._base_url}/api/{path}",
            params=params or None,
            content=content,
            headers={"content-type": "application/json"} if content is not None else {},
            basic_auth=self._auth,
        )
