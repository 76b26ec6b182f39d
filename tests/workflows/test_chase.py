"""A handoff that nobody answers is chased: operators twice, the customer once and by day."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from runtime.adapters import present
from tests.product import Product
from tests.rig import Brand
from tests.wait import until
from tests.workflows.conftest import OpenBrand
from workflows.protocol import HandBack, SendAsHuman, TakeOver

pytestmark = pytest.mark.temporal

_CHICAGO = ZoneInfo("America/Chicago")
_UPDATE = "Still with our team; a person will reply Mon-Fri 9am-5pm CT."
_SOON = timedelta(minutes=2)


def _until(hour: int) -> float:
    """Return the hours until the customer's clock shows this hour, two at least."""
    earliest = present().astimezone(_CHICAGO) + timedelta(hours=2)
    there = earliest.replace(hour=hour, minute=0, second=0, microsecond=0)
    if there < earliest:
        there += timedelta(days=1)
    return (there - present()) / timedelta(hours=1)


async def _handed_off(
    open_shop: OpenBrand, hours: float | None, text: str = "I want to talk to a person"
) -> Brand:
    """Open a shop that chases after so many hours, and hand a customer over."""
    shop = open_shop(timers={"chase_after_hours": hours, "human_pause_hours": 600})
    await shop.text(text)
    await shop.status("handed_off")

    async def opened() -> bool:
        return (await shop.snapshot()).ticket_id is not None

    await until(opened, "the ticket known to the conversation")
    return shop


async def _notes(shop: Brand, count: int) -> list[dict[str, Any]]:
    """Wait until the ticket has that many notes."""

    async def noted() -> bool:
        return len((await shop.tickets())[0]["notes"]) >= count

    await until(noted, f"{count} notes on the ticket")
    notes: list[dict[str, Any]] = (await shop.tickets())[0]["notes"]
    return notes


async def _asked(shop: Brand) -> list[str]:
    """Return the names of the activities that the conversation has asked for."""
    events = (await shop.history()).events
    names = [e.activity_task_scheduled_event_attributes.activity_type.name for e in events]
    return [name for name in names if name]


def _updates(shop: Brand) -> list[str]:
    return [str(row["state"]) for row in shop.rows("outbox") if row["kind"] == "update"]


async def test_unanswered_handoff_alerts_twice_and_tells_the_customer_once(
    open_shop: OpenBrand, capsys: pytest.CaptureFixture[str]
) -> None:
    """By day: an alert, a note, one honest update; the second time operators only."""
    hours = _until(14)
    shop = await _handed_off(open_shop, hours)
    await shop.pass_time(timedelta(hours=hours) + _SOON)

    assert (await shop.replies(2))[1] == _UPDATE
    (note,) = await _notes(shop, 1)
    assert f"waited {round(hours, 1):g} h" in str(note)
    assert capsys.readouterr().out.count("escalation_unanswered") == 1

    await shop.pass_time(timedelta(hours=hours) + _SOON)
    assert len(await _notes(shop, 2)) == 2
    assert capsys.readouterr().out.count("escalation_unanswered") == 1
    await shop.pass_time(timedelta(hours=hours) + _SOON)
    assert (await _asked(shop)).count("chase_escalation") == 2
    assert len(await shop.phone()) == 2
    assert len(_updates(shop)) == 1
    assert (await shop.snapshot()).status == "handed_off"


async def test_update_is_held_until_the_customer_has_day(open_shop: OpenBrand) -> None:
    """At two in the morning operators hear of it at once, the customer after nine."""
    hours = _until(2)
    shop = await _handed_off(open_shop, hours)
    await shop.pass_time(timedelta(hours=hours) + _SOON)
    await _notes(shop, 1)
    await shop.pass_time(timedelta(hours=6, minutes=50))
    assert len(await shop.phone()) == 1
    assert _updates(shop) == []

    await shop.pass_time(timedelta(hours=3, minutes=10))
    assert (await shop.replies(2))[1] == _UPDATE


async def test_direct_answer_leaves_at_night_all_the_same(
    open_shop: OpenBrand, product: Product
) -> None:
    """Quiet hours hold what the agent starts, never what the customer has asked for."""
    hours = _until(2)
    shop = open_shop(timers={"idle_after_hours": 600})
    await shop.text("Where is my order?")
    await shop.answered(1)
    await shop.pass_time(timedelta(hours=hours))
    await shop.text("What are your store hours?")

    assert "10 am - 7 pm" in (await shop.replies(2))[1]


