"""Connections: a list cut into pages with cursors, and the refusals Shopify adds to them."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any

from sandbox.shopify.errors import bad_request
from sandbox.wire import Json

MAX_PAGE = 250
_CUTTING = ("first", "last", "after", "before", "reverse")


def paged(rows: Sequence[Json]) -> Callable[..., Json]:
    """Return a field's resolver that cuts these rows; filters and sort keys change nothing."""

    def cut(**given: Any) -> Json:  # noqa: ANN401 - GraphQL arguments
        return connection(rows, **{k: v for k, v in given.items() if k in _CUTTING})

    return cut


def connection(
    rows: Sequence[Json],
    *,
    first: int | None = None,
    last: int | None = None,
    after: str | None = None,
    before: str | None = None,
    reverse: bool = False,
) -> Json:
    """Return one page of rows as a connection.

    Args:
        rows: Nodes in their sorted order; a node without an ``id`` is known by its position.
        first: Size of the page from the front, at most 250.
        last: Size of the page from the back; one of the two must be given.
        after: Cursor the page begins behind.
        before: Cursor the page ends before.
        reverse: Turn the order round before cutting.

    Raises:
        GraphQLError: BAD_REQUEST for a page without a size, too large, or an unknown cursor.
    """
    size = _checked_size(first, last)
    ordered = [*reversed(rows)] if reverse else [*rows]
    cursors = [_cursor(row, place) for place, row in enumerate(ordered)]
    start = _position(cursors, after) + 1 if after else 0
    stop = _position(cursors, before) if before else len(ordered)
    if first is not None:
        cut = slice(start, max(start, min(stop, start + size)))
    else:
        cut = slice(max(start, stop - size), max(start, stop))
    nodes, names = ordered[cut], cursors[cut]
    return {
        "nodes": nodes,
        "edges": [{"node": n, "cursor": c} for n, c in zip(nodes, names, strict=True)],
        "pageInfo": {
            "hasNextPage": cut.stop < len(ordered),
            "hasPreviousPage": cut.start > 0,
            "startCursor": names[0] if names else None,
            "endCursor": names[-1] if names else None,
        },
    }


def _checked_size(first: int | None, last: int | None) -> int:
    """Return the page size; the wording for sizes out of range is unconfirmed by the vendor."""
    if first is None and last is None:
        raise bad_request("you must provide one of first or last")
    if first is not None and last is not None:
        raise bad_request("providing both first and last is not supported")
    size = first if first is not None else last or 0
    if size < 0 or size > MAX_PAGE:
        name = "first" if first is not None else "last"
        raise bad_request(f"{name} must be between 0 and {MAX_PAGE}, got {size}")
    return size


def _cursor(row: Json, place: int) -> str:
    return base64.urlsafe_b64encode(str(row.get("id", place)).encode()).decode()


def _position(cursors: list[str], cursor: str) -> int:
    try:
        base64.urlsafe_b64decode(cursor)
        return cursors.index(cursor)
    except (ValueError, binascii.Error):
        raise bad_request("Invalid cursor for current pagination sort.") from None
