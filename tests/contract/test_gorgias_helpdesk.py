"""What is Gorgias' own: imports that are never sent, look-ups before writes, header secrets."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import sandbox.gorgias
from domain.errors import (
    BadSignature,
    ConfigurationError,
    ProviderRejected,
    ProviderThrottled,
    ProviderUnavailable,
)
from providers.helpdesk.base import HelpdeskEvent, HumanReplied, TicketClosed, TicketReopened
from providers.helpdesk.gorgias.integration import NAMES, TEMPLATES
from providers.helpdesk.registry import build_helpdesk
from providers.http_client import open_http
from tests.contract.gorgias_rig import PUBLIC_URL, GorgiasRig, open_gorgias
from tests.contract.helpdesk_rig import a_line, a_ticket

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OUR_EMAIL = "agent@cedar-slate.example.com"
OPTIONS = {
    "base_url": "https://cedar.example.com",
    "email": OUR_EMAIL,
    "api_key": "k",
    "webhook_secret": "s" * 16,
}


@pytest.fixture
async def rig() -> AsyncIterator[GorgiasRig]:
    """One account."""
    async with open_gorgias() as opened:
        yield opened


async def read_all(rig: GorgiasRig) -> list[HelpdeskEvent]:
    """Return what our adapter reads in every webhook so far."""
    return [e for request in await rig.settled() for e in rig.helpdesk.parse_event(request)]


async def asked(rig: GorgiasRig, method: str = "") -> list[str]:
    """Return the requests that reached Gorgias, of one method when it is named."""
    rows = (await rig.control.get("requests")).json()["requests"]
    return [f"{r['method']} {r['path']}" for r in rows if r["method"].startswith(method)]


async def test_nothing_we_write_is_sent_to_the_customer(rig: GorgiasRig) -> None:
    """Transcript, later texts and notes are imported: the customer's phone stays silent."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Hello?", minutes=5))
    await rig.helpdesk.append_note(ticket.ticket_id, "note-1", "Customer wrote again.")
    assert (await rig.control.get("sent")).json()["messages"] == []


async def test_what_we_write_ourselves_is_no_human_reply(rig: GorgiasRig) -> None:
    """The loop guard: every message of ours comes back as a webhook and is ignored."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Hello?", minutes=5))
    await rig.helpdesk.append_note(ticket.ticket_id, "note-1", "Customer wrote again.")
    assert len(await rig.settled()) == 6
    assert await read_all(rig) == []


async def test_internal_note_of_a_human_is_never_texted(rig: GorgiasRig) -> None:
    """What colleagues tell each other stays between them."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    note = await rig.act("note", ticket_id=int(ticket.ticket_id), text="He is lying.")
    assert rig.helpdesk.parse_event(note) == ()


@pytest.mark.parametrize(
    ("via", "text", "count"),
    [("helpdesk", "Hi", 1), ("api", "Hi", 1), ("rule", "We got it!", 0), ("helpdesk", "  ", 0)],
)
async def test_only_words_of_people_are_texted(
    rig: GorgiasRig, via: str, text: str, count: int
) -> None:
    """A rule that answers every text would talk to our agent for ever; a picture has no words."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    number = int(ticket.ticket_id)
    request = await rig.act("reply", ticket_id=number, text=text or " ", via=via)
    assert len(rig.helpdesk.parse_event(request)) == count


async def test_webhook_posted_twice_has_the_same_ids(rig: GorgiasRig) -> None:
    """A duplicate is known by its id; closing again after a reopening is another event."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    number = int(ticket.ticket_id)
    await rig.settled()
    rig.receiver.requests.clear()
    await rig.act("reply", ticket_id=number, text="Hi", copies=2)
    for act in ("close", "reopen", "close"):
        await rig.act(act, ticket_id=number, copies=2)
    events = await read_all(rig)
    ids = [e.message_id if isinstance(e, HumanReplied) else e.event_id for e in events]
    assert ids[::2] == ids[1::2]
    assert len(set(ids)) == 4


