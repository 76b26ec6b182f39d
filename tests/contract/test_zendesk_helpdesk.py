"""What is Zendesk's own: idempotency keys, safe updates, follow-ups, signed events."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import (
    ConfigurationError,
    ProviderMisconfigured,
    ProviderRejected,
    ProviderThrottled,
    ProviderUnavailable,
)
from providers.helpdesk.base import HelpdeskEvent, HumanReplied, TicketClosed, TicketReopened
from providers.helpdesk.registry import build_helpdesk
from providers.http_client import open_http
from tests.contract.helpdesk_rig import a_line, a_ticket
from tests.contract.zendesk_rig import ZendeskRig, open_zendesk

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECRET = "demo-zendesk-webhook-secret"
OPTIONS = {
    "base_url": "https://cedar.example.com",
    "email": "agent@cedar-slate.example.com",
    "api_token": "t",
    "webhook_secret": SECRET,
}


@pytest.fixture
async def rig() -> AsyncIterator[ZendeskRig]:
    """One account."""
    async with open_zendesk() as opened:
        yield opened


async def read_all(rig: ZendeskRig) -> list[HelpdeskEvent]:
    """Return what our adapter reads in every webhook so far."""
    return [e for request in await rig.settled() for e in rig.helpdesk.parse_event(request)]


async def inject(rig: ZendeskRig, **fault: object) -> None:
    """Queue a fault."""
    response = await rig.control.post("faults", json=fault)
    assert response.status_code == 200, response.text


async def advance(rig: ZendeskRig, seconds: int) -> None:
    """Move Zendesk's clock."""
    await rig.control.post("clock", json={"advance_seconds": seconds})


async def test_nothing_we_write_is_emailed_to_the_customer(rig: ZendeskRig) -> None:
    """The case is private, a later text is the customer's own: no "we received" e-mail."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Hello?", minutes=5))
    await rig.helpdesk.append_note(ticket.ticket_id, "note-1", "Customer wrote again.")
    assert (await rig.control.get("notifications")).json()["notifications"] == []


async def test_what_we_write_ourselves_is_no_human_reply(rig: ZendeskRig) -> None:
    """The loop guard: each comment of ours comes back as a webhook and is ignored."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Hello?", minutes=5))
    await rig.helpdesk.append_note(ticket.ticket_id, "note-1", "Customer wrote again.")
    assert len(await rig.settled()) == 3
    assert await read_all(rig) == []


@pytest.mark.parametrize(
    ("act", "fields"), [("note", {}), ("reply", {"role": "end-user", "author": "Ana's brother"})]
)
async def test_words_that_are_not_staffs_in_public_are_never_texted(
    rig: ZendeskRig, act: str, fields: Mapping[str, str]
) -> None:
    """Neither an internal note nor what a customer writes by e-mail."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    request = await rig.act(act, ticket_id=int(ticket.ticket_id), text="Psst", **fields)
    assert rig.helpdesk.parse_event(request) == ()


async def test_public_words_of_the_api_user_itself_are_not_texted(rig: ZendeskRig) -> None:
    """Told which user we are, the adapter ignores what another integration writes as us."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    number = int(ticket.ticket_id)
    request = await rig.act("reply", ticket_id=number, text="Hi", author="SMS agent")
    author = json.loads(request.body)["event"]["comment"]["author"]["id"]
    async with open_http() as pool:
        told = build_helpdesk("zendesk", {**OPTIONS, "user_id": author}, pool)
        assert told.parse_event(request) == ()
    assert len(rig.helpdesk.parse_event(request)) == 1


async def test_webhook_posted_twice_has_the_same_ids(rig: ZendeskRig) -> None:
    """A duplicate is known by its id; solving again after a reopening is another event."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    number = int(ticket.ticket_id)
    await rig.act("reply", ticket_id=number, text="Hi", copies=2)
    for act in ("close", "reopen", "close"):
        await rig.act(act, ticket_id=number, copies=2)
    events = await read_all(rig)
    ids = [e.message_id if isinstance(e, HumanReplied) else e.event_id for e in events]
    assert ids[::2] == ids[1::2]
    assert len(set(ids)) == 4


async def test_solved_ticket_is_open_again_after_a_new_text_only(rig: ZendeskRig) -> None:
    """A text nobody has seen reopens, in the same call; the repeat of a known one does not."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    first, second = a_line("Hello?", minutes=5), a_line("Anyone?", minutes=6)
    await rig.helpdesk.append_inbound(ticket.ticket_id, first)
    await rig.close(ticket.ticket_id)
    await rig.helpdesk.append_inbound(ticket.ticket_id, first)
    await rig.helpdesk.append_note(ticket.ticket_id, "note-1", "Solved?")
    assert (await rig.tickets())[0]["status"] == "solved"
    await rig.helpdesk.append_inbound(ticket.ticket_id, second)
    assert (await rig.tickets())[0]["status"] == "open"
    kinds = [type(event) for event in await read_all(rig)]
    assert kinds == [TicketClosed, TicketReopened]


