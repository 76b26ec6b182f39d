"""One activity per tool, so that each lookup is visible, timed and retried by itself."""

import asyncio
from collections.abc import Awaitable, Callable

from temporalio import activity

from activities.beat import beating
from activities.failures import translated
from activities.messages import CallTool, ToolDone
from activities.order_access import OrderLookup
from activities.ports import Adapters, Clock
from activities.turn_context import STEP
from agent.outcome import ToolCalls
from agent.tools.arguments import GetOrder, SearchKnowledge, SearchProducts
from agent.tools.knowledge import present_passages
from agent.tools.orders import present_not_configured
from agent.tools.products import present_products
from agent.tools.result import ToolResult
from domain.brand import BrandSettings
from domain.errors import RuleBroken
from domain.knowledge import search_articles
from store.base import BrandStore, ConversationStore
from store.turn_base import TurnStore
from store.turn_records import ToolRecord, TurnKey

_Run = Callable[[CallTool, str, BrandSettings], Awaitable[ToolResult]]


class ToolActivities:
    """The agent's abilities.

    Args:
        stores: Brands, conversations, turns.
        adapters: Shops.
        clock: The present.
    """

    def __init__(
        self,
        stores: tuple[BrandStore, ConversationStore, TurnStore],
        adapters: Adapters,
        clock: Clock,
    ) -> None:
        self._brands, conversations, self._turns = stores
        self._adapters = adapters
        self._clock = clock
        self._orders = OrderLookup(conversations, self._turns, clock)

    @activity.defn(name="find_orders")
    async def find_orders(self, request: CallTool) -> ToolDone:
        """Look up the texter's own latest orders."""
        return await self._once(request, self._find_orders)

    @activity.defn(name="get_order")
    async def get_order(self, request: CallTool) -> ToolDone:
        """Look up one order by its number, for whoever can prove that it is theirs."""
        return await self._once(request, self._get_order)

    @activity.defn(name="search_products")
    async def search_products(self, request: CallTool) -> ToolDone:
        """Search the shop's published products, price and stock live."""
        return await self._once(request, self._search_products)

    @activity.defn(name="search_knowledge")
    async def search_knowledge(self, request: CallTool) -> ToolDone:
        """Search the brand's own knowledge."""
        return await self._once(request, self._search_knowledge)

    async def _once(self, request: CallTool, run: _Run) -> ToolDone:
        """Run a call unless its answer is stored, and store the answer."""
        key = TurnKey.model_validate(request.model_dump(include=set(TurnKey.model_fields)))
        async with beating():
            with translated():
                stored = await asyncio.to_thread(
                    self._turns.tool_result, request.brand, key, request.call_id
                )
                if stored is not None:
                    return ToolDone(found=len(stored.facts))
                name, arguments = await asyncio.to_thread(self._asked, request, key)
                found = await asyncio.to_thread(
                    self._brands.settings, request.brand, request.settings_version
                )
                result = await run(request, arguments, found.settings)
                record = ToolRecord(
                    key=key,
                    call_id=request.call_id,
                    tool=name,
                    arguments=arguments,
                    text=result.text,
                    facts=result.facts,
                )
                await asyncio.to_thread(
                    self._turns.save_tool_result, request.brand, record, self._clock()
                )
        return ToolDone(found=len(result.facts))

    def _asked(self, request: CallTool, key: TurnKey) -> tuple[str, str]:
        """Return the tool and the checked arguments that the step asked for."""
        record = self._turns.step(request.brand, key)
        step = STEP.validate_json(record.outcome) if record else None
        if isinstance(step, ToolCalls):
            for call in step.calls:
                if call.call_id == request.call_id:
                    return call.name, call.arguments
        msg = f"conversation {key.conversation_id} asked for no such tool call"
        raise RuleBroken(msg)

    async def _find_orders(
        self, request: CallTool, _arguments: str, settings: BrandSettings
    ) -> ToolResult:
        shop = self._adapters.shop(settings)
        if shop is None:
            return present_not_configured()
        return await self._orders.own(request, shop, settings)

    async def _get_order(
        self, request: CallTool, arguments: str, settings: BrandSettings
    ) -> ToolResult:
        shop = self._adapters.shop(settings)
        if shop is None:
            return present_not_configured()
        asked = GetOrder.model_validate_json(arguments)
        return await self._orders.one(request, shop, settings, asked)

    async def _search_products(
        self, _request: CallTool, arguments: str, settings: BrandSettings
    ) -> ToolResult:
        shop = self._adapters.shop(settings)
        if shop is None:
            return present_not_configured()
        asked = SearchProducts.model_validate_json(arguments)
        return present_products(await shop.search_products(asked.query), asked)

    async def _search_knowledge(
        self, _request: CallTool, arguments: str, settings: BrandSettings
    ) -> ToolResult:
        asked = SearchKnowledge.model_validate_json(arguments)
        return present_passages(search_articles(asked.query, settings.knowledge))
