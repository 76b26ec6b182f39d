"""The table of tools: what each is for, takes, needs and does."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from pydantic import BaseModel

from agent.intent import Intent
from agent.tools.arguments import Escalate, FindOrders, GetOrder, SearchKnowledge, SearchProducts
from agent.tools.identity import Rung
from agent.tools.schema import strict_schema
from domain.values import Value
from providers.llm.base import ToolSpec


class Tool(Value):
    """One ability of the agent.

    Attributes:
        name: As the model calls it.
        description: When to use it, told to the model.
        arguments: What it takes.
        rung: What its answer takes on the identity ladder; a tool that carries its own proof
            says what that proof must reach.
        activity: Pinned name of the activity that runs it, None when nothing runs.
        intent: What a turn that starts with it is about.
        needs_shop: Offered only while a shop is connected.
        writes: It changes something outside.
        terminal: It ends the turn.
    """

    name: str
    description: str
    arguments: type[BaseModel]
    rung: Rung
    activity: str | None
    intent: Intent
    needs_shop: bool = False
    writes: bool = False
    terminal: bool = False


_TOOLS = (
    Tool(
        name="find_orders",
        description=(
            "The latest orders of the person texting, found by their phone number: status, dates, "
            "tracking link. Call it first whenever they ask about their order or delivery."
        ),
        arguments=FindOrders,
        rung=Rung.L1,
        activity="find_orders",
        intent=Intent.ORDER_STATUS,
        needs_shop=True,
    ),
    Tool(
        name="get_order",
        description=(
            "One order by its number, when find_orders did not list it. It answers only with the "
            "ZIP code or email of that order; without one, ask the customer for it."
        ),
        arguments=GetOrder,
        rung=Rung.L2,
        activity="get_order",
        intent=Intent.ORDER_STATUS,
        needs_shop=True,
    ),
    Tool(
        name="search_products",
        description=(
            "Published products with current price, stock, options and link. Call it for every "
            "question about goods and before every recommendation."
        ),
        arguments=SearchProducts,
        rung=Rung.L0,
        activity="search_products",
        intent=Intent.PRODUCT_QUESTION,
        needs_shop=True,
    ),
    Tool(
        name="search_knowledge",
        description=(
            "The brand's own policies and answers: shipping, returns, exchanges, sizing, care, "
            "store, payment. Call it before you state any policy."
        ),
        arguments=SearchKnowledge,
        rung=Rung.L0,
        activity="search_knowledge",
        intent=Intent.POLICY_QUESTION,
    ),
    Tool(
        name="escalate",
        description=(
            "Pass the conversation to a human. The customer is told by us; you write nothing more."
        ),
        arguments=Escalate,
        rung=Rung.L0,
        activity=None,
        intent=Intent.OTHER,
        terminal=True,
    ),
)

TOOLS: Mapping[str, Tool] = MappingProxyType({tool.name: tool for tool in _TOOLS})


def offered_tools(*, shop_configured: bool) -> tuple[Tool, ...]:
    """Return the tools the model may call for this brand, always in the same order."""
    return tuple(t for t in TOOLS.values() if shop_configured or not t.needs_shop)


@lru_cache(maxsize=64)
def tool_spec(tool: Tool) -> ToolSpec:
    """Return a tool as the model sees it, made once."""
    return ToolSpec(
        name=tool.name, description=tool.description, parameters=strict_schema(tool.arguments)
    )