async def test_text_for_a_ticket_closed_for_ever_goes_into_one_follow_up(rig: ZendeskRig) -> None:
    """The follow-up stands for the ticket both ways, and is itself followed up when closed."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    old = a_line("Before", minutes=5)
    await rig.helpdesk.append_inbound(ticket.ticket_id, old)
    await rig.act("archive", ticket_id=int(ticket.ticket_id))
    for line in (old, a_line("Hello?", minutes=6), a_line("Anyone?", minutes=7)):
        for _ in range(2):
            await rig.helpdesk.append_inbound(ticket.ticket_id, line)
    _, second = await rig.tickets()
    assert second["texts"] == ["Hello?", "Anyone?"]
    await rig.settled()
    (reply,) = rig.helpdesk.parse_event(await rig.reply(str(second["id"]), "Hi"))
    (closed,) = rig.helpdesk.parse_event(await rig.close(str(second["id"])))
    assert isinstance(reply, HumanReplied)
    assert isinstance(closed, TicketClosed)
    assert reply.ticket_id == closed.ticket_id == ticket.ticket_id
    await rig.act("archive", ticket_id=second["id"])
    await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Third", minutes=8))
    assert [row["texts"] for row in await rig.tickets()][2] == ["Third"]


async def test_follow_up_whose_answer_was_lost_is_found_by_the_repeat(rig: ZendeskRig) -> None:
    """The same law as for the first ticket."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    await rig.act("archive", ticket_id=int(ticket.ticket_id))
    line = a_line("Hello?", minutes=6)
    await inject(rig, kind="lost_answer", body_contains="via_followup_source_id")
    with pytest.raises(ProviderUnavailable):
        await rig.helpdesk.append_inbound(ticket.ticket_id, line)
    await rig.helpdesk.append_inbound(ticket.ticket_id, line)
    assert [row["texts"] for row in await rig.tickets()][1:] == [["Hello?"]]


async def test_text_that_meets_another_change_is_added_once(rig: ZendeskRig) -> None:
    """409 means somebody was faster: look again, then write; five times, then later."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    conflict = {"kind": "status", "method": "PUT", "status": 409}
    await inject(rig, **conflict, body={"error": "UpdateConflict"}, times=2)
    await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Hello?", minutes=5))
    assert (await rig.tickets())[0]["texts"][3:] == ["Hello?"]
    await inject(rig, **conflict, body={"error": "UpdateConflict"}, times=5)
    with pytest.raises(ProviderUnavailable):
        await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Hello?", minutes=6))
    await inject(rig, **conflict, body={"error": "SomethingElse"})
    with pytest.raises(ProviderRejected):
        await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Hello?", minutes=6))


async def test_update_names_the_state_it_was_written_on(rig: ZendeskRig) -> None:
    """Two attempts at one text at the same moment cannot both be written."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Hello?", minutes=5))
    rows = (await rig.control.get("requests")).json()["requests"]
    change = json.loads(rows[-1]["body"])["ticket"]
    assert change["safe_update"] is True
    stale = {**change, "updated_stamp": "2026-01-01T00:00:00Z"}
    answer = await rig.api.put(f"tickets/{ticket.ticket_id}", json={"ticket": stale})
    assert answer.status_code == 409


async def test_ticket_opened_again_with_more_texts_is_the_same_ticket(rig: ZendeskRig) -> None:
    """The retry tells more than the first try: two hours on and a day on it is one ticket."""
    await rig.break_next("lost_answer")
    with pytest.raises(ProviderUnavailable):
        await rig.helpdesk.open_ticket(a_ticket())
    more = a_ticket(transcript=(*a_ticket().transcript, a_line("Hello?", minutes=9)))
    first = await rig.helpdesk.open_ticket(more)
    await advance(rig, 24 * 3600)
    assert await rig.helpdesk.open_ticket(more) == first
    assert len(await rig.tickets()) == 1


async def test_first_try_that_arrives_after_the_look_up_opens_no_second_ticket(
    rig: ZendeskRig,
) -> None:
    """The key catches what the look-up could not see, with the same words or with others."""
    first = await rig.helpdesk.open_ticket(a_ticket())
    blind = {"kind": "status", "status": 200, "method": "GET", "path_contains": "/tickets"}
    await inject(rig, **blind, body={"tickets": []})
    assert await rig.helpdesk.open_ticket(a_ticket()) == first
    other = a_ticket(summary="Another summary.")
    await inject(rig, **blind, body={"tickets": []})
    assert await rig.helpdesk.open_ticket(other) == first
    await inject(rig, **blind, body={"tickets": []}, times=2)
    with pytest.raises(ProviderUnavailable):
        await rig.helpdesk.open_ticket(other)
    assert len(await rig.tickets()) == 1


async def test_customer_who_is_known_is_not_made_again(rig: ZendeskRig) -> None:
    """One phone is one user, however many tickets and whatever they call themselves."""
    await rig.helpdesk.open_ticket(a_ticket())
    await rig.helpdesk.open_ticket(a_ticket("conv:c-1:2", customer={"name": "Anna"}))
    rows = (await rig.control.get("tickets")).json()["tickets"]
    assert len({row["requester_id"] for row in rows}) == 1
    assert rows[0]["requester"]["phone"] == "+13125550142"


