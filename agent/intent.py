"""What a customer wants, in the words of reports."""

from enum import StrEnum


class Intent(StrEnum):
    """The label of one turn; the model names it with its first answer."""

    ORDER_STATUS = "order_status"
    ORDER_CHANGE = "order_change"
    RETURN_OR_REFUND = "return_or_refund"
    PRODUCT_QUESTION = "product_question"
    RECOMMENDATION = "recommendation"
    POLICY_QUESTION = "policy_question"
    SUBSCRIPTION = "subscription"
    GREETING = "greeting"
    THANKS = "thanks"
    COMPLAINT = "complaint"
    HUMAN_REQUEST = "human_request"
    OTHER = "other"


_SALES = frozenset({Intent.PRODUCT_QUESTION, Intent.RECOMMENDATION})

# An answer to one of these states something about the brand, its goods or an order.
_RESTS_ON_FACTS = frozenset(
    {
        Intent.ORDER_STATUS,
        Intent.RETURN_OR_REFUND,
        Intent.PRODUCT_QUESTION,
        Intent.RECOMMENDATION,
        Intent.POLICY_QUESTION,
        Intent.SUBSCRIPTION,
    }
)


# Only the shop knows the answer, or can do what is asked.
_NEEDS_SHOP = frozenset(
    {
        Intent.ORDER_STATUS,
        Intent.ORDER_CHANGE,
        Intent.PRODUCT_QUESTION,
        Intent.RECOMMENDATION,
    }
)


def needs_shop(intent: Intent) -> bool:
    """Return whether nothing can be said about it without a connected shop."""
    return intent in _NEEDS_SHOP


def is_sales(intent: Intent) -> bool:
    """Return whether the intent counts as revenue-driving; all others count as service."""
    return intent in _SALES


def rests_on_facts(intent: Intent) -> bool:
    """Return whether an answer needs something looked up."""
    return intent in _RESTS_ON_FACTS
