"""All emulators in one app: each vendor under its own path, the phone, and a health check."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from pydantic import BaseModel, ConfigDict, Field
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from sandbox.edge import Edge
from sandbox.events_receiver.app import create_events_receiver
from sandbox.events_receiver.config import EventsReceiverConfig
from sandbox.gorgias.app import create_gorgias
from sandbox.gorgias.config import GorgiasConfig
from sandbox.helpdesk.app import create_helpdesk
from sandbox.helpdesk.config import HelpdeskConfig
from sandbox.klaviyo.app import create_klaviyo
from sandbox.klaviyo.config import KlaviyoConfig
from sandbox.openai.app import create_openai
from sandbox.openai.state import OpenAIConfig
from sandbox.phone import show_phone
from sandbox.shopify.app import create_shopify
from sandbox.shopify.config import ShopifyConfig
from sandbox.twilio.app import create_twilio
from sandbox.twilio.config import TwilioConfig
from sandbox.zendesk.app import create_zendesk
from sandbox.zendesk.config import ZendeskConfig


class SandboxConfig(BaseModel):
    """All emulated vendors; the defaults are the demo brand's accounts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    twilio: TwilioConfig = Field(default_factory=TwilioConfig)
    helpdesk: HelpdeskConfig = Field(default_factory=HelpdeskConfig)
    gorgias: GorgiasConfig = Field(default_factory=GorgiasConfig)
    zendesk: ZendeskConfig = Field(default_factory=ZendeskConfig)
    shopify: ShopifyConfig = Field(default_factory=ShopifyConfig)
    openai: OpenAIConfig = Field(default_factory=OpenAIConfig)
    klaviyo: KlaviyoConfig = Field(default_factory=KlaviyoConfig)
    events: EventsReceiverConfig = Field(default_factory=EventsReceiverConfig)

    @classmethod
    def for_api(cls, api_url: str, public_url: str | None = None) -> "SandboxConfig":
        """Return the demo accounts with webhooks that go to the product at ``api_url``.

        ``public_url`` is the address that signatures are computed over, when it differs.
        """
        return cls(
            twilio=TwilioConfig(public_base_url=public_url or api_url, deliver_base_url=api_url),
            helpdesk=HelpdeskConfig(api_base_url=api_url),
            gorgias=GorgiasConfig(api_base_url=api_url),
            zendesk=ZendeskConfig(api_base_url=api_url),
        )


def create_sandbox(config: SandboxConfig, client: httpx.AsyncClient | None = None) -> Starlette:
    """Build the whole sandbox.

    Args:
        config: The emulated accounts.
        client: What posts the vendors' webhooks (a test may mount a receiver in it); default:
            one of its own, closed when the app stops.
    """
    poster = client or httpx.AsyncClient(trust_env=False)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        if client is None:
            await poster.aclose()

    return Starlette(
        routes=[
            Mount("/twilio", create_twilio(config.twilio, Edge(), poster)),
            Mount("/helpdesk", create_helpdesk(config.helpdesk, Edge(), poster)),
            Mount("/gorgias", create_gorgias(config.gorgias, Edge(), poster)),
            Mount("/zendesk", create_zendesk(config.zendesk, Edge(), poster)),
            Mount("/shopify", create_shopify(config.shopify, Edge())),
            Mount("/openai", create_openai(config.openai, Edge())),
            Mount("/klaviyo", create_klaviyo(config.klaviyo, Edge())),
            Mount("/events", create_events_receiver(config.events, Edge())),
            Route("/healthz", _answer_health),
            Route("/phone", show_phone),
        ],
        lifespan=lifespan,
    )


async def _answer_health(_request: Request) -> Response:
    return JSONResponse({"status": "ok"})
