"""Shopify's own introspection, loaded once and only when somebody asks."""

import gc
import gzip
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graphql import GraphQLNamedType, GraphQLSchema, build_client_schema, is_object_type
from graphql.type import get_named_type

_FILE = Path(__file__).resolve().parent / "schema" / "admin-2026-10.introspection.json.gz"


@dataclass(frozen=True)
class Access:
    """The scopes of which any one is enough, and Shopify's sentence about them."""

    scopes: frozenset[str]
    sentence: str


@dataclass(frozen=True)
class AdminSchema:
    """The executable schema and what `build_client_schema` drops of the introspection.

    ``gid_types`` is keyed by (type, field, argument): the GID types the argument accepts.
    """

    graphql: GraphQLSchema
    type_access: dict[str, Access]
    field_access: dict[tuple[str, str], Access]
    protected: frozenset[tuple[str, str]]
    gid_types: dict[tuple[str, str, str], frozenset[str]]

    def refused(
        self, granted: frozenset[str], parent: str, field: str, result: GraphQLNamedType
    ) -> Access | None:
        """Return the access that is missing to read a field, or None when it may be read."""
        wanted = (
            self.field_access.get((parent, field)),
            self.type_access.get(_node_type(result).name),
        )
        for access in wanted:
            if access is not None and not access.scopes & granted:
                return access
        return None


@cache
def admin_schema() -> AdminSchema:
    """Return the Admin schema 2026-10; the first call takes about half a second."""
    with gzip.open(_FILE, "rt", encoding="utf-8") as stream:
        raw = json.load(stream)
    types: list[dict[str, Any]] = raw["data"]["__schema"]["types"]
    fields = [(t["name"], f) for t in types for f in t.get("fields") or ()]
    type_access: dict[str, Access] = {}
    field_access: dict[tuple[str, str], Access] = {}
    for item in raw["offline_scopes"]["items"]:
        if not item["offlineScopes"]:
            continue
        access = Access(frozenset(item["offlineScopes"]), item["requiredAccess"])
        if item["type"] == "type":
            type_access[item["typeName"]] = access
        else:
            field_access[item["typeName"], item["fieldName"]] = access
    loaded = AdminSchema(
        # Shopify deprecates implementations of interface fields, which graphql-core refuses.
        graphql=build_client_schema(raw["data"], assume_valid=True),
        type_access=type_access,
        field_access=field_access,
        protected=frozenset((name, f["name"]) for name, f in fields if f["isProtected"]),
        gid_types={
            (name, f["name"], a["name"]): frozenset(a["gidTypes"])
            for name, f in fields
            for a in f["args"]
            if a.get("gidTypes")
        },
    )
    del raw, types, fields
    # The schema lives as long as the process; without this every full collection walks it again.
    gc.collect()
    gc.freeze()
    return loaded


def granted_with_implied(scopes: frozenset[str]) -> frozenset[str]:
    """Add the read scope that every write scope carries."""
    implied = {"read_" + s.removeprefix("write_") for s in scopes if s.startswith("write_")}
    return scopes | implied


def _node_type(result: GraphQLNamedType) -> GraphQLNamedType:
    """Return what a connection connects: its own type asks for no scope, its nodes' does."""
    if is_object_type(result) and result.name.endswith("Connection") and "nodes" in result.fields:
        node: GraphQLNamedType = get_named_type(result.fields["nodes"].type)
        return node
    return result
