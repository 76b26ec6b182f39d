"""Variables checked as Shopify checks them: every problem named with its path."""

from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    is_input_type,
    is_required_input_field,
    print_ast,
    type_from_ast,
    value_from_ast_untyped,
)
from graphql.error import GraphQLError

from sandbox.shopify.gids import gid_kind
from sandbox.wire import Json

MAX_LIST = 250
_Problem = tuple[tuple[str | int, ...], str]


def defaults_and_given(operation: OperationDefinitionNode, given: Json) -> Json:
    """Return the variables with the operation's defaults where nothing was given."""
    defaults = {
        definition.variable.name.value: value_from_ast_untyped(definition.default_value)
        for definition in operation.variable_definitions or ()
        if definition.default_value is not None
    }
    return defaults | given


def variable_errors(
    schema: GraphQLSchema, operation: OperationDefinitionNode, given: Json
) -> list[Json]:
    """Return Shopify's errors for variables that do not fit; empty when they do.

    Global ids are checked for their form only; whether the type fits is known to the resolver.
    """
    values = defaults_and_given(operation, given)
    errors: list[Json] = []
    for definition in operation.variable_definitions or ():
        name, written = definition.variable.name.value, print_ast(definition.type)
        wanted = type_from_ast(schema, definition.type)
        if wanted is None or not is_input_type(wanted):
            continue
        value = values.get(name)
        if isinstance(value, list) and len(value) > MAX_LIST:
            errors.append(_too_long(len(value)))
            continue
        problems = _problems(wanted, value, ())
        if problems:
            errors.append(_invalid(name, written, value, problems))
    return errors


def _invalid(name: str, written: str, value: object, problems: list[_Problem]) -> Json:
    message = f"Variable ${name} of type {written} was provided invalid value"
    inner = [f"{'.'.join(map(str, path))} ({why})" for path, why in problems if path]
    return {
        "message": f"{message} for {', '.join(inner)}" if inner else message,
        "extensions": {
            "code": "INVALID_VARIABLE",
            "value": value,
            "problems": [{"path": list(path), "explanation": why} for path, why in problems],
        },
    }


def _too_long(size: int) -> Json:
    message = f"The input array size of {size} is greater than the maximum allowed of {MAX_LIST}."
    return {"message": message, "extensions": {"code": "MAX_INPUT_SIZE_EXCEEDED"}}


def _problems(
    wanted: GraphQLInputType,
    value: Any,  # noqa: ANN401 - JSON
    path: tuple[str | int, ...],
) -> list[_Problem]:
    """Return every way a JSON value does not fit an input type."""
    if isinstance(wanted, GraphQLNonNull):
        if value is None:
            return [(path, "Expected value to not be null")]
        return _problems(wanted.of_type, value, path)
    if value is None:
        return []
    if isinstance(wanted, GraphQLList):
        items = value if isinstance(value, list) else [value]
        return [
            p for i, item in enumerate(items) for p in _problems(wanted.of_type, item, (*path, i))
        ]
    if isinstance(wanted, GraphQLInputObjectType):
        return _object_problems(wanted, value, path)
    return [(path, why) for why in _leaf_problem(wanted, value)]


def _object_problems(
    wanted: GraphQLInputObjectType, value: object, path: tuple[str | int, ...]
) -> list[_Problem]:
    if not isinstance(value, dict):
        return [(path, f"Expected {value!r} to be a key-value object.")]
    found: list[_Problem] = [
        ((*path, name), f"Field is not defined on {wanted.name}")
        for name in value
        if name not in wanted.fields
    ]
    for name, field in wanted.fields.items():
        if name in value:
            found += _problems(field.type, value[name], (*path, name))
        elif is_required_input_field(field):
            found.append(((*path, name), "Expected value to not be null"))
    if wanted.is_one_of and (len(value) != 1 or None in value.values()):
        found.append((path, f"'{wanted.name}' requires exactly one argument, not {len(value)}."))
    return found


def _leaf_problem(wanted: GraphQLInputType, value: object) -> list[str]:
    if isinstance(wanted, GraphQLEnumType):
        if value in wanted.values:
            return []
        return [f'Expected "{value}" to be one of: {", ".join(wanted.values)}']
    if isinstance(wanted, GraphQLScalarType):
        if wanted.name == "ID":
            return [] if gid_kind(value) else [f"Invalid global id '{value}'"]
        try:
            wanted.parse_value(value)
        except GraphQLError:
            return [f"Could not coerce value {value!r} to {wanted.name}"]
    return []
