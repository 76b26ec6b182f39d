"""Where in a document and in the schema a node stands."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InputObject:
    """An input type: the fields it knows, and (name, type) of those required and not given."""

    name: str
    known: frozenset[str]
    missing: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Place:
    """Where a node stands: Shopify's path to it and what the schema says there.

    ``kind`` is the type the field answers with, ``missing`` are its required arguments that are
    not given, ``input_object`` is the input type at or around the node.
    """

    path: tuple[str, ...]
    parent: str
    field: str
    kind: str
    argument: str
    expected: str
    missing: tuple[str, ...]
    input_object: InputObject | None


NOWHERE = Place((), "", "", "", "", "", (), None)
