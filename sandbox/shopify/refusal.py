"""Refusals of a document: graphql-core's findings under Shopify's codes, by rule class.

The texts of graphql-core change between its versions, so nothing here reads them except the last
resort. Which rule found what is known because each rule is run alone once the whole set found
something.
"""

from typing import Any

from graphql import (
    ArgumentNode,
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLSchema,
    Node,
    ObjectFieldNode,
    ObjectValueNode,
    OperationDefinitionNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_required_argument,
    is_required_input_field,
    specified_rules,
    validate,
    visit,
)

from sandbox.shopify.gids import gid_kind
from sandbox.shopify.place import NOWHERE, InputObject, Place
from sandbox.shopify.wording import worded
from sandbox.wire import Json


class _Survey(Visitor):
    """Note the place of every node, and every literal id that is not a global id."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self.info = info
        self.places: dict[int, Place] = {}
        self.bad_ids: list[StringValueNode] = []
        self._path: list[str] = []
        self._fields: list[FieldNode] = []
        self._arguments: list[ArgumentNode | ObjectFieldNode] = []

    def enter(self, node: Node, *_args: Any) -> None:  # noqa: ANN401 - graphql-core's signature
        """Remember the node, then step into it."""
        if isinstance(node, OperationDefinitionNode):
            name = f" {node.name.value}" if node.name else ""
            self._path.append(f"{node.operation.value}{name}")
        elif isinstance(node, FragmentDefinitionNode):
            self._path.append(f"fragment {node.name.value}")
        elif isinstance(node, FieldNode):
            self._path.append(node.alias.value if node.alias else node.name.value)
            self._fields.append(node)
        elif isinstance(node, ArgumentNode | ObjectFieldNode):
            self._path.append(node.name.value)
            self._arguments.append(node)
        self.places[id(node)] = self._place(node)
        named = get_named_type(self.info.get_input_type())
        literal = isinstance(node, StringValueNode) and named is not None and named.name == "ID"
        if isinstance(node, StringValueNode) and literal and gid_kind(node.value) is None:
            self.bad_ids.append(node)

    def leave(self, node: Node, *_args: Any) -> None:  # noqa: ANN401 - graphql-core's signature
        """Step out again."""
        if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode | FieldNode):
            self._path.pop()
        if isinstance(node, FieldNode):
            self._fields.pop()
        if isinstance(node, ArgumentNode | ObjectFieldNode):
            self._path.pop()
            self._arguments.pop()

    def _place(self, node: Node) -> Place:
        parent, definition = self.info.get_parent_type(), self.info.get_field_def()
        expected = self.info.get_input_type()
        outer = expected if isinstance(node, ObjectValueNode) else self.info.get_parent_input_type()
        named = get_named_type(self.info.get_type())
        field = self._fields[-1] if self._fields else None
        given = {a.name.value for a in (field.arguments or ())} if field else set()
        return Place(
            path=tuple(self._path),
            parent=parent.name if parent else "",
            field=field.name.value if field else "",
            kind=named.name if named else "",
            argument=self._arguments[-1].name.value if self._arguments else "",
            expected=str(expected) if expected else "",
            missing=tuple(
                name
                for name, argument in (definition.args if definition else {}).items()
                if is_required_argument(argument) and name not in given
            ),
            input_object=_input_object(get_named_type(outer), node),
        )


def _input_object(outer: GraphQLNamedType | None, node: Node) -> InputObject | None:
    """Return which fields the input object around or at a node wants and knows."""
    if not isinstance(outer, GraphQLInputObjectType):
        return None
    given = {f.name.value for f in node.fields or ()} if isinstance(node, ObjectValueNode) else {""}
    return InputObject(
        name=outer.name,
        known=frozenset(outer.fields),
        missing=tuple(
            (name, str(f.type).removesuffix("!"))
            for name, f in outer.fields.items()
            if is_required_input_field(f) and name not in given
        ),
    )


def refusals(schema: GraphQLSchema, document: DocumentNode) -> list[Json]:
    """Return Shopify's errors for a document it would not run; empty for one it would.

    Args:
        schema: The executable Admin schema.
        document: A parsed document.

    Returns:
        Ready ``errors`` items with message, locations, path and extensions.code.
    """
    survey = _survey(schema, document)
    if validate(schema, document):
        found: list[Json] = []
        for rule in specified_rules:
            for error in validate(schema, document, [rule]):
                refusal = _refusal(survey, rule, error)
                if refusal not in found:  # two missing attributes are named by the first of them
                    found.append(refusal)
        return found
    return [
        {
            "message": f"Invalid global id '{node.value}'",
            "locations": _locations(node),
            "path": list(survey.places[id(node)].path),
            "extensions": {"code": "argumentLiteralsIncompatible", "typeName": "CoercionError"},
        }
        for node in survey.bad_ids
    ]


def _survey(schema: GraphQLSchema, document: DocumentNode) -> _Survey:
    info = TypeInfo(schema)
    survey = _Survey(info)
    visit(document, TypeInfoVisitor(info, survey))
    return survey


def _refusal(survey: _Survey, rule: type[ASTValidationRule], error: GraphQLError) -> Json:
    node = error.nodes[0] if error.nodes else None
    place = survey.places.get(id(node)) if node else None
    name = rule.__name__.removesuffix("Rule")
    message, extensions = worded(name, node, place or NOWHERE, error.message)
    return {
        "message": message,
        "locations": [{"line": at.line, "column": at.column} for at in error.locations or ()],
        "path": list(place.path) if place else [],
        "extensions": extensions,
    }


def _locations(node: Node) -> list[Json]:
    start = node.loc.start_token if node.loc else None
    return [{"line": start.line, "column": start.column}] if start else []
