"""Every helpdesk adapter keeps the port's promises, shown against its emulator."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from domain.errors import (
    BadSignature,
    ConfigurationError,
    ProviderMisconfigured,
    ProviderRejected,
    ProviderThrottled,
    ProviderUnavailable,
)
from providers.helpdesk.base import HumanReplied, TicketClosed, TicketReopened
from providers.helpdesk.registry import BUILDERS, build_helpdesk
from providers.http_client import open_http
from tests.contract.helpdesk_rig import RIGS, HelpdeskRig, a_line, a_ticket


@pytest.fixture(params=sorted(BUILDERS))
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[HelpdeskRig]:
    """One helpdesk; a builder without a rig fails here, by name."""
    async with RIGS[request.param]() as opened:
        yield opened


async def test_ticket_holds_all_that_a_human_needs(rig: HelpdeskRig) -> None:
    """The whole transcript with times, who, which orders, why, and what was tried."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    (opened,) = await rig.tickets()
    assert ticket.ticket_id
    assert ticket.url
    assert opened["texts"] == [
        "The boots are too small 📦",
        "Which size do you need?",
        "43, and a human please",
    ]
    assert [datetime.fromisoformat(at).minute for at in opened["times"]] == [30, 31, 32]
    for fact in (
        *("conv:c-1:1", "Wants to exchange boots", "customer_asked", "urgent", "exchange"),
        *("may not make one", "Cedar & Slate", "+13125550142", "+13125550199", "Ana"),
        *("ana@example.com", "#1042", "customer", "agent"),
    ):
        assert fact in opened["everything"], fact


async def test_ticket_opened_twice_is_one_ticket(rig: HelpdeskRig) -> None:
    """A repeat finds the first; another handoff of the same conversation is another ticket."""
    first = await rig.helpdesk.open_ticket(a_ticket())
    assert await rig.helpdesk.open_ticket(a_ticket()) == first
    assert await rig.helpdesk.open_ticket(a_ticket("conv:c-1:2")) != first
    assert len(await rig.tickets()) == 2


async def test_ticket_whose_answer_was_lost_is_found_by_the_repeat(rig: HelpdeskRig) -> None:
    """The helpdesk opened it although we never heard: the retry opens no second one."""
    await rig.break_next("lost_answer")
    with pytest.raises(ProviderUnavailable) as caught:
        await rig.helpdesk.open_ticket(a_ticket())
    assert caught.value.reached
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    assert ticket.ticket_id
    assert len(await rig.tickets()) == 1


async def test_texts_and_notes_repeated_are_added_once(rig: HelpdeskRig) -> None:
    """An activity that runs again adds nothing again; other ids are other texts."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    for _ in range(2):
        await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Hello?", minutes=5))
        await rig.helpdesk.append_note(ticket.ticket_id, "note-1", "Customer wrote again.")
    await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Hello?", minutes=6))
    (row,) = await rig.tickets()
    assert row["texts"][3:] == ["Hello?", "Hello?"]
    assert row["notes"] == ["Customer wrote again."]


async def test_text_whose_answer_was_lost_is_added_once(rig: HelpdeskRig) -> None:
    """The same law when the network, not the worker, causes the repeat."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    await rig.break_next("lost_answer")
    with pytest.raises(ProviderUnavailable):
        await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Hello?", minutes=5))
    await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Hello?", minutes=5))
    (row,) = await rig.tickets()
    assert row["texts"][3:] == ["Hello?"]


async def test_text_for_a_ticket_that_is_not_there_is_rejected(rig: HelpdeskRig) -> None:
    """A deleted ticket is not a network failure: repeating changes nothing."""
    with pytest.raises(ProviderRejected):
        await rig.helpdesk.append_inbound("T-none", a_line("Hello?"))


async def test_helpdesk_throttling_says_how_long_to_wait(rig: HelpdeskRig) -> None:
    """The wait is the helpdesk's word, not our guess."""
    await rig.break_next("throttle")
    with pytest.raises(ProviderThrottled) as caught:
        await rig.helpdesk.open_ticket(a_ticket())
    assert caught.value.retry_after == timedelta(seconds=9)


