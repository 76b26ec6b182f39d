"""What every request to Klaviyo passes first: key, revision, scopes, media types, limits."""

from dataclasses import dataclass

from starlette.requests import Request

from sandbox.edge import Edge
from sandbox.klaviyo.config import KlaviyoConfig
from sandbox.klaviyo.errors import JSON_API, RefusedError
from sandbox.klaviyo.limits import Headers, Limits

_SCHEME = "Klaviyo-API-Key "


@dataclass(frozen=True)
class Need:
    """What one endpoint asks of a request."""

    endpoint: str
    tier: tuple[int, int]
    scopes: tuple[str, ...]
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doorway:
    """Lets requests in, or refuses them as Klaviyo would."""

    config: KlaviyoConfig
    edge: Edge
    limits: Limits

    def admit(self, request: Request, need: Need) -> Headers:
        """Return the rate limit headers of the answer.

        Raises:
            RefusedError: The request may not go on.
        """
        self._authenticate(request)
        self._check_revision(request)
        lacking = [scope for scope in need.scopes if scope not in self.config.scopes]
        if lacking:
            detail = f"The API key is missing required scopes: {', '.join(lacking)}"
            raise RefusedError(403, "permission_denied", ("/data/", detail))
        self._check_form(request, need)
        return self.limits.count(need.endpoint, need.tier, self.edge.now())

    def _authenticate(self, request: Request) -> None:
        given = request.headers.get("authorization", "")
        if not given.startswith(_SCHEME):
            detail = "Missing or invalid authorization scheme. Please use Klaviyo-API-Key."
            raise RefusedError(401, "not_authenticated", ("/data/", detail))
        if given != f"{_SCHEME}{self.config.api_key}":
            detail = "Incorrect authentication credentials."
            raise RefusedError(401, "authentication_failed", ("/data/", detail))

    def _check_revision(self, request: Request) -> None:
        revision = request.headers.get("revision")
        if revision is None:
            fault = ("/data/", "The revision header is required.")
            raise RefusedError(400, "invalid", fault)
        if revision not in self.config.revisions:
            fault = ("/data/", "No valid revisions found for method")
            raise RefusedError(404, "not_found", fault)

    def _check_form(self, request: Request, need: Need) -> None:
        unknown = [name for name in request.query_params if name not in need.parameters]
        if unknown:
            faults = [(name, f"'{name}' is not a valid parameter.") for name in unknown]
            raise RefusedError(400, "invalid", *faults, parameter=True)
        accept = request.headers.get("accept", "*/*")
        if not any(kind in accept for kind in (JSON_API, "application/json", "*/*")):
            raise RefusedError(406, "not_acceptable", ("/data/", f"Accept must be {JSON_API}."))
        sent = request.headers.get("content-type", "").split(";")[0]
        if request.method == "POST" and sent not in (JSON_API, "application/json"):
            detail = f"Unsupported media type in request; use {JSON_API}."
            raise RefusedError(415, "unsupported_media_type", ("/data/", detail))
