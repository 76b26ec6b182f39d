"""Shopify's Admin GraphQL API as an ASGI app, the shop named by the first part of the path."""

import json
import re
from json import JSONDecodeError

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sandbox.edge import Edge, EdgeMiddleware
from sandbox.shopify.bucket import Bucket
from sandbox.shopify.config import API_VERSION, ShopifyConfig
from sandbox.shopify.control import control
from sandbox.shopify.engine import answer
from sandbox.shopify.oauth import Tokens, read_form, shop_not_permitted
from sandbox.shopify.world import World
from sandbox.wire import Json

_BAD_TOKEN = "[API] Invalid API key or access token (unrecognized login or wrong password)"  # noqa: S105 - Shopify's sentence
_VERSION = re.compile(r"20\d\d-(01|04|07|10)|unstable")


def create_shopify(config: ShopifyConfig, edge: Edge) -> ASGIApp:
    """Return the emulator behind its edge, stocked with the demo brand as of the edge's now.

    Args:
        config: The app's credentials, scopes and limits at the shop.
        edge: Records requests, injects faults and keeps the clock.

    Returns:
        ``POST /{shop}/admin/oauth/access_token``, ``POST /{shop}/admin/api/{version}/graphql.json``
        (any quarter is answered by 2026-10, as Shopify falls forward) and ``/_control/...``.
    """
    emulator = _Emulator(config, edge)
    app = Starlette(
        routes=[
            Route("/{shop}/admin/oauth/access_token", emulator.token, methods=["POST"]),
            Route("/{shop}/admin/api/{version}/graphql.json", emulator.graphql, methods=["POST"]),
            Route("/_control/{name}", emulator.control, methods=["GET", "POST"]),
        ],
        exception_handlers={404: _unknown, 405: _unknown},
    )
    return EdgeMiddleware(app, edge)


class _Emulator:
    """The three endpoints over one shop's state."""

    def __init__(self, config: ShopifyConfig, edge: Edge) -> None:
        self.config = config
        self.tokens = Tokens(config, edge)
        self.world = World(config, edge)
        self.bucket = Bucket(config.bucket_points, config.restore_points_per_second, edge.now)

    async def token(self, request: Request) -> Response:
        """Exchange client credentials."""
        shop = _shop_name(request)
        if shop in self.config.foreign_shops:
            status, body = shop_not_permitted()
            return JSONResponse(body, status)
        if shop != self.world.shop.profile.handle:
            return _not_found()
        raw = await request.body()
        kind = request.headers.get("content-type", "")
        form = read_form(kind, raw, _parsed(raw))
        status, body = self.tokens.exchange(form, self.world.scopes)
        return JSONResponse(body, status)

    async def graphql(self, request: Request) -> Response:
        """Answer a GraphQL request, or refuse it at the HTTP level."""
        known = _VERSION.fullmatch(request.path_params["version"])
        if not known or _shop_name(request) != self.world.shop.profile.handle:
            return _not_found()
        if not self.tokens.accepts(request.headers.get("x-shopify-access-token")):
            return JSONResponse({"errors": _BAD_TOKEN}, 401)
        if not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"errors": "Unsupported Media Type"}, 415)
        body = _parsed(await request.body())
        if not isinstance(body, dict) or not isinstance(body.get("query"), str):
            missing = {"query": "Required parameter missing or invalid"}
            return JSONResponse({"errors": missing}, 400)
        headers = {"X-Shopify-API-Version": API_VERSION}
        return JSONResponse(answer(self.world, self.bucket, body), headers=headers)

    async def control(self, request: Request) -> Response:
        """Do what a test asks."""
        given = _parsed(await request.body())
        call: tuple[str, Json] = (
            request.path_params["name"],
            given if isinstance(given, dict) else {},
        )
        self.world.settle()
        done = control(self.world, self.bucket, self.tokens, call)
        return _not_found() if done is None else JSONResponse(done)


async def _unknown(_request: Request, _error: Exception) -> Response:
    return _not_found()


def _not_found() -> Response:
    return JSONResponse({"errors": "Not Found"}, 404)


def _shop_name(request: Request) -> str:
    """Return the shop, also when it is given with Shopify's own domain."""
    shop: str = request.path_params["shop"]
    return shop.removesuffix(".myshopify.com")


def _parsed(raw: bytes) -> object:
    try:
        parsed: object = json.loads(raw)
    except (JSONDecodeError, UnicodeDecodeError):
        return None
    return parsed
