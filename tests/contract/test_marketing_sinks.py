"""Every event sink keeps the port's promises, shown against its emulator."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.business_event import BusinessEvent, EventName, Resolution
from domain.errors import (
    ConfigurationError,
    ProviderMisconfigured,
    ProviderRejected,
    ProviderThrottled,
    ProviderUnavailable,
)
from domain.escalation import EscalationReason
from domain.events import (
    build_escalated,
    build_recommended,
    build_resolution_reverted,
    build_resolved,
)
from providers.http_client import open_http
from providers.marketing.registry import EVENT_SINKS, build_event_sink
from tests.contract.marketing_rig import (
    AT,
    OTHER_PHONE,
    PHONE,
    RIGS,
    BreakKind,
    SinkRig,
    a_start,
    a_subject,
)


@pytest.fixture(params=sorted(EVENT_SINKS))
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[SinkRig]:
    """One sink; a builder without a rig fails here, by name."""
    async with RIGS[request.param]() as opened:
        yield opened


def a_life() -> list[BusinessEvent]:
    """Return every event there is, in the order of one conversation's life."""
    subject = a_subject()
    resolved = build_resolved(
        subject,
        AT + timedelta(minutes=20),
        resolution=Resolution.VERIFIED,
        procedure="order_status",
        tags=("vip",),
        resolution_time=timedelta(seconds=61),
    )
    return [
        a_start(),
        build_recommended(subject, AT + timedelta(minutes=5), product_ids=("p-1",), skus=("S",)),
        build_escalated(
            subject,
            AT + timedelta(minutes=9),
            reason=EscalationReason.CUSTOMER_ASKED,
            procedure="order_status",
            assisted=True,
        ),
        resolved,
        build_resolution_reverted(subject, AT + timedelta(hours=30), reverted=resolved),
    ]


async def test_every_event_lands_whole_and_in_order(rig: SinkRig) -> None:
    """Id, name, contact, time and each property arrive as they were built."""
    events = a_life()
    for event in events:
        await rig.sink.deliver(event)
    landed = await rig.landed()
    assert {event.name for event in events} == set(EventName)
    assert [e.event_id for e in landed] == [e.event_id for e in events]
    assert [e.name for e in landed] == [e.name.value for e in events]
    assert {e.phone for e in landed} == {PHONE}
    assert [e.at for e in landed] == [e.occurred_at for e in events]
    for arrived, sent in zip(landed, events, strict=True):
        assert sent.properties.items() <= arrived.properties.items()


async def test_event_delivered_again_is_there_once(rig: SinkRig) -> None:
    """An activity that runs again makes no second event, however its fields were stored."""
    event = a_start()
    shuffled = event.model_copy(update={"properties": dict(reversed(event.properties.items()))})
    for one in (event, event, shuffled):
        await rig.sink.deliver(one)
    assert [e.event_id for e in await rig.landed()] == [event.event_id]
    assert len(await rig.line.requests()) == 3


async def test_different_events_are_all_there(rig: SinkRig) -> None:
    """Another conversation, kind, episode or contact within the same second is another event."""
    events = [
        a_start("c-1"),
        a_start("c-2"),
        a_start("c-1", episode=2),
        a_start("c-3", phone=OTHER_PHONE),
    ]
    for event in events:
        await rig.sink.deliver(event)
    assert len(await rig.landed()) == 4


async def test_event_whose_answer_was_lost_is_there_once_after_the_repeat(rig: SinkRig) -> None:
    """The receiver had it although we never heard: the retry adds nothing."""
    await rig.line.break_next("lost_answer")
    with pytest.raises(ProviderUnavailable) as caught:
        await rig.sink.deliver(a_start())
    assert caught.value.reached
    assert len(await rig.landed()) == 1
    await rig.sink.deliver(a_start())
    assert len(await rig.landed()) == 1


@pytest.mark.parametrize("kind", ["cut", "down", "throttle"])
async def test_event_survives_an_outage(rig: SinkRig, kind: BreakKind) -> None:
    """What could not be delivered is not there, and the same call works when it is over."""
    await rig.line.break_next(kind)
    with pytest.raises((ProviderUnavailable, ProviderThrottled)):
        await rig.sink.deliver(a_start())
    assert await rig.landed() == []
    await rig.sink.deliver(a_start())
    assert len(await rig.landed()) == 1


async def test_throttling_says_how_long_to_wait(rig: SinkRig) -> None:
    """The wait is the receiver's word, not our guess."""
    await rig.line.break_next("throttle")
    with pytest.raises(ProviderThrottled) as caught:
        await rig.sink.deliver(a_start())
    assert caught.value.retry_after == timedelta(seconds=9)


async def test_event_that_is_refused_is_not_worth_repeating(rig: SinkRig) -> None:
    """A 422 is about this very event."""
    await rig.line.break_next("refuse")
    with pytest.raises(ProviderRejected) as caught:
        await rig.sink.deliver(a_start())
    assert PHONE not in str(caught.value)


async def test_address_where_nobody_listens_is_misconfigured(rig: SinkRig) -> None:
    """The event is sound: an operator repairs the address, and it is delivered then."""
    await rig.line.break_next("nobody")
    with pytest.raises(ProviderMisconfigured):
        await rig.sink.deliver(a_start())


async def test_wrong_key_is_misconfigured(rig: SinkRig) -> None:
    """A wrong key is the operator's to repair, and the doctor's check finds it."""
    with pytest.raises(ProviderMisconfigured):
        await rig.stranger.deliver(a_start())
    with pytest.raises(ProviderMisconfigured):
        await rig.stranger.check()
    assert await rig.landed() == []


async def test_check_says_that_the_receiver_answers_and_leaves_nothing(rig: SinkRig) -> None:
    """The doctor makes no event."""
    assert "answers" in await rig.sink.check()
    assert await rig.landed() == []


async def test_check_of_a_receiver_that_is_down_raises(rig: SinkRig) -> None:
    """Silence is no good news."""
    await rig.line.break_next("down")
    with pytest.raises(ProviderUnavailable):
        await rig.sink.check()


async def test_unknown_sink_names_the_ones_there_are() -> None:
    """A misspelt vendor is answered with the list."""
    async with open_http() as pool:
        with pytest.raises(ConfigurationError, match="klaviyo, webhook"):
            build_event_sink("klavyio", {}, pool)
