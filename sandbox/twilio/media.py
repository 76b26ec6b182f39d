"""The media of a message: listed, described, fetched as bytes, deleted."""

from dataclasses import dataclass
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.twilio.account import Account, Json, Media, SmsMessage
from sandbox.twilio.errors import not_found
from sandbox.twilio.forms import authenticate, read_query

_BASE = "/2010-04-01/Accounts/{account_sid}/Messages/{sid}"


@dataclass(frozen=True)
class MediaRest:
    """The media resources below one message; what we send has none to show."""

    account: Account

    def routes(self) -> list[Route]:
        """Return the routes as Twilio publishes them."""
        return [
            Route(f"{_BASE}/Media.json", self.list, methods=["GET"]),
            Route(f"{_BASE}/Media/{{media_sid}}.json", self.fetch, methods=["GET"]),
            Route(f"{_BASE}/Media/{{media_sid}}.json", self.delete, methods=["DELETE"]),
            Route(f"{_BASE}/Media/{{media_sid}}", self.content, methods=["GET"]),
        ]

    async def list(self, request: Request) -> Response:
        """List the media of a message, all on one page."""
        message = self._message(request)
        read_query(request, ("PageSize", "Page", "PageToken"))
        rows = [self._resource(message, media) for media in message.media]
        uri = f"{self._uri(message)}/Media.json"
        page = {"media_list": rows, "page": 0, "page_size": 50, "start": 0, "uri": uri}
        links = {"first_page_uri": uri, "next_page_uri": None, "previous_page_uri": None}
        return JSONResponse(page | links | {"end": max(0, len(rows) - 1)})

    async def fetch(self, request: Request) -> Response:
        """Describe one file."""
        message, media = self._find(request)
        return JSONResponse(self._resource(message, media))

    async def delete(self, request: Request) -> Response:
        """Delete one file."""
        message, media = self._find(request)
        message.media.remove(media)
        return Response(status_code=204)

    async def content(self, request: Request) -> Response:
        """Return the bytes of one file; this is the address that webhooks give."""
        _, media = self._find(request)
        return Response(media.content, media_type=media.content_type)

    def _message(self, request: Request) -> SmsMessage:
        authenticate(request, self.account.config)
        message = self.account.messages.get(request.path_params["sid"])
        if message is None:
            raise not_found(request)
        return message

    def _find(self, request: Request) -> tuple[SmsMessage, Media]:
        message = self._message(request)
        for media in message.media:
            if media.sid == request.path_params["media_sid"]:
                return message, media
        raise not_found(request)

    def _uri(self, message: SmsMessage) -> str:
        return f"/2010-04-01/Accounts/{self.account.config.account_sid}/Messages/{message.sid}"

    def _resource(self, message: SmsMessage, media: Media) -> Json:
        at = format_datetime(message.created_at)
        return {
            "account_sid": self.account.config.account_sid,
            "content_type": media.content_type,
            "date_created": at,
            "date_updated": at,
            "parent_sid": message.sid,
            "sid": media.sid,
            "uri": f"{self._uri(message)}/Media/{media.sid}.json",
        }
