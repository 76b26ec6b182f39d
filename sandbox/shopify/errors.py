"""Shopify's errors: the ones resolvers raise, and graphql-core's renamed by rule class."""

from graphql import GraphQLError

from sandbox.wire import Json

_SCOPES_PAGE = "https://shopify.dev/api/usage/access-scopes"
_LIMITS_PAGE = "https://shopify.dev/api/usage/limits#rate-limits"
_RATES_PAGE = "https://shopify.dev/api/usage/rate-limits"


def vendor_error(message: str, code: str, **extensions: object) -> GraphQLError:
    """Return an execution error with Shopify's code; graphql-core adds path and place."""
    return GraphQLError(message, extensions={"code": code, **extensions})


def access_denied(field: str, sentence: str) -> GraphQLError:
    """Return the error of a field whose scope the app has not got."""
    return vendor_error(
        f"Access denied for {field} field. Required access: {sentence}",
        "ACCESS_DENIED",
        documentation=_SCOPES_PAGE,
        requiredAccess=sentence,
    )


def not_approved(field: str) -> GraphQLError:
    """Return the error of a protected field; its wording is unconfirmed by the vendor."""
    return vendor_error(f"This app is not approved to use the {field} field.", "ACCESS_DENIED")


def not_emulated(where: str) -> GraphQLError:
    """Return the emulator's own refusal, which no real shop gives: the field exists there."""
    return vendor_error(
        f"The sandbox does not emulate {where}.", "NOT_EMULATED", documentation="sandbox/shopify"
    )


def invalid_id() -> GraphQLError:
    """Return the error of a well-formed global id of another type."""
    return vendor_error("invalid id", "RESOURCE_NOT_FOUND")


def bad_request(message: str) -> GraphQLError:
    """Return the error of an argument that the schema allows and Shopify does not."""
    return vendor_error(message, "BAD_REQUEST")


def too_dear(cost: int, limit: int) -> Json:
    """Return the answer to a query above the single-query limit."""
    message = (
        f"Query cost is {cost}, which exceeds the single query max cost limit ({limit}). "
        "See https://shopify.dev/concepts/about-apis/rate-limits for more information."
    )
    extensions = {
        "code": "MAX_COST_EXCEEDED",
        "cost": cost,
        "maxCost": limit,
        "documentation": _LIMITS_PAGE,
    }
    return {"errors": [{"message": message, "extensions": extensions}]}


def throttled(cost: Json) -> Json:
    """Return the answer when the bucket does not hold the requested cost."""
    extensions = {"code": "THROTTLED", "documentation": _RATES_PAGE}
    return {
        "errors": [{"message": "Throttled", "extensions": extensions}],
        "extensions": {"cost": {**cost, "actualQueryCost": None}},
    }