async def test_email_of_another_user_stays_with_that_one(rig: ZendeskRig) -> None:
    """Two users with one claimed e-mail address stay two: the note shows the claim."""
    for number, phone in enumerate(("+13125550142", "+13125550143")):
        await rig.helpdesk.open_ticket(a_ticket(f"conv:c-{number}:1", phone=phone, customer={}))
    claim = {"email": "ana@example.com"}
    for number, phone in enumerate(("+13125550142", "+13125550143")):
        ticket = a_ticket(f"conv:c-{number}:2", phone=phone, customer=claim)
        await rig.helpdesk.open_ticket(ticket)
    first, second = (await rig.control.get("tickets")).json()["tickets"][2:]
    assert (first["requester"]["email"], second["requester"]["email"]) == (claim["email"], None)
    assert claim["email"] in str(second["comments"])


async def test_throttling_by_the_account_itself_says_how_long() -> None:
    """The emulator's own budget, not an injected fault; afterwards nothing is there twice."""
    async with open_zendesk(calls_per_minute=3) as rig:
        await rig.helpdesk.check()
        with pytest.raises(ProviderThrottled) as caught:
            await rig.helpdesk.open_ticket(a_ticket())
        assert timedelta(seconds=1) < caught.value.retry_after <= timedelta(minutes=1)
        await advance(rig, 60)
        await rig.helpdesk.open_ticket(a_ticket())
        assert len(await rig.tickets()) == 1


async def test_long_transcript_is_split_and_a_repeat_completes_it(rig: ZendeskRig) -> None:
    """A comment holds 65,535 characters: the rest follows in notes, each of them once."""
    lines = tuple(a_line(f"text {n:03d} " + "x" * 300, minutes=n) for n in range(500))
    request = a_ticket(transcript=lines)
    await inject(rig, kind="status", status=500, method="PUT")
    with pytest.raises(ProviderUnavailable):
        await rig.helpdesk.open_ticket(request)
    for _ in range(2):
        await rig.helpdesk.open_ticket(request)
    (row,) = await rig.tickets()
    words = "\n".join(comment["plain_body"] for comment in row["comments"])
    assert [words.count(f"text {n:03d}") for n in range(500)] == [1] * 500
    assert not any(comment["public"] for comment in row["comments"])


async def test_text_found_far_back_is_not_added_again(rig: ZendeskRig) -> None:
    """A repeat looks through the whole ticket, not only its newest hundred comments."""
    async with open_zendesk(calls_per_minute=1000) as busy:
        ticket = await busy.helpdesk.open_ticket(a_ticket())
        line = a_line("Hello?", minutes=5)
        await busy.helpdesk.append_inbound(ticket.ticket_id, line)
        for n in range(120):
            await busy.act("note", ticket_id=int(ticket.ticket_id), text=f"note {n}", copies=0)
        await busy.helpdesk.append_inbound(ticket.ticket_id, line)
        assert (await busy.tickets())[0]["texts"][3:] == ["Hello?"]


@pytest.mark.parametrize("ticket_id", ["", "T-1", "../users", "١", "7/comments"])
async def test_ticket_id_that_zendesk_never_gave_reaches_no_address(
    rig: ZendeskRig, ticket_id: str
) -> None:
    """An id is checked before it becomes part of a URL."""
    with pytest.raises(ProviderRejected):
        await rig.helpdesk.append_inbound(ticket_id, a_line("Hello?"))
    assert (await rig.control.get("requests")).json()["requests"] == []


async def test_check_refuses_a_user_who_may_not_write() -> None:
    """A customer's login, and a user_id that is another's, are wrong settings."""
    async with open_zendesk(role="end-user") as rig:
        with pytest.raises(ProviderMisconfigured, match="neither an agent nor an admin"):
            await rig.helpdesk.check()
    async with open_zendesk() as rig, open_http() as pool:
        url = str(rig.control.base_url).removesuffix("/_control/")
        given = {**OPTIONS, "base_url": url, "api_token": "demo-zendesk-token", "user_id": 7}
        with pytest.raises(ProviderMisconfigured, match="user_id"):
            await build_helpdesk("zendesk", given, pool).check()


@pytest.mark.parametrize(
    "change",
    [
        {"base_url": "cedar.example.com"},
        {"email": "a@example.com/token"},
        {"webhook_secret": ""},
        {"time_zone": "Middle/Earth"},
        {"user_id": 0},
        {"mood": "sunny"},
    ],
    ids=json.dumps,
)
async def test_setting_that_is_wrong_is_refused_at_start_up(change: dict[str, object]) -> None:
    """The setting is named, its value is not."""
    async with open_http() as pool:
        with pytest.raises(ConfigurationError, match=next(iter(change))):
            build_helpdesk("zendesk", {**OPTIONS, **change}, pool)
