"""An operator takes the word at each boundary of a turn: the agent says nothing more (F-36)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from tests.rig import Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand
from tests.workflows.test_stop_boundaries import BOUNDARIES, Writer
from workflows.protocol import SendAsHuman, TakeOver

pytestmark = pytest.mark.temporal

_ADA = "ada"
_SAID = "Ada here, one moment."


async def test_takeover_at_any_boundary_lets_no_word_of_the_agent_leave(
    open_shop: OpenBrand,
) -> None:
    """Seven turns at seven points: after the takeover only the operator's own words go out."""
    shop = open_shop(timers={"burst_window_seconds": 0.5})
    writers = [Writer(shop, f"+1312555014{n}", f"Tak{n}us") for n in range(len(BOUNDARIES))]

    async def taken(writer: Writer, reach: Callable[[Writer], Awaitable[None]]) -> datetime:
        await reach(writer)
        await _is_there(shop, writer.number)
        await shop.handle(writer.number).execute_update("take_over", TakeOver(operator=_ADA))
        return datetime.now(UTC)

    pairs = zip(writers, BOUNDARIES, strict=True)
    taken_at = await asyncio.gather(*(taken(*pair) for pair in pairs))
    for writer in writers:
        said = SendAsHuman(operator=_ADA, body=_SAID, key=writer.name)
        await shop.handle(writer.number).execute_update("send_as_human", said)
    await _at_rest(shop)

    for writer, boundary, at in zip(writers, BOUNDARIES, taken_at, strict=True):
        late = [
            str(request["body"])
            for request in await writer.requests("twilio", writer.to)
            if datetime.fromisoformat(str(request["at"])) > at
        ]
        assert len(late) == 1, boundary.__name__
        assert "Ada+here" in late[0], boundary.__name__
        assert (await shop.snapshot(writer.number)).status == "handed_off"


async def _is_there(shop: Brand, number: str) -> None:
    """Wait until the contact's conversation has begun and can be taken over."""
    query = """SELECT 1 FROM conversation v JOIN contact c ON c.id = v.contact_id
        WHERE c.phone = :phone AND c.brand = :brand"""

    def begun() -> bool:
        brand = shop.settings.brand
        return bool(shop.product.rows(query, phone=number, brand=brand))

    await until(begun, f"the conversation of {number}")


async def _at_rest(shop: Brand) -> None:
    """Wait until no text is under way."""
    open_states = ("ready", "sending", "unknown")

    def rests() -> bool:
        return not any(row["state"] in open_states for row in shop.rows("outbox"))

    await until(rests, "no text under way")
