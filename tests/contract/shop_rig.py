"""The emulated Shopify behind its edge, with the demo brand, and adapters that speak to it."""

from dataclasses import dataclass, field

import httpx

from providers.commerce.base import Shop
from providers.commerce.registry import build_shop
from providers.http_client import open_http
from sandbox.edge import Edge
from sandbox.shopify.app import create_shopify
from sandbox.shopify.config import ShopifyConfig
from sandbox.wire import Json
from tests.contract.wire import Wire

LOGIN = "oauth/access_token"
GRAPHQL = "graphql.json"


@dataclass
class ShopifyRig:
    """One emulated app installation; the adapters share its clock."""

    config: ShopifyConfig = field(default_factory=ShopifyConfig)
    edge: Edge = field(default_factory=Edge)

    def __post_init__(self) -> None:
        self.pool: httpx.AsyncClient = open_http(Wire(create_shopify(self.config, self.edge)))

    def shop(self, **options: object) -> Shop:
        """Return an adapter for the demo brand's shop."""
        given: dict[str, object] = {
            "shop": "cedar-slate",
            "base_url": "http://shopify.sandbox/{shop}",
            "client_id": self.config.client_id,
            "client_secret": self.config.client_secret,
        }
        return build_shop("shopify", given | options, self.pool, self.edge.now)

    async def control(self, name: str, **given: object) -> Json:
        """Call the emulator's own control of that name."""
        answer = await self.pool.post(f"http://shopify.sandbox/_control/{name}", json=given)
        told: Json = answer.json()
        return told

    def asked(self, path: str) -> int:
        """Return how many requests arrived whose path holds this."""
        return sum(path in request.path for request in self.edge.requests)


RIGS = {"shopify": ShopifyRig}
