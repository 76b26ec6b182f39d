"""A customer who is back on the same issue takes the resolution back, once."""

from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from domain.business_event import EventName
from runtime.adapters import present
from tests.rig import Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand

pytestmark = pytest.mark.temporal

_A_DAY = timedelta(hours=24, minutes=2)
_HOURS = "What are your store hours?"
_ORDER = "Where is my order?"


async def _resolved(shop: Brand) -> None:
    await shop.text(_HOURS)
    await shop.answered(1)
    await shop.pass_time(_A_DAY)
    assert (await shop.handle().result())["status"] == "resolved_verified"


def _reversals(shop: Brand) -> list[str]:
    name = EventName.RESOLUTION_REVERTED.value
    return [str(e["conversation_id"]) for e in shop.rows("event") if e["name"] == name]


async def _reviewed(shop: Brand) -> None:
    """Wait until the verdict on the return is in the history."""

    async def asked() -> bool:
        events = (await shop.history()).events
        asked = [
            e.event_id
            for e in events
            if e.activity_task_scheduled_event_attributes.activity_type.name == "review_return"
        ]
        done = [e.activity_task_completed_event_attributes.scheduled_event_id for e in events]
        return bool(set(asked) & set(done))

    await until(asked, "a verdict on the return")


async def test_return_on_the_same_issue_reverts_the_resolution_once(shop: Brand) -> None:
    """Asked again the next day: the ending stays, counts no more, and one event says so."""
    await _resolved(shop)
    for number, question in ((2, _HOURS), (3, "What is your return policy?")):
        await shop.text(question)
        await shop.replies(number)
        await _reviewed(shop)

    first, second = shop.conversations()
    assert (first["status"], second["status"]) == ("resolved_verified", "waiting")
    assert first["reverted_at"] == second["opened_at"]
    assert second["reverted_at"] is None
    assert _reversals(shop) == [first["id"]]


async def test_resolutions_are_recomputable_from_rows_and_from_events(shop: Brand) -> None:
    """Resolved, returned, resolved again: both ways of counting find one resolution."""
    await _resolved(shop)
    await shop.text(_HOURS)
    await shop.answered(1)
    await shop.replies(2)
    await shop.pass_time(_A_DAY)
    await shop.handle().result()

    by_rows = [
        c["id"]
        for c in shop.conversations()
        if c["status"].startswith("resolved_") and c["reverted_at"] is None
    ]
    resolved = [
        e["conversation_id"] for e in shop.rows("event") if e["name"] == EventName.RESOLVED.value
    ]
    assert len(resolved) == 2
    assert by_rows == [c for c in resolved if c not in _reversals(shop)] == resolved[1:]


async def test_return_on_another_issue_reverts_nothing(shop: Brand) -> None:
    """Hours were answered for good; now it is about an order."""
    await _resolved(shop)
    await shop.text(_ORDER)
    await shop.replies(2)
    await _reviewed(shop)

    assert shop.conversations()[0]["reverted_at"] is None
    assert _reversals(shop) == []


async def test_return_that_asks_for_a_person_reverts_the_resolution(shop: Brand) -> None:
    """Nobody knows what it is about, and the customer has had enough: not resolved."""
    await _resolved(shop)
    await shop.text("I want to talk to a person")
    await shop.replies(2)
    await _reviewed(shop)

    assert _reversals(shop) == [shop.conversations()[0]["id"]]


@pytest.mark.parametrize("window_hours", [72, 0])
async def test_return_after_the_window_is_not_even_looked_at(
    open_shop: OpenBrand, window_hours: int
) -> None:
    """Three days later, or with a window of zero, it is a new matter; no activity is paid for."""
    shop = open_shop(timers={"reopen_within_hours": window_hours})
    await _resolved(shop)
    if window_hours:
        with shop.product.runtime.database.write() as connection:
            backwards = sql("UPDATE conversation SET closed_at = :at WHERE brand = :brand")
            long_ago = (present() - timedelta(hours=72, seconds=1)).replace(tzinfo=None)
            connection.execute(
                backwards, {"at": long_ago.isoformat(" "), "brand": shop.settings.brand}
            )
    await shop.text(_HOURS)
    await shop.answered(1)
    await shop.replies(2)
    await shop.pass_time(_A_DAY)
    await shop.handle().result()

    events = (await shop.history()).events
    names = {e.activity_task_scheduled_event_attributes.activity_type.name for e in events}
    assert "take_turn" in names
    assert "review_return" not in names
    assert _reversals(shop) == []


async def test_return_after_what_was_not_resolved_reverts_nothing(shop: Brand) -> None:
    """Closed by an operator: there was no resolution to take back."""
    await shop.text(_HOURS)
    await shop.answered(1)
    await shop.handle().execute_update("close", {"operator": "ada"})
    await shop.handle().result()
    await shop.text(_HOURS)
    await shop.replies(2)
    await shop.status("waiting")

    assert shop.conversations()[0]["reverted_at"] is None
    assert _reversals(shop) == []
