"""STOP at every boundary of a turn, in many words: nothing leaves after it (F-23).

The law is read from the carrier's own record: what was posted to a phone after the webhook of its
opt-out was answered is the one confirmation, or nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from tests.product import Product
from tests.rig import Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand

pytestmark = pytest.mark.temporal

_QUESTION = "Where is my order? {name} here"
_DOUBTFUL = "not interested in the parka, where is my order? {name} here"
_THROTTLED = {"code": 20429, "message": "Too Many Requests", "status": 429}


@dataclass(frozen=True)
class Writer:
    """One customer whose turn is brought to a point."""

    shop: Brand
    number: str
    name: str

    @property
    def product(self) -> Product:
        """What runs."""
        return self.shop.product

    @property
    def to(self) -> str:
        """What only texts to this phone have in the carrier's record."""
        return f"To=%2B{self.number[1:]}"

    async def ask(self, words: str = _QUESTION) -> None:
        """Text a question."""
        await self.shop.text(words.format(name=self.name), self.number)

    async def hold(self, vendor: str, words: str, *seconds: float) -> None:
        """Let the next requests that hold these words wait, each as long as is said."""
        for wait in seconds:
            await self.product.fault(
                vendor, kind="delay", method="POST", body_contains=words, delay_seconds=wait
            )

    async def requests(self, vendor: str, words: str) -> list[dict[str, object]]:
        """Return the requests that hold these words, oldest first."""
        found = await self.product.requests(vendor)
        return [r for r in found if r["method"] == "POST" and words in str(r["body"])]

    async def asked(self, vendor: str, words: str, count: int = 1) -> None:
        """Wait until so many such requests have come."""

        async def have_come() -> bool:
            return len(await self.requests(vendor, words)) >= count

        await until(have_come, f"request {count} to {vendor} for {self.name}")


async def dispatched(writer: Writer) -> None:
    """B2: the conversation knows of the text and waits for more."""
    await writer.ask()


async def classified(writer: Writer) -> None:
    """B3: the model has settled the doubt and thinks about the answer."""
    await writer.hold("openai", writer.name, 0, 1.5)
    await writer.ask(_DOUBTFUL)
    await writer.asked("openai", writer.name, 2)


async def step_stored(writer: Writer) -> None:
    """B4: the model has asked for a lookup, which is under way."""
    await writer.hold("shopify", writer.number, 1.5)
    await writer.ask()
    await writer.asked("shopify", writer.number)


async def tool_run(writer: Writer) -> None:
    """B5: the tool has answered and the model words its answer."""
    await writer.hold("openai", writer.name, 0, 1.5)
    await writer.ask()
    await writer.asked("openai", writer.name, 2)


async def intent_committed(writer: Writer) -> None:
    """B6: the text is in the outbox, and the carrier has not taken it."""
    await writer.product.fault(
        "twilio", kind="status", status=429, method="POST", body_contains=writer.to,
        headers={"retry-after": "2"}, body=_THROTTLED,
    )  # fmt: skip
    await writer.ask()
    await writer.asked("twilio", writer.to)


async def posted(writer: Writer) -> None:
    """B7: the post is under way."""
    await writer.hold("twilio", writer.to, 1.5)
    await writer.ask()
    await writer.asked("twilio", writer.to)


async def recorded(writer: Writer) -> None:
    """B8: the turn is over."""
    await writer.ask()
    await writer.shop.answered(1, writer.number)


BOUNDARIES: tuple[Callable[[Writer], Awaitable[None]], ...] = (
    dispatched, classified, step_stored, tool_run, intent_committed, posted, recorded,
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "confirmed"),
    [
        ("STOP", False),  # the carrier itself confirms its own keyword
        ("stop pls", True),
        ("take me off this list", True),
        ("Stop texting me. And where is my refund?", True),
    ],
    ids=["keyword", "polite", "list", "with a question"],
)
async def test_stop_at_any_boundary_lets_nothing_leave_and_start_lifts_it(
    open_shop: OpenBrand, words: str, *, confirmed: bool
) -> None:
    """Seven customers stop at seven points of their turns; after START each is answered again."""
    shop = open_shop(timers={"burst_window_seconds": 0.3})
    writers = [
        Writer(shop, f"+1312555013{index}", f"{name}us")
        for index, name in enumerate(("Abel", "Bered", "Cosim", "Dieg", "Evand", "Fridol", "Gust"))
    ]

    async def stops(writer: Writer, reach: Callable[[Writer], Awaitable[None]]) -> datetime:
        await reach(writer)
        await shop.text(words, writer.number)
        return datetime.now(UTC)

    pairs = zip(writers, BOUNDARIES, strict=True)
    stopped_at = await asyncio.gather(*(stops(*pair) for pair in pairs))
    for writer in writers:
        await _at_rest(writer)
    for writer, boundary, at in zip(writers, BOUNDARIES, stopped_at, strict=True):
        late = [r for r in await writer.requests("twilio", writer.to) if _is_after(r, at)]
        assert len(late) == confirmed, boundary.__name__
        assert all("START" in str(request["body"]) for request in late), boundary.__name__
    assert len(await shop.tickets()) == (7 if "refund" in words else 0)

    for writer in writers:
        await shop.text("START", writer.number)
        before = len(await shop.phone(writer.number))
        await shop.text("What are your store hours?", writer.number)
        replies = await shop.replies(before + 1, writer.number)
        assert "10 am - 7 pm" in replies[-1]


def _is_after(request: dict[str, object], at: datetime) -> bool:
    return datetime.fromisoformat(str(request["at"])) > at


async def _at_rest(writer: Writer) -> None:
    """Wait until the conversation has ended opted out and no text is under way."""
    query = """SELECT v.status, (SELECT count(*) FROM outbox o WHERE o.contact_id = c.id
        AND o.state IN ('ready', 'sending', 'unknown')) AS open
        FROM conversation v JOIN contact c ON c.id = v.contact_id
        WHERE c.phone = :phone AND c.brand = :brand"""
    brand = writer.shop.settings.brand

    def rests() -> bool:
        rows = writer.product.rows(query, phone=writer.number, brand=brand)
        return all(row["status"] == "opted_out" and not row["open"] for row in rows)

    await until(rests, f"{writer.name} at rest")
    handle = writer.shop.handle(writer.number)
    await handle.result()
