"""The Klaviyo emulator as one ASGI app behind the edge."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sandbox.edge import Edge, EdgeMiddleware
from sandbox.klaviyo.account import Account, Profile
from sandbox.klaviyo.bodies import EventBody, Identifiers, JobBody, parse_body
from sandbox.klaviyo.config import KlaviyoConfig
from sandbox.klaviyo.controls import Controls
from sandbox.klaviyo.doorway import Doorway, Need
from sandbox.klaviyo.errors import JSON_API, RefusedError, answer_http_error, answer_refusal
from sandbox.klaviyo.limits import XL, XS, L, Limits, S

_FILTER = re.compile(r'equals\((phone_number|email|external_id),\s*["\']([^"\']+)["\']\)')
Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Rest:
    """Klaviyo's side of the API."""

    config: KlaviyoConfig
    account: Account
    doorway: Doorway

    def routes(self) -> list[Route]:
        """Return the paths Klaviyo has, each behind its scopes, limits and parameters."""
        segments = Need("segments", S, ("profiles:read", "segments:read"), ("fields[segment]",))
        refs = Need("segment_refs", S, ("profiles:read", "segments:read"))
        profiles = Need(
            "profiles", L, ("profiles:read",), ("filter", "fields[profile]", "page[size]")
        )
        unsubscribe = Need("jobs", L, ("lists:write", "profiles:write", "subscriptions:write"))
        account = Need("accounts", XS, ("accounts:read",), ("fields[account]",))
        one = "/api/profiles/{profile_id}"
        job = "/api/profile-subscription-bulk-delete-jobs"
        return [
            self._route("/api/events", "POST", self.create_event, Need("e", XL, ("events:write",))),
            self._route("/api/profiles", "GET", self.list_profiles, profiles),
            self._route(f"{one}/segments", "GET", self.list_segments, segments),
            self._route(f"{one}/relationships/segments", "GET", self.list_segment_refs, refs),
            self._route(job, "POST", self.unsubscribe, unsubscribe),
            self._route("/api/accounts", "GET", self.show_account, account),
        ]

    async def create_event(self, request: Request) -> Response:
        """Take one event: 202 whether it is new or a repeat that is dropped."""
        self.account.record(parse_body(await request.body(), EventBody).data.attributes)
        return Response(status_code=202, media_type=JSON_API)

    async def list_profiles(self, request: Request) -> Response:
        """List profiles, all or those of one filter ``equals(phone_number,"+1…")``."""
        given = request.query_params.get("filter")
        rows = list(self.account.profiles.values())
        if given is not None:
            match = _FILTER.fullmatch(given)
            if match is None:
                fault = ("filter", "The filter cannot be read.")
                raise RefusedError(400, "invalid", fault, parameter=True)
            rows = self.account.find(Identifiers.model_validate({match[1]: match[2]}))
        fields = request.query_params.get("fields[profile]")
        data = [_profile_resource(row, fields.split(",") if fields else None) for row in rows]
        return _document(request, data)

    async def list_segments(self, request: Request) -> Response:
        """List the segments of one profile by name."""
        names = self._profile(request).segments
        data = [
            {"type": "segment", "id": segment_id(name), "attributes": {"name": name}}
            for name in names
        ]
        return _document(request, data)

    async def list_segment_refs(self, request: Request) -> Response:
        """List the segments of one profile by id alone."""
        names = self._profile(request).segments
        return _document(request, [{"type": "segment", "id": segment_id(n)} for n in names])

    async def unsubscribe(self, request: Request) -> Response:
        """Take a job; it is done at once."""
        job = parse_body(await request.body(), JobBody)
        for profile in job.data.attributes.profiles.data:
            sms = profile.attributes.subscriptions.sms
            if sms is not None and sms.marketing is not None and profile.attributes.phone_number:
                self.account.unsubscribe(profile.attributes.phone_number)
        return Response(status_code=202, media_type=JSON_API)

    async def show_account(self, request: Request) -> Response:
        """Name the account the key belongs to."""
        contact = {"organization_name": self.config.organization}
        attributes = {"contact_information": contact, "timezone": "America/New_York"}
        data = [{"type": "account", "id": "SANDBX", "attributes": attributes}]
        return _document(request, data)

    def _profile(self, request: Request) -> Profile:
        profile_id = request.path_params["profile_id"]
        profile = self.account.profiles.get(profile_id)
        if profile is None:
            fault = ("/data/id", f"A profile with id {profile_id} does not exist.")
            raise RefusedError(404, "not_found", fault)
        return profile

    def _route(self, path: str, method: str, handler: Handler, need: Need) -> Route:
        async def guarded(request: Request) -> Response:
            headers = self.doorway.admit(request, need)
            response = await handler(request)
            response.headers.update(headers)
            return response

        return Route(path, guarded, methods=[method])


def segment_id(name: str) -> str:
    """Return the id of a segment, six characters made of its name."""
    letters = "".join(c for c in name if c.isalnum())
    return f"{letters[:3]:0<3}{sum(map(ord, name)) % 1000:03}"


def _profile_resource(profile: Profile, fields: list[str] | None) -> Mapping[str, object]:
    everything = profile.model_dump(include={"phone_number", "email", "external_id"})
    shown = everything if fields is None else {k: v for k, v in everything.items() if k in fields}
    return {"type": "profile", "id": profile.id, "attributes": shown}


def _document(request: Request, data: Sequence[Mapping[str, object]]) -> Response:
    links = {"self": str(request.url), "prev": None, "next": None}
    return JSONResponse({"data": data, "links": links}, media_type=JSON_API)


def create_klaviyo(config: KlaviyoConfig, edge: Edge) -> ASGIApp:
    """Build one emulated Klaviyo account.

    Args:
        config: Its key, scopes and revisions.
        edge: Its recorder, faults and clock.
    """
    account = Account(edge)
    doorway = Doorway(config, edge, Limits(config.limited))
    app = Starlette(
        routes=[*Rest(config, account, doorway).routes(), *Controls(account).routes()],
        exception_handlers={RefusedError: answer_refusal, HTTPException: answer_http_error},
    )
    app.router.redirect_slashes = False
    return EdgeMiddleware(app, edge)