async def test_closed_ticket_is_open_again_after_a_new_text_only(rig: GorgiasRig) -> None:
    """A text nobody has seen reopens; the repeat of one that is there does not."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    first, second = a_line("Hello?", minutes=5), a_line("Anyone?", minutes=6)
    await rig.helpdesk.append_inbound(ticket.ticket_id, first)
    await rig.close(ticket.ticket_id)
    await rig.helpdesk.append_inbound(ticket.ticket_id, first)
    await rig.helpdesk.append_note(ticket.ticket_id, "note-1", "Closed?")
    assert (await rig.tickets())[0]["status"] == "closed"
    await rig.helpdesk.append_inbound(ticket.ticket_id, second)
    assert (await rig.tickets())[0]["status"] == "open"
    kinds = [type(event) for event in await read_all(rig)]
    assert kinds == [TicketClosed, TicketReopened]


async def test_text_lost_after_the_ticket_was_reopened_is_added_by_the_repeat(
    rig: GorgiasRig,
) -> None:
    """Reopening and adding are two calls: a crash between them loses nothing."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    await rig.close(ticket.ticket_id)
    fault = {"kind": "status", "status": 500, "path_contains": "/messages", "method": "POST"}
    await rig.control.post("faults", json=fault)
    line = a_line("Hello?", minutes=5)
    with pytest.raises(ProviderUnavailable):
        await rig.helpdesk.append_inbound(ticket.ticket_id, line)
    await rig.helpdesk.append_inbound(ticket.ticket_id, line)
    (row,) = await rig.tickets()
    assert (row["status"], row["texts"][3:]) == ("open", ["Hello?"])


async def test_text_of_the_transcript_is_not_appended_again(rig: GorgiasRig) -> None:
    """A text that came while the ticket was opened may be told twice, and stands there once."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    line = a_line("43, and a human please", minutes=2)
    await rig.helpdesk.append_inbound(ticket.ticket_id, line)
    assert len((await rig.tickets())[0]["texts"]) == 3


async def test_messages_say_who_wrote_to_whom_and_when(rig: GorgiasRig) -> None:
    """Numbers and times are the SMS', in the ticket and in what is added later."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("Hello?", minutes=5))
    shown = (await rig.tickets())[0]["messages"]
    texts = {m["body_text"]: m for m in shown if m["channel"] == "sms"}
    for body in ("The boots are too small 📦", "Hello?"):
        source = texts[body]["source"]
        assert source["from"]["address"] == "+13125550142"
        assert source["to"] == [{"address": "+13125550199"}]
        assert texts[body]["sender"]["name"] == "Ana"
    answer = texts["Which size do you need?"]
    assert answer["source"]["from"]["address"] == "+13125550199"
    assert answer["sender"]["email"] == OUR_EMAIL
    assert texts["Hello?"]["created_datetime"] == "2026-11-22T09:35:00+00:00"


async def test_customer_who_is_known_is_not_made_again(rig: GorgiasRig) -> None:
    """One phone is one customer, however many tickets, and also after a lost answer."""
    lost = {"kind": "lost_answer", "path_contains": "/api/customers", "method": "POST"}
    await rig.control.post("faults", json=lost)
    with pytest.raises(ProviderUnavailable):
        await rig.helpdesk.open_ticket(a_ticket())
    await rig.helpdesk.open_ticket(a_ticket())
    await rig.helpdesk.open_ticket(a_ticket("conv:c-1:2"))
    rows = (await rig.control.get("tickets")).json()["tickets"]
    assert len({row["customer"]["id"] for row in rows}) == 1
    assert (await asked(rig, "POST")).count("POST /api/customers") == 1


async def test_email_of_another_customer_stays_with_that_one(rig: GorgiasRig) -> None:
    """Whoever texts from a new number is not put into a record by the e-mail they claim."""
    await rig.helpdesk.open_ticket(a_ticket())
    await rig.helpdesk.open_ticket(a_ticket("conv:c-2:1", phone="+13125550143"))
    first, second = (await rig.control.get("tickets")).json()["tickets"]
    assert first["customer"]["email"] == "ana@example.com"
    assert second["customer"]["email"] is None
    assert second["customer"]["id"] != first["customer"]["id"]
    assert "ana@example.com" in str(second["messages"])


async def test_throttling_by_the_account_itself_says_how_long() -> None:
    """The emulator's own budget, not an injected fault; afterwards nothing is there twice."""
    async with open_gorgias(calls_per_window=5) as rig:
        with pytest.raises(ProviderThrottled) as caught:
            await rig.helpdesk.open_ticket(a_ticket())
        assert timedelta(0) < caught.value.retry_after <= timedelta(seconds=20)
        await rig.control.post("clock", json={"advance_seconds": 20})
        await rig.helpdesk.open_ticket(a_ticket())
        assert len(await rig.tickets()) == 1


async def test_long_transcript_fits_and_its_note_has_every_text(rig: GorgiasRig) -> None:
    """Gorgias takes 500 messages: the newest are imported, the notes hold all 700."""
    lines = tuple(a_line(f"text {n:03d} " + "x" * 200, minutes=n) for n in range(700))
    await rig.helpdesk.open_ticket(a_ticket(transcript=lines))
    (row,) = await rig.tickets()
    notes = [m["body_text"] for m in row["messages"] if m["channel"] == "internal-note"]
    assert len(row["messages"]) == 500
    assert len(notes) > 1
    assert row["texts"][-1].startswith("text 699")
    assert all(f"text {n:03d}" in "\n".join(notes) for n in range(700))


