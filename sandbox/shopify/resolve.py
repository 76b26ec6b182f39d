"""One resolver for every field: scopes, protected data and ids first, then the node's value."""

from typing import Any

from graphql import GraphQLResolveInfo, get_named_type

from sandbox.shopify.errors import access_denied, invalid_id, not_approved, not_emulated
from sandbox.shopify.gids import gid_kind
from sandbox.shopify.schema import admin_schema
from sandbox.shopify.world import World

_ABSENT = object()


def resolve_field(
    source: dict[str, Any],
    info: GraphQLResolveInfo[World],
    **arguments: Any,  # noqa: ANN401 - GraphQL arguments
) -> Any:  # noqa: ANN401 - whatever the field's type says
    """Return a field of a node, calling it with the arguments when it is a resolver.

    Raises:
        GraphQLError: ACCESS_DENIED for a missing scope or unapproved protected field,
            RESOURCE_NOT_FOUND for an id of another type, NOT_EMULATED for a field that Shopify
            has and this emulator has not.
    """
    world = info.context
    schema = admin_schema()
    parent, name = info.parent_type.name, info.field_name
    refused = schema.refused(world.granted(), parent, name, get_named_type(info.return_type))
    if refused:
        raise access_denied(name, refused.sentence)
    if (parent, name) in schema.protected and not world.config.protected_data_approved:
        raise not_approved(name)
    for argument, value in arguments.items():
        kinds = schema.gid_types.get((parent, name, argument), frozenset({"Node"}))
        if "Node" not in kinds and isinstance(value, str) and gid_kind(value) not in kinds:
            raise invalid_id()
    value = source.get(name, _ABSENT)
    if value is _ABSENT:
        raise not_emulated(f"{parent}.{name}")
    return value(**arguments) if callable(value) else value
