"""The GraphQL operations, each with the fragments it needs."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_DEFINITION = re.compile(r"^(query|mutation|fragment) (\w+)", re.MULTILINE)
_SPREAD = re.compile(r"\.\.\.(\w+)")


@cache
def operation_text(name: str) -> str:
    """Return one operation as it is sent.

    Args:
        name: Its name in ``operations.graphql``.

    Returns:
        The operation followed by every fragment it reaches, and nothing else: Shopify refuses a
        document with an unused fragment.

    Raises:
        KeyError: There is no such operation.
    """
    definitions = _definitions()
    wanted = [name]
    for known in wanted:
        wanted.extend(f for f in _SPREAD.findall(definitions[known]) if f not in wanted)
    return "\n".join(definitions[w] for w in wanted)


def operation_names() -> tuple[str, ...]:
    """Return the names of all operations, fragments left out."""
    return tuple(n for n, text in _definitions().items() if not text.startswith("fragment"))


@cache
def _definitions() -> Mapping[str, str]:
    document = files("providers.commerce.shopify").joinpath("operations.graphql").read_text("utf-8")
    starts = list(_DEFINITION.finditer(document))
    ends = [start.start() for start in starts[1:]] + [len(document)]
    return {
        start[2]: document[start.start() : end].strip()
        for start, end in zip(starts, ends, strict=True)
    }