async def test_note_shows_times_in_the_brands_zone_and_takes_markup_as_words(
    rig: GorgiasRig,
) -> None:
    """09:30 UTC is 03:30 in Chicago; a customer's HTML is shown, not run."""
    async with open_http() as pool:
        given = {**OPTIONS, "base_url": str(rig.control.base_url).removesuffix("/_control/")}
        given |= {"time_zone": "America/Chicago", "api_key": "demo-gorgias-key"}
        desk = build_helpdesk("gorgias", given, pool)
        await desk.open_ticket(a_ticket(transcript=(a_line("<b>hi</b>"),)))
    note = (await rig.tickets())[0]["messages"][-1]
    assert "2026-11-22 03:30 customer: <b>hi</b>" in note["body_text"]
    assert "&lt;b&gt;hi" in note["body_html"]


@pytest.mark.parametrize("ticket_id", ["", "T-1", "../customers", "١", "7/messages"])
async def test_ticket_id_that_gorgias_never_gave_reaches_no_address(
    rig: GorgiasRig, ticket_id: str
) -> None:
    """An id is checked before it becomes part of a URL."""
    before = await asked(rig)
    with pytest.raises(ProviderRejected):
        await rig.helpdesk.append_inbound(ticket_id, a_line("Hello?"))
    assert await asked(rig) == before


async def test_message_on_a_later_page_is_found(rig: GorgiasRig) -> None:
    """A repeat looks through the whole ticket, not only its newest hundred messages."""
    lines = tuple(a_line(f"text {n}", minutes=n) for n in range(250))
    ticket = await rig.helpdesk.open_ticket(a_ticket(transcript=lines))
    await rig.helpdesk.append_inbound(ticket.ticket_id, a_line("text 3", minutes=3))
    assert len((await rig.tickets())[0]["texts"]) == 250


async def test_connecting_twice_leaves_two_integrations_that_match_the_sandbox(
    rig: GorgiasRig,
) -> None:
    """An operator may repeat it; what the sandbox has installed is what we would install."""
    await rig.helpdesk.connect(f"{PUBLIC_URL}/elsewhere")
    assert (await asked(rig, "POST")).count("POST /api/integrations") == 2
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    assert (await rig.close(ticket.ticket_id)).path == "/elsewhere"
    file = Path(sandbox.gorgias.__file__ or "").with_name("integrations.json")
    installed = json.loads(file.read_text("utf-8"))
    assert {row["trigger"]: row["form"] for row in installed} == TEMPLATES
    assert {row["trigger"]: row["name"] for row in installed} == NAMES


async def test_check_names_the_integrations_that_are_missing(rig: GorgiasRig) -> None:
    """Without them a human's answer would never reach the customer."""
    assert "both integrations are installed" in await rig.helpdesk.check()
    async with open_gorgias() as bare:
        url = str(bare.control.base_url).removesuffix("/_control/")
        auth = (OUR_EMAIL, "demo-gorgias-key")
        listed = (await bare.control.get(f"{url}/api/integrations", auth=auth)).json()["data"]
        for row in listed:
            await bare.control.delete(f"{url}/api/integrations/{row['id']}", auth=auth)
        said = await bare.helpdesk.check()
    assert all(name in said for name in NAMES.values())


async def test_event_under_the_previous_secret_is_read_while_it_is_changed(
    rig: GorgiasRig,
) -> None:
    """Gorgias may learn the new secret later than we do."""
    ticket = await rig.helpdesk.open_ticket(a_ticket())
    request = await rig.reply(ticket.ticket_id, "Hi")
    async with open_http() as pool:
        rotated = {**OPTIONS, "webhook_secret": "n" * 16, "previous_webhook_secret": "s" * 32}
        assert len(build_helpdesk("gorgias", rotated, pool).parse_event(request)) == 1
        with pytest.raises(BadSignature):
            build_helpdesk("gorgias", OPTIONS, pool).parse_event(request)


@pytest.mark.parametrize(
    "change",
    [
        {"base_url": "cedar.example.com"},
        {"base_url": "https://cedar.example.com/"},
        {"email": "no address"},
        {"webhook_secret": "short"},
        {"previous_webhook_secret": ""},
        {"time_zone": "Middle/Earth"},
        {"time_zone": "../etc"},
        {"api_key": ""},
        {"mood": "sunny"},
    ],
    ids=json.dumps,
)
async def test_setting_that_is_wrong_is_refused_at_start_up(change: dict[str, str]) -> None:
    """The setting is named, its value is not."""
    async with open_http() as pool:
        with pytest.raises(ConfigurationError, match=next(iter(change))):
            build_helpdesk("gorgias", {**OPTIONS, **change}, pool)
