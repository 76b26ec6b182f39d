"""What the carrier reports about texts that were sent, and what it demands."""

import pytest

from tests.api.rig import STATUS, Api
from tests.builders import PHONE

STATES = "SELECT id, state FROM outbox ORDER BY id"
SUPPRESSED = "SELECT source FROM suppression"
UNREACHABLE = "SELECT unreachable FROM contact"


async def test_callbacks_out_of_order_never_move_a_text_backwards(api: Api) -> None:
    """Delivered stays delivered, whatever comes late or twice (F-22)."""
    row = api.sent(await api.contact())
    reports = ["sent", "delivered", "delivered", "sent", "queued", "undelivered"]
    answers = [await api.report(row, status) for status in reports]
    assert {answer.status_code for answer in answers} == {200}
    assert api.rows(STATES) == [("reply-1", "delivered")]


async def test_callback_about_a_text_that_is_not_ours_changes_nothing(api: Api) -> None:
    """It is answered 200: the carrier would only repeat it."""
    form = {"MessageSid": "SM" + "f" * 32, "MessageStatus": "failed", "ErrorCode": "21610"}
    answer = await api.post_form(f"{STATUS}?o=nothing", form)
    assert (answer.status_code, api.rows(STATES), api.rows(SUPPRESSED)) == (200, [], [])


async def test_callback_with_a_status_nobody_knows_is_taken_as_no_news(api: Api) -> None:
    """Twilio may invent statuses; the row stays as it is."""
    row = api.sent(await api.contact())
    answer = await api.report(row, "teleported")
    assert (answer.status_code, api.rows(STATES)) == (200, [("reply-1", "sent")])


async def test_callback_with_a_bad_signature_is_forbidden_and_changes_nothing(api: Api) -> None:
    """Nobody but the carrier says what was delivered."""
    row = api.sent(await api.contact())
    body = f"MessageSid={row.provider_message_id}&MessageStatus=failed&ErrorCode=21610".encode()
    answer = await api.post_raw(f"{STATUS}?o={row.outbox_id}", body, signature="bm8=")
    assert (answer.status_code, api.rows(STATES)) == (403, [("reply-1", "sent")])
    assert api.rows(SUPPRESSED) == []


async def test_callback_signed_for_another_text_is_forbidden(api: Api) -> None:
    """The query names the row, and the signature covers the query."""
    row = api.sent(await api.contact())
    body = f"MessageSid={row.provider_message_id}&MessageStatus=failed".encode()
    other = await api.post_raw(f"{STATUS}?o=reply-2", body)
    assert other.status_code == 200
    forged = await api.http.post(
        f"{STATUS}?o={row.outbox_id}", content=body, headers=other.request.headers
    )
    assert forged.status_code == 403


@pytest.mark.parametrize("field", ["MessageSid", "MessageStatus"])
async def test_callback_without_a_field_is_refused_by_its_name(api: Api, field: str) -> None:
    """400 names the field."""
    form = {"MessageSid": "SM1", "MessageStatus": "sent"}
    del form[field]
    answer = await api.post_form(STATUS, form)
    assert (answer.status_code, answer.json()["field"]) == (400, field)


@pytest.mark.parametrize(
    ("code", "unreachable", "suppressed"),
    [
        ("30005", True, []),
        ("30006", True, []),
        ("21610", False, [("carrier:21610",)]),
        ("30003", False, []),
        ("30004", False, []),
        ("30007", False, []),
        ("99999", False, []),
    ],
)
async def test_failed_delivery_changes_what_may_be_sent_as_its_code_demands(
    api: Api, code: str, unreachable: object, suppressed: list[tuple[str]]
) -> None:
    """A number out of reach, and a person who opted out there, get nothing more (F-19)."""
    row = api.sent(await api.contact())
    answer = await api.report(row, "undelivered", ErrorCode=code)
    assert (answer.status_code, api.rows(STATES)) == (200, [("reply-1", "undelivered")])
    assert api.rows(UNREACHABLE) == [(unreachable,)]
    assert api.rows(SUPPRESSED) == suppressed


async def test_second_text_blocked_by_the_carrier_suppresses_the_contact(api: Api) -> None:
    """30004 once may be chance; the second text that meets it is taken for an opt-out."""
    contact = await api.contact()
    first, second = api.sent(contact, "reply-1"), api.sent(contact, "reply-2")
    await api.report(first, "undelivered", ErrorCode="30004")
    await api.report(first, "undelivered", ErrorCode="30004")
    assert api.rows(SUPPRESSED) == []
    await api.report(second, "undelivered", ErrorCode="30004")
    assert api.rows(SUPPRESSED) == [("carrier:30004",)]
    assert api.rows("SELECT kind, scope FROM consent_event") == [("opt_out", "all")]


async def test_second_text_blocked_for_somebody_else_suppresses_nobody(api: Api) -> None:
    """Blocks are counted by contact."""
    first = api.sent(await api.contact(), "reply-1")
    await api.text(From="+13125550143", MessageSid="SM" + "d" * 32)
    other = api.rows("SELECT id FROM contact WHERE phone <> :phone", phone=PHONE)[0][0]
    second = api.sent(str(other), "reply-2")
    await api.report(first, "undelivered", ErrorCode="30004")
    await api.report(second, "undelivered", ErrorCode="30004")
    assert api.rows(SUPPRESSED) == []


async def test_report_about_a_text_from_before_an_opt_in_does_not_undo_it(api: Api) -> None:
    """The carrier's news may be late and doubled; the customer's word is newer."""
    row = api.sent(await api.contact())
    await api.report(row, "undelivered", ErrorCode="21610")
    assert api.rows(SUPPRESSED) == [("carrier:21610",)]
    await api.text(Body="START", MessageSid="SM" + "e" * 32)
    assert api.rows(SUPPRESSED) == []

    answer = await api.report(row, "undelivered", ErrorCode="21610")
    assert (answer.status_code, api.rows(SUPPRESSED)) == (200, [])


async def test_report_about_a_text_from_after_an_opt_in_suppresses(api: Api) -> None:
    """An opt-in covers the past, not what the carrier says of a later text."""
    contact = await api.contact()
    await api.text(Body="START", MessageSid="SM" + "e" * 32)
    await api.report(api.sent(contact), "undelivered", ErrorCode="21610")
    assert api.rows(SUPPRESSED) == [("carrier:21610",)]


async def test_report_that_a_number_is_out_of_reach_does_not_outlive_their_next_text(
    api: Api,
) -> None:
    """Whoever has texted since is reachable, however often the old report is repeated."""
    row = api.sent(await api.contact())
    await api.report(row, "undelivered", ErrorCode="30005")
    assert api.rows(UNREACHABLE) == [(True,)]
    await api.text(MessageSid="SM" + "e" * 32)

    await api.report(row, "undelivered", ErrorCode="30005")
    assert api.rows(UNREACHABLE) == [(False,)]