async def test_held_update_is_dropped_when_a_human_answers_meanwhile(
    open_shop: OpenBrand, product: Product
) -> None:
    """The human was up early: nothing is said about waiting any more, and nobody is alerted."""
    hours = _until(2)
    shop = await _handed_off(open_shop, hours)
    await shop.pass_time(timedelta(hours=hours) + _SOON)
    await _notes(shop, 1)
    said = {"ticket_id": (await shop.snapshot()).ticket_id, "text": "Sam here: hi!"}
    await product.control("/helpdesk/_control/reply", said)
    await shop.replies(2)

    async def heard() -> bool:
        return any(e.HasField("timer_canceled_event_attributes") for e in await _events(shop))

    await until(heard, "the chase called off")
    await shop.pass_time(timedelta(hours=hours + 24))
    assert (await shop.phone())[1:] == ["Sam here: hi!"]
    assert (await _asked(shop)).count("chase_escalation") == 1
    assert _updates(shop) == []


async def _events(shop: Brand) -> list[Any]:
    return list((await shop.history()).events)


@pytest.mark.parametrize(
    "who", ["operator writes", "operator hands back", "operator is there himself", "ticket closed"]
)
async def test_handoff_that_somebody_attends_to_is_not_chased(
    open_shop: OpenBrand, product: Product, who: str
) -> None:
    """An operator's text, a hand-back, a takeover or a closed ticket: nothing is owed any more."""
    shop = await _handed_off(open_shop, 4)
    if who == "operator writes":
        said = SendAsHuman(operator="ada", body="Ada here.", key="k1")
        await shop.handle().execute_update("send_as_human", said)
    elif who.startswith("operator"):
        await shop.handle().execute_update("hand_back", HandBack(operator="ada"))
        if who == "operator is there himself":
            await shop.handle().execute_update("take_over", TakeOver(operator="ada"))
    else:
        closed = {"ticket_id": (await shop.snapshot()).ticket_id}
        await product.control("/helpdesk/_control/close", closed)
        await shop.status("waiting")
    await shop.pass_time(timedelta(hours=10))

    assert "chase_escalation" not in await _asked(shop)
    assert _updates(shop) == []


async def test_customer_who_was_told_nothing_is_told_nothing_now(open_shop: OpenBrand) -> None:
    """No automatic word to someone who threatens with a lawyer, however long it takes."""
    hours = _until(14)
    shop = await _handed_off(open_shop, hours, "I will sue you, my lawyer will contact you")
    await shop.pass_time(timedelta(hours=2 * hours) + _SOON)

    assert len(await _notes(shop, 2)) == 2
    assert await shop.phone() == []
    assert _updates(shop) == []


async def test_update_to_a_suppressed_contact_is_vetoed(
    open_shop: OpenBrand, product: Product
) -> None:
    """The carrier has said stop in the meantime: the text never leaves, the alert does."""
    hours = _until(14)
    shop = await _handed_off(open_shop, hours)
    brand, contact = shop.settings.brand, shop.contact_id()
    product.runtime.outbox.suppress(brand, contact, "carrier:21610", present())
    await shop.pass_time(timedelta(hours=hours) + _SOON)

    await _notes(shop, 1)
    assert _updates(shop) == ["vetoed"]
    assert len(await shop.phone()) == 1


async def test_helpdesk_that_is_away_keeps_neither_alert_nor_update_back(
    open_shop: OpenBrand, product: Product
) -> None:
    """The note may fail; operators have the alert, the customer has the update."""
    hours = _until(14)
    shop = await _handed_off(open_shop, hours)
    await product.fault("helpdesk", kind="status", status=503, times=3)
    await shop.pass_time(timedelta(hours=hours) + _SOON)

    assert (await shop.replies(2))[1] == _UPDATE
    assert len(await _notes(shop, 1)) == 1


async def test_chase_goes_on_in_a_fresh_history(open_shop: OpenBrand) -> None:
    """The history starts anew right after the handoff; what is owed is carried over."""
    hours = _until(14)
    shop = open_shop(timers={"chase_after_hours": hours, "human_pause_hours": 600})
    await shop.start_with(turns_per_run=1)
    first = (await shop.handle().describe()).run_id
    await shop.text("This is a disgrace, I want to complain about my order")
    await shop.status("handed_off")

    async def renewed() -> bool:
        return (await shop.handle().describe()).run_id != first

    await until(renewed, "a fresh history")
    await shop.pass_time(timedelta(hours=hours) + _SOON)
    assert (await shop.replies(2))[1] == _UPDATE
    assert len(await _notes(shop, 1)) == 1


async def test_brand_that_wants_no_chase_has_none(open_shop: OpenBrand) -> None:
    """Without the setting there is neither timer nor alert."""
    shop = await _handed_off(open_shop, None)
    await shop.pass_time(timedelta(hours=48))

    assert "chase_escalation" not in await _asked(shop)
    assert len(await shop.phone()) == 1
