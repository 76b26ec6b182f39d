"""What a query costs, by the rule fitted to public recordings of Shopify's own figures.

Scalar 0; object 1; connection ``2 + max(1, floor(2 ln first)) * (1 + node)``, where ``nodes`` and
``edges.node`` both count; mutation root 10; the objects directly under a payload, ``PageInfo``,
``MoneyBag``, ``MoneyV2`` and user errors 0; ``Count`` 10; a union costs its dearest branch.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_object_type,
)

MAX_QUERY_COST = 1000
_FREE: Final = frozenset({"PageInfo", "MoneyBag", "MoneyV2"})
_ASKED: Final = object()  # stands for an answer not yet known: everything asked for is counted
_Selected = tuple[GraphQLNamedType, FieldNode | InlineFragmentNode]


@dataclass(frozen=True)
class CostModel:
    """The cost of one operation of a valid document, before and after it ran.

    ``variables`` are the coerced ones, defaults included.
    """

    schema: GraphQLSchema
    document: DocumentNode
    operation: OperationDefinitionNode
    variables: dict[str, Any]

    def requested(self) -> int:
        """Return the cost the bucket must hold, every page full."""
        return self._cost(self.operation.selection_set, self._root(), _ASKED)

    def actual(self, data: object) -> int:
        """Return the cost of what came back; never above `requested`."""
        return self._cost(self.operation.selection_set, self._root(), data)

    def _root(self) -> GraphQLNamedType:
        root = self.schema.get_root_type(self.operation.operation)
        assert root is not None  # noqa: S101 - validation has refused other operations
        return root

    def _cost(self, selection: SelectionSetNode, owner: GraphQLNamedType, data: object) -> int:
        """Return the cost of the selected fields of one object, or of the dearest in a list."""
        if data is None:
            return 0
        if isinstance(data, list):
            return max((self._cost(selection, owner, item) for item in data), default=0)
        total = 0
        branches: dict[str, int] = defaultdict(int)
        for holder, node in self._flat(selection, owner):
            if isinstance(node, InlineFragmentNode):
                branches[holder.name] += self._cost(node.selection_set, holder, data)
            elif node.selection_set is not None and not node.name.value.startswith("__"):
                total += self._field(holder, node, _part(data, node))
        return total + max(branches.values(), default=0)

    def _field(self, owner: GraphQLNamedType, node: FieldNode, data: object) -> int:
        named = _type_of(owner, node.name.value)
        selection = node.selection_set
        if data is None or selection is None:
            return 0
        if named.name.endswith("Connection") and "edges" in getattr(named, "fields", {}):
            return self._connection(selection, named, node, data)
        if named.name == "Count":
            return 10
        below = self._cost(selection, named, data)
        if owner is self.schema.mutation_type:
            return 10 + below
        free = owner.name.endswith("Payload") or named.name in _FREE
        return below + (0 if free or named.name.endswith("UserError") else 1)

    def _connection(
        self, selection: SelectionSetNode, named: GraphQLNamedType, node: FieldNode, data: object
    ) -> int:
        size = self._number(node, "first") or self._number(node, "last") or 1
        child = 0
        for holder, part in self._flat(selection, named):
            if isinstance(part, InlineFragmentNode) or part.selection_set is None:
                continue
            if part.name.value not in ("nodes", "edges"):
                continue
            rows = _part(data, part)
            if isinstance(rows, list):
                size = min(size, len(rows))
            child += self._per_node(holder, part, rows)
        return 2 + (max(1, int(2 * math.log(size))) if size else 0) * child

    def _per_node(self, holder: GraphQLNamedType, part: FieldNode, rows: object) -> int:
        """Return 1 plus the node's selection, for ``nodes`` itself or the ``node`` of ``edges``."""
        selection = part.selection_set
        named = _type_of(holder, part.name.value)
        if selection is None:
            return 0
        if part.name.value == "nodes":
            return 1 + self._cost(selection, named, rows)
        total = 0
        for edge, inner in self._flat(selection, named):
            if isinstance(inner, FieldNode) and inner.name.value == "node" and inner.selection_set:
                below = _type_of(edge, "node")
                data = [_part(row, inner) for row in rows] if isinstance(rows, list) else _ASKED
                total += 1 + self._cost(inner.selection_set, below, data)
        return total

    def _flat(self, selection: SelectionSetNode, owner: GraphQLNamedType) -> Iterator[_Selected]:
        """Yield the fields under their type; a condition that may not hold stays a branch."""
        for node in selection.selections:
            inner: object = node
            if isinstance(node, FragmentSpreadNode):
                inner = self._fragment(node.name.value)
            if isinstance(inner, FieldNode):
                yield owner, inner
            elif isinstance(inner, InlineFragmentNode | FragmentDefinitionNode):
                condition = inner.type_condition
                kind = self.schema.type_map[condition.name.value] if condition else owner
                if kind is owner or is_object_type(owner):
                    yield from self._flat(inner.selection_set, kind)
                else:
                    yield kind, InlineFragmentNode(selection_set=inner.selection_set)

    def _fragment(self, name: str) -> FragmentDefinitionNode:
        return next(
            definition
            for definition in self.document.definitions
            if isinstance(definition, FragmentDefinitionNode) and definition.name.value == name
        )

    def _number(self, node: FieldNode, argument: str) -> int | None:
        for given in node.arguments or ():
            if given.name.value == argument:
                if isinstance(given.value, VariableNode):
                    value = self.variables.get(given.value.name.value)
                    return value if isinstance(value, int) else None
                if isinstance(given.value, IntValueNode):
                    return int(given.value.value)
        return None


def _type_of(owner: GraphQLNamedType, field: str) -> GraphQLNamedType:
    """Return the named type of a field of an object or interface."""
    assert isinstance(owner, GraphQLObjectType | GraphQLInterfaceType)  # noqa: S101 - validated
    named: GraphQLNamedType = get_named_type(owner.fields[field].type)
    return named


def _part(data: object, node: FieldNode) -> object:
    """Return the answer under a field's response name; unknown while the answer is unknown."""
    if isinstance(data, dict):
        return data.get(node.alias.value if node.alias else node.name.value)
    return _ASKED
