"""Klaviyo's own ``/_control``: seed profiles and segments, see events and opt-outs."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control import read_control
from sandbox.klaviyo.account import Account
from sandbox.klaviyo.bodies import Identifiers, Phone


class _Seed(BaseModel):
    """One profile; its segments are replaced, its consent too when it is given.

    ``apart`` makes a further profile under a number that has one, as old imports have left them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    phone_number: Phone
    email: str | None = None
    segments: list[str] = Field(default_factory=list)
    sms_consent: str | None = None
    apart: bool = False


@dataclass(frozen=True)
class Controls:
    """Acts and views of somebody logged in at Klaviyo."""

    account: Account

    def routes(self) -> list[Route]:
        """Return the control paths."""
        return [
            Route("/_control/profiles", self.seed, methods=["POST"]),
            Route("/_control/profiles", self.list_profiles, methods=["GET"]),
            Route("/_control/profiles/{profile_id}", self.delete, methods=["DELETE"]),
            Route("/_control/events", self.list_events, methods=["GET"]),
            Route("/_control/unsubscribed", self.list_unsubscribed, methods=["GET"]),
        ]

    async def seed(self, request: Request) -> Response:
        """Put a profile: ``{phone_number, email?, segments?, sms_consent?, apart?}``."""
        seed = await read_control(request, _Seed)
        identifiers = Identifiers(phone_number=seed.phone_number, email=seed.email)
        make = self.account.add if seed.apart else self.account.upsert
        profile = make(identifiers)
        profile.segments = list(seed.segments)
        profile.sms_consent = seed.sms_consent or profile.sms_consent
        return JSONResponse(profile.model_dump(mode="json"))

    async def list_profiles(self, _request: Request) -> Response:
        """List all profiles, oldest first."""
        rows = [profile.model_dump(mode="json") for profile in self.account.profiles.values()]
        return JSONResponse({"profiles": rows})

    async def delete(self, request: Request) -> Response:
        """Forget one profile, as after a merge."""
        gone = self.account.profiles.pop(request.path_params["profile_id"], None)
        return JSONResponse({"deleted": gone is not None})

    async def list_events(self, _request: Request) -> Response:
        """List the events recorded, oldest first; repeats are counted, not listed."""
        return JSONResponse({"events": [e.model_dump(mode="json") for e in self.account.events]})

    async def list_unsubscribed(self, _request: Request) -> Response:
        """List the numbers unsubscribed, each as often as it was asked."""
        return JSONResponse({"unsubscribed": self.account.unsubscribed})
