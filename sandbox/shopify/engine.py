"""One GraphQL request from text to answer: refused, throttled or executed."""

from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    parse,
)

from sandbox.shopify.bucket import Bucket
from sandbox.shopify.cost import MAX_QUERY_COST, CostModel
from sandbox.shopify.errors import throttled, too_dear
from sandbox.shopify.mutation import mutation_roots
from sandbox.shopify.query import query_roots
from sandbox.shopify.refusal import refusals
from sandbox.shopify.resolve import resolve_field
from sandbox.shopify.schema import admin_schema
from sandbox.shopify.variables import defaults_and_given, variable_errors
from sandbox.shopify.world import World
from sandbox.wire import Json


def answer(world: World, bucket: Bucket, body: Json) -> Json:
    """Return the JSON answer to a GraphQL request whose ``query`` is a text.

    Args:
        world: The shop's state; finished cancellations are settled first.
        bucket: The points of the app at this shop; the actual cost is taken out.
        body: ``query`` and optionally ``variables`` and ``operationName``.
    """
    world.settle()
    try:
        document, errors = _prepared(body["query"])
    except GraphQLSyntaxError as error:
        return {"errors": [_syntax_error(error)]}
    if errors:
        return {"errors": errors}
    operation = _operation(document, body.get("operationName"))
    if operation is None:
        return {"errors": [{"message": "An operation name is required"}]}
    given = body.get("variables") or {}
    errors = variable_errors(admin_schema().graphql, operation, given)
    if errors:
        return {"errors": errors}
    variables = defaults_and_given(operation, given)
    model = CostModel(admin_schema().graphql, document, operation, variables)
    return _metered(world, bucket, model)


def _metered(world: World, bucket: Bucket, model: CostModel) -> Json:
    """Execute when the bucket holds the requested cost, and take out the actual one."""
    requested = model.requested()
    if requested > MAX_QUERY_COST:
        return too_dear(requested, MAX_QUERY_COST)
    if requested > bucket.available():
        return throttled({"requestedQueryCost": requested, "throttleStatus": bucket.status()})
    result = _execute(world, model)
    actual = min(requested, model.actual(result.data))
    bucket.spend(actual)
    cost = {"requestedQueryCost": requested, "actualQueryCost": actual}
    shown: Json = {"data": result.data}
    if result.errors:
        shown["errors"] = [_execution_error(error) for error in result.errors]
    shown["extensions"] = {"cost": {**cost, "throttleStatus": bucket.status()}}
    return shown


def _execute(world: World, model: CostModel) -> ExecutionResult:
    is_mutation = model.operation.operation is OperationType.MUTATION
    name = model.operation.name
    people = query_roots(world)
    return execute_sync(
        admin_schema().graphql,
        model.document,
        root_value=mutation_roots(world) if is_mutation else people,
        context_value=world,
        variable_values=model.variables,
        operation_name=name.value if name else None,
        field_resolver=resolve_field,
    )


@lru_cache(maxsize=256)
def _prepared(source: str) -> tuple[DocumentNode, list[Json]]:
    """Parse and validate; the adapters send the same few texts again and again."""
    document = parse(source)
    return document, refusals(admin_schema().graphql, document)


def _operation(document: DocumentNode, name: object) -> OperationDefinitionNode | None:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if name:
        operations = [o for o in operations if o.name and o.name.value == name]
    return operations[0] if len(operations) == 1 else None


def _syntax_error(error: GraphQLSyntaxError) -> Json:
    at = [{"line": p.line, "column": p.column} for p in error.locations or ()]
    where = f" at [{at[0]['line']}, {at[0]['column']}]" if at else ""
    what = error.message.removeprefix("Syntax Error: ").rstrip(".")
    return {
        "message": f"syntax error, {what[:1].lower()}{what[1:]}{where}",
        "locations": at,
        "extensions": {"code": "PARSE_ERROR"},
    }


def _execution_error(error: GraphQLError) -> dict[str, Any]:
    """Return one error; one without a vendor code is a fault of the emulator and is raised."""
    if "code" not in (error.extensions or {}):
        raise RuntimeError(f"the Shopify emulator failed: {error}") from error.original_error
    return dict(error.formatted)