async def test_helpdesk_that_is_down_is_unavailable_and_later_takes_the_ticket(
    rig: HelpdeskRig,
) -> None:
    """An outage loses nothing: the same call works when it is over."""
    await rig.break_next("down")
    await rig.break_next("cut")
    for _ in range(2):
        with pytest.raises(ProviderUnavailable):
            await rig.helpdesk.open_ticket(a_ticket())
    await rig.helpdesk.open_ticket(a_ticket())
    assert len(await rig.tickets()) == 1


async def test_helpdesk_with_another_secret_is_misconfigured(rig: HelpdeskRig) -> None:
    """A wrong secret is the operator's to repair, and the doctor's check finds it."""
    with pytest.raises(ProviderMisconfigured):
        await rig.stranger.open_ticket(a_ticket())
    with pytest.raises(ProviderMisconfigured):
        await rig.stranger.check()
    assert await rig.tickets() == []


async def test_check_says_that_the_helpdesk_answers_and_opens_nothing(rig: HelpdeskRig) -> None:
    """The doctor leaves no ticket behind."""
    assert "answers" in await rig.helpdesk.check()
    assert await rig.tickets() == []


async def test_human_reply_comes_back_with_ticket_words_and_author(rig: HelpdeskRig) -> None:
    """What the human wrote reaches the conversation unaltered, each reply under its own id."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    (first,) = rig.helpdesk.parse_event(await rig.reply(ticket.ticket_id, "Hi – it’s Sam 👋"))
    (second,) = rig.helpdesk.parse_event(await rig.reply(ticket.ticket_id, "Still there?"))
    assert isinstance(first, HumanReplied)
    assert isinstance(second, HumanReplied)
    assert (first.ticket_id, first.text, first.author) == (
        ticket.ticket_id,
        "Hi – it’s Sam 👋",
        "Sam",
    )
    assert first.message_id != second.message_id
    assert first.at.tzinfo is not None


async def test_closing_and_reopening_come_back(rig: HelpdeskRig) -> None:
    """Closing hands the conversation back; each event has an id of its own."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    (closed,) = rig.helpdesk.parse_event(await rig.close(ticket.ticket_id))
    (reopened,) = rig.helpdesk.parse_event(await rig.reopen(ticket.ticket_id))
    assert isinstance(closed, TicketClosed)
    assert isinstance(reopened, TicketReopened)
    assert closed.ticket_id == reopened.ticket_id == ticket.ticket_id
    assert closed.event_id != reopened.event_id


async def test_event_with_one_byte_altered_is_refused(rig: HelpdeskRig) -> None:
    """No byte of what proves the sender may be another one."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    request = await rig.reply(ticket.ticket_id, "Refund granted")
    assert len(rig.helpdesk.parse_event(request)) == 1
    forgeries = list(rig.forgeries(request))
    assert len(forgeries) > 20
    for forged in forgeries:
        with pytest.raises(BadSignature):
            rig.helpdesk.parse_event(forged)


async def test_event_under_another_secret_is_refused(rig: HelpdeskRig) -> None:
    """Only the helpdesk of this brand is heard."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    request = await rig.close(ticket.ticket_id)
    with pytest.raises(BadSignature):
        rig.stranger.parse_event(request)


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_event_replayed_later_is_refused_or_known_by_its_id(
    rig: HelpdeskRig, minutes: int
) -> None:
    """A recorded event brings nothing new: its age is refused, or it is the same event again."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    request = await rig.close(ticket.ticket_id)
    moved = request.received_at + timedelta(minutes=minutes)
    replayed = request.model_copy(update={"received_at": moved})
    if rig.dated:
        with pytest.raises(BadSignature):
            rig.helpdesk.parse_event(replayed)
    else:
        assert rig.helpdesk.parse_event(replayed) == rig.helpdesk.parse_event(request)


async def test_unknown_helpdesk_names_the_ones_there_are() -> None:
    """A misspelt vendor is answered with the list."""
    async with open_http() as pool:
        with pytest.raises(ConfigurationError, match="generic"):
            build_helpdesk("genric", {}, pool)
