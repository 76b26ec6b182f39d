"""The query roots the emulator answers."""

from collections.abc import Callable
from functools import partial
from typing import Any

from graphql import GraphQLError

from sandbox.shopify.connection import connection
from sandbox.shopify.errors import access_denied
from sandbox.shopify.gids import gid
from sandbox.shopify.matching import Judge, customer_matches, order_matches, product_matches
from sandbox.shopify.scalar import instant
from sandbox.shopify.schema import admin_schema
from sandbox.shopify.search import parse_search
from sandbox.shopify.world import World
from sandbox.wire import Json

_Arguments = dict[str, Any]
_Key = Callable[[Json], Any]
_ORDER_KEYS: dict[str, _Key] = {
    "ID": lambda n: int(n["legacyResourceId"]),
    "ORDER_NUMBER": lambda n: n["number"],
    "CUSTOMER_NAME": lambda n: n["customer"]["displayName"],
    "TOTAL_PRICE": lambda n: n["_total"],
    "CURRENT_TOTAL_PRICE": lambda n: n["_total"],
}
_PRODUCT_KEYS: dict[str, _Key] = {
    "ID": lambda n: int(n["legacyResourceId"]),
    "TITLE": lambda n: n["title"].casefold(),
    "PRODUCT_TYPE": lambda n: n["productType"].casefold(),
    "VENDOR": lambda n: n["vendor"].casefold(),
    "UPDATED_AT": lambda n: n["_updated"],
    "CREATED_AT": lambda n: n["_created"],
    "PUBLISHED_AT": lambda n: n["_created"],
    "INVENTORY_TOTAL": lambda n: n["totalInventory"](),
}
_CUSTOMER_KEYS: dict[str, _Key] = {
    "ID": lambda n: int(n["legacyResourceId"]),
    "NAME": lambda n: n["lastName"].casefold(),
    "CREATED_AT": lambda n: n["_created"],
    "UPDATED_AT": lambda n: n["_created"],
}


def query_roots(world: World) -> Json:
    """Return the resolvers of ``QueryRoot``; a root that is not here is not emulated."""
    for person in world.all("Customer"):
        person["orders"] = lambda person=person, **given: _orders(world, given, person)

    def by_id(id: str) -> Json | None:
        return world.get(id)

    return {
        "__typename": "QueryRoot",
        "customer": by_id,
        "customerByIdentifier": lambda identifier: _by_identifier(world, identifier),
        "customers": lambda **given: _found(
            world.all("Customer"), given, customer_matches, _CUSTOMER_KEYS.get
        ),
        "order": by_id,
        "orders": lambda **given: _orders(world, given, None),
        "product": by_id,
        "productVariant": by_id,
        "products": lambda **given: _found(
            world.all("Product"), given, product_matches, _PRODUCT_KEYS.get
        ),
        "node": lambda id: _node(world, id),
        "nodes": lambda ids: [_quiet_node(world, identity) for identity in ids],
        "job": by_id,
        "shop": lambda: _shop(world),
        "currentAppInstallation": lambda: _installation(world),
    }


def _orders(world: World, given: _Arguments, person: Json | None) -> Json:
    rows = [o for o in world.all("Order") if person is None or o["customer"] is person]
    return _found(rows, given, order_matches, _order_key)


def _order_key(name: str) -> _Key:
    """Return an order's place by this sort key; instants all sort by when it was placed."""
    return _ORDER_KEYS.get(name, lambda node: node["_at"])


def _found(
    rows: list[Json], given: _Arguments, judge: Judge, key_of: Callable[[str], _Key | None]
) -> Json:
    """Return one page of what a search finds; RELEVANCE keeps the order of the files."""
    page = dict(given)
    passes = parse_search(page.pop("query", None) or "")
    key = key_of(page.pop("sortKey", "ID"))
    page.pop("savedSearchId", None)
    hits = [node for node in rows if passes(partial(judge, node))]
    return connection(sorted(hits, key=key) if key else hits, **page)


def _by_identifier(world: World, identifier: _Arguments) -> Json | None:
    """Return the customer with exactly this id, e-mail or E.164 number of their own."""
    (kind, value), *_ = identifier.items()
    if kind == "id":
        return world.get(value)
    field = {"phoneNumber": "phone", "emailAddress": "email"}.get(kind)
    for person in world.all("Customer"):
        if field and (person[field] or "").casefold() == value.casefold():
            return person
    return None


def _node(world: World, identity: str) -> Json | None:
    """Return any node the app may read.

    Raises:
        GraphQLError: ACCESS_DENIED when the scope for its type is missing.
    """
    node = world.get(identity)
    if node is not None:
        schema = admin_schema()
        kind = schema.graphql.type_map[node["__typename"]]
        refused = schema.refused(world.granted(), "", "", kind)
        if refused:
            raise access_denied("node", refused.sentence)
    return node


def _quiet_node(world: World, identity: str) -> Json | Exception | None:
    """Return a node or its error, so that one refusal leaves the other nodes standing."""
    try:
        return _node(world, identity)
    except GraphQLError as error:
        return error


def _shop(world: World) -> Json:
    profile, shop = world.shop.profile, world.shop
    url = f"https://{profile.domain}"
    return {
        "__typename": "Shop",
        "id": gid("Shop", profile.id),
        "name": profile.name,
        "email": profile.contact_email,
        "contactEmail": profile.contact_email,
        "myshopifyDomain": f"{profile.handle}.myshopify.com",
        "currencyCode": profile.currency,
        "ianaTimezone": profile.timezone,
        "url": url,
        "primaryDomain": {"id": gid("Domain", profile.id), "url": url, "host": profile.domain},
        "shopPolicies": [
            {
                "__typename": "ShopPolicy",
                "id": gid("ShopPolicy", 9100 + place),
                "type": entry.id.replace("-", "_").upper(),
                "title": entry.title,
                "body": f"<p>{entry.body}</p>",
                "url": entry.url,
                "createdAt": instant(shop.at(-24 * 400)),
                "updatedAt": instant(shop.at(-24 * 30)),
            }
            for place, entry in enumerate(e for e in shop.knowledge if e.kind == "policy")
        ],
    }


def _installation(world: World) -> Json:
    return {
        "__typename": "AppInstallation",
        "id": gid("AppInstallation", 1),
        "accessScopes": [{"handle": scope} for scope in sorted(world.scopes)],
        "app": {"id": gid("App", 1), "title": "Customer Agent", "handle": "customer-agent"},
    }
