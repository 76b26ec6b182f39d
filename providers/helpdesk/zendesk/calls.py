"""The calls to Zendesk that the adapter is made of."""

from collections.abc import Mapping

import httpx
import orjson

from domain.errors import ProviderRejected
from providers.helpdesk.base import TicketRequest
from providers.helpdesk.zendesk.answer import (
    CommentPage,
    TicketAnswer,
    TicketPage,
    UserAnswer,
    ZendeskTicket,
    read_code,
)
from providers.helpdesk.zendesk.content import describe_user
from providers.helpdesk.zendesk.options import ZendeskOptions
from providers.http_client import HttpClient
from providers.http_message import HttpAnswer, HttpRequest

PROVIDER = "zendesk"
_PAGE = "100"
_TAKEN = "RecordInvalid"


class ZendeskCalls:
    """One account's REST API; every call raises `ProviderError`.

    Args:
        options: Address and credentials.
        pool: Connections.
    """

    def __init__(self, options: ZendeskOptions, pool: httpx.AsyncClient) -> None:
        self.http = HttpClient(PROVIDER, pool, read_code)
        self._base_url = options.base_url
        self._auth = (f"{options.email}/token", options.api_token.get_secret_value())

    async def get(self, operation: str, path: str, params: Mapping[str, str]) -> HttpAnswer:
        """Read something."""
        request = HttpRequest(
            operation=operation,
            method="GET",
            url=f"{self._base_url}/api/v2/{path}",
            params=params or None,
            basic_auth=self._auth,
        )
        return await self.http.request(request)

    async def write(
        self,
        operation: str,
        method: str,
        path: str,
        content: Mapping[str, object],
        headers: Mapping[str, str] | None = None,
    ) -> HttpAnswer:
        """Create or change something."""
        request = HttpRequest(
            operation=operation,
            method=method,
            url=f"{self._base_url}/api/v2/{path}",
            content=orjson.dumps(content),
            headers={"content-type": "application/json", **(headers or {})},
            basic_auth=self._auth,
        )
        return await self.http.request(request)

    async def find_tickets(self, operation: str, external_id: str) -> tuple[ZendeskTicket, ...]:
        """Return the tickets with our id, oldest first."""
        answer = await self.get(
            operation, "tickets", {"external_id": external_id, "page[size]": _PAGE}
        )
        found = self.http.read(operation, answer, TicketPage).tickets
        return tuple(sorted(found, key=lambda ticket: ticket.id))

    async def get_ticket(self, operation: str, ticket_id: str) -> ZendeskTicket:
        """Return a ticket.

        Raises:
            ProviderRejected: There is none, or the id is none of Zendesk's.
        """
        if not (ticket_id.isascii() and ticket_id.isdigit()):
            raise ProviderRejected(PROVIDER, operation, "RecordNotFound", "there is no such ticket")
        answer = await self.get(operation, f"tickets/{ticket_id}", {})
        return self.http.read(operation, answer, TicketAnswer).ticket

    async def create_ticket(
        self, operation: str, key: str, ticket: Mapping[str, object]
    ) -> ZendeskTicket:
        """Create a ticket; the same key within two hours is the same ticket.

        Raises:
            ProviderRejected: Among others with code `IdempotentRequestError`: the key was used for
                other words.
        """
        answer = await self.write(
            operation, "POST", "tickets", {"ticket": ticket}, {"idempotency-key": key[:255]}
        )
        return self.http.read(operation, answer, TicketAnswer).ticket

    async def has_comment(self, operation: str, ticket_id: int, ending: str) -> bool:
        """Return whether a ticket holds a comment that ends so, the newest looked at first."""
        cursor: str | None = ""
        while cursor is not None:
            params = {"sort": "-created_at", "page[size]": _PAGE}
            params |= {"page[after]": cursor} if cursor else {}
            answer = await self.get(operation, f"tickets/{ticket_id}/comments", params)
            page = self.http.read(operation, answer, CommentPage)
            if any(comment.text.rstrip().endswith(ending) for comment in page.comments):
                return True
            cursor = page.meta.after_cursor if page.meta.has_more else None
        return False

    async def claim_user(self, operation: str, request: TicketRequest) -> int:
        """Return the id of the user with the phone, made or brought up to date.

        An e-mail address that is another user's already stays there: the note shows it, and a
        human may merge the two.
        """
        try:
            return await self._write_user(operation, describe_user(request, alone=False))
        except ProviderRejected as error:
            if error.code != _TAKEN or "email" not in request.customer:
                raise
        return await self._write_user(operation, describe_user(request, alone=True))

    async def _write_user(self, operation: str, user: Mapping[str, object]) -> int:
        answer = await self.write(operation, "POST", "users/create_or_update", {"user": user})
        made = self.http.read(operation, answer, UserAnswer).user
        if not made.id:
            raise ProviderRejected(PROVIDER, operation, _TAKEN, "the user has no id")
        return made.id
