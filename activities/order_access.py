"""Orders for whoever may see them: by the number they text from, or by proof."""

import asyncio
from datetime import timedelta

from activities.messages import CallTool
from activities.ports import Clock
from agent.tools.arguments import GetOrder
from agent.tools.identity import OrderAccess, Rung, decide_order_access, rung_for
from agent.tools.orders import (
    present_needs_proof,
    present_order,
    present_orders,
    present_unverified,
)
from agent.tools.result import ToolResult
from domain.brand import BrandSettings
from domain.orders import Customer, Order
from providers.commerce.base import Shop
from store.base import ConversationStore
from store.turn_base import TurnStore

_GUESSES_FOR = timedelta(hours=24)
_LAST_CONTACT_WITHIN = timedelta(days=365)


class OrderLookup:
    """Finds orders and decides whether they may be spoken of.

    Args:
        conversations: Contacts.
        turns: Wrong guesses.
        clock: The present.
    """

    def __init__(self, conversations: ConversationStore, turns: TurnStore, clock: Clock) -> None:
        self._conversations = conversations
        self._turns = turns
        self._clock = clock

    async def own(self, request: CallTool, shop: Shop, settings: BrandSettings) -> ToolResult:
        """Return the texter's own orders; none when the number proves nothing."""
        customers, orders = await self._by_phone(request, shop)
        if await self._rung(request, customers, orders) < Rung.L1:
            orders = ()
        return present_orders(orders, self._clock(), settings.identity.time_zone)

    async def one(
        self, request: CallTool, shop: Shop, settings: BrandSettings, asked: GetOrder
    ) -> ToolResult:
        """Return one order if it is the texter's, or if the proof fits; count wrong proofs."""
        now = self._clock()
        customers, orders = await self._by_phone(request, shop)
        guesses = await asyncio.to_thread(
            self._turns.wrong_guesses, request.brand, request.contact_id, now - _GUESSES_FOR
        )
        access, rung = decide_order_access(
            order := await shop.order_by_name(asked.order_number),
            asked.zip_or_email,
            rung=await self._rung(request, customers, orders),
            customer_ids=frozenset(c.id for c in customers),
            wrong_guesses=guesses,
        )
        match access:
            case OrderAccess.SHOW if order is not None:
                return present_order(order, now, settings.identity.time_zone, rung)
            case OrderAccess.NEEDS_PROOF:
                return present_needs_proof()
            case _:
                await asyncio.to_thread(
                    self._turns.record_wrong_guess, request.brand, request.contact_id, now
                )
                return present_unverified()

    async def _by_phone(
        self, request: CallTool, shop: Shop
    ) -> tuple[tuple[Customer, ...], tuple[Order, ...]]:
        contact = await asyncio.to_thread(
            self._conversations.contact, request.brand, request.contact_id
        )
        customers = await shop.customers_by_phone(contact.phone)
        if len(customers) != 1:
            return customers, ()
        return customers, await shop.orders_of_customer(customers[0].id)

    async def _rung(
        self, request: CallTool, customers: tuple[Customer, ...], orders: tuple[Order, ...]
    ) -> Rung:
        now = self._clock()
        lines = await asyncio.to_thread(
            self._conversations.transcript,
            request.brand,
            request.contact_id,
            now - _LAST_CONTACT_WITHIN,
            2,
        )
        earlier = [line.at for line in lines[:-1]]
        return rung_for(customers, orders, last_contact_at=max(earlier, default=None), now=now)
