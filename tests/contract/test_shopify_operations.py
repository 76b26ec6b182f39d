"""Our GraphQL operations, held against Shopify's own schema 2026-10."""

from functools import cache

import pytest
from graphql import (
    DocumentNode,
    FieldNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    validate,
    visit,
)

from providers.commerce.shopify.operations import operation_names, operation_text
from providers.commerce.shopify.shop import NEEDED_SCOPES
from sandbox.shopify.cost import MAX_QUERY_COST, CostModel
from sandbox.shopify.schema import admin_schema

_COSTS = {
    "CustomersByPhone": 22,
    "OrdersByName": 38,
    "OrdersOfCustomer": 39,
    "ProductsSearch": 79,
    "ShopAndScopes": 3,
}
_LARGEST_PAGES = {"OrdersOfCustomer": {"limit": 5}, "ProductsSearch": {"limit": 50}}


@cache
def _document(name: str) -> DocumentNode:
    return parse(operation_text(name))


class _Fields(Visitor):
    """Collects every (type, field) an operation reads, with the type that comes back."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self.info = info
        self.found: list[tuple[str, str, object]] = []

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent, result = self.info.get_parent_type(), self.info.get_type()
        if parent is not None and result is not None:
            self.found.append((parent.name, node.name.value, get_named_type(result)))


def _fields(name: str) -> _Fields:
    info = TypeInfo(admin_schema().graphql)
    fields = _Fields(info)
    visit(_document(name), TypeInfoVisitor(info, fields))
    return fields


def test_operations_file_holds_exactly_the_operations_we_know() -> None:
    """An operation is added together with its figures here."""
    assert sorted(operation_names()) == sorted(_COSTS)


@pytest.mark.parametrize("name", sorted(_COSTS))
def test_operation_is_valid_for_shopify(name: str) -> None:
    """Sent by itself, each operation is one Shopify's schema takes."""
    assert validate(admin_schema().graphql, _document(name)) == []


@pytest.mark.parametrize("name", sorted(_COSTS))
def test_operation_costs_what_we_think(name: str) -> None:
    """The points an operation takes are known, far below the limit of one query."""
    document = _document(name)
    (operation,) = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    model = CostModel(
        admin_schema().graphql, document, operation, dict(_LARGEST_PAGES.get(name, {}))
    )

    assert model.requested() == _COSTS[name]
    assert _COSTS[name] < MAX_QUERY_COST / 5


@pytest.mark.parametrize("name", sorted(_COSTS))
def test_operation_needs_no_scope_beyond_those_we_ask_for(name: str) -> None:
    """The three scopes the check names are enough for every field."""
    granted = frozenset(NEEDED_SCOPES)
    schema = admin_schema()

    refused = [
        (parent, field)
        for parent, field, result in _fields(name).found
        if schema.refused(granted, parent, field, result)  # type: ignore[arg-type]
    ]

    assert refused == []


@pytest.mark.parametrize("scope", NEEDED_SCOPES)
def test_scope_we_ask_for_is_needed_by_an_operation(scope: str) -> None:
    """No permission is asked for that nothing uses."""
    granted = frozenset(NEEDED_SCOPES) - {scope}
    schema = admin_schema()

    refused = [
        field
        for name in _COSTS
        for parent, field, result in _fields(name).found
        if schema.refused(granted, parent, field, result)  # type: ignore[arg-type]
    ]

    assert refused
