"""Facts: what a tool or a passage has established, and what a reply may therefore say."""

from enum import StrEnum

from domain.values import Recorded


class FactKind(StrEnum):
    """What sort of statement a fact supports."""

    AMOUNT = "amount"
    CODE = "code"
    DATE = "date"
    LINK = "link"
    ORDER = "order"
    ORDER_STATE = "order_state"
    PRODUCT = "product"
    STOCK = "stock"
    PASSAGE = "passage"


class Fact(Recorded):
    """One established fact.

    Attributes:
        kind: What it supports.
        value: The value as a customer would read it ("$89.00", "Nov 24", "#1042", a URL, a
            product's title, a passage's text).
        source: Where it comes from, a stable id ("order:gid…", "product:gid…", "kb:returns").
    """

    kind: FactKind
    value: str
    source: str
