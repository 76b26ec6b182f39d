"""What the model must say to call a tool."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.escalation import EscalationReason


class Arguments(BaseModel):
    """Base: nothing unknown, no silent conversion."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class FindOrders(Arguments):
    """No arguments: the phone number decides whose orders these are."""


class GetOrder(Arguments):
    """One order by its number."""

    order_number: Annotated[str, Field(min_length=1, max_length=32)] = Field(
        description='The number the customer gave, like "#1042".'
    )
    zip_or_email: Annotated[str, Field(max_length=254)] | None = Field(
        description="The ZIP code or e-mail the customer gave for it; null if none was given."
    )


class SearchProducts(Arguments):
    """A search in the shop."""

    query: Annotated[str, Field(min_length=1, max_length=200)] = Field(
        description="Two to six words: what is wanted, with color, size or use."
    )
    max_price: Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)] | None = Field(
        description="Highest price in the shop's currency; null for any."
    )
    in_stock_only: bool = Field(
        description="True to recommend; false when asked about one product by name."
    )


class SearchKnowledge(Arguments):
    """A search in the brand's policies and answers."""

    query: Annotated[str, Field(min_length=1, max_length=300)] = Field(
        description="The question, in the words of a policy page."
    )


class Escalate(Arguments):
    """Hand the conversation to a human."""

    reason: Literal[
        EscalationReason.CUSTOMER_ASKED,
        EscalationReason.CANNOT_RESOLVE,
        EscalationReason.COMPLAINT,
        EscalationReason.LEGAL,
        EscalationReason.SAFETY,
        EscalationReason.PAYMENT,
        EscalationReason.OTHER,
    ] = Field(description="Why a human is needed.")
    summary: Annotated[str, Field(max_length=1000)] = Field(
        description="One or two sentences for the human: what is wanted, what was found."
    )
