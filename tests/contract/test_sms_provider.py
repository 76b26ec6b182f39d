"""Every SMS adapter keeps the port's promises, shown against its vendor's emulator."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import BadSignature, ConfigurationError
from domain.outbox import CarrierAction, DeliveryStatus
from providers.http_client import open_http
from providers.sms.base import Accepted, Ambiguous, NotTried, Refused
from providers.sms.registry import BUILDERS, build_sms
from tests.contract.sms_rig import OURS, PHONE, RIGS, BreakKind, SmsRig, a_text


@pytest.fixture(params=sorted(BUILDERS))
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[SmsRig]:
    """One vendor; a builder without a rig fails here, by name."""
    async with RIGS[request.param]() as opened:
        yield opened


def now() -> datetime:
    """Return the time as the outbox notes it before an attempt."""
    return datetime.now(UTC)


async def test_inbound_text_arrives_signed_and_unaltered(rig: SmsRig) -> None:
    """What the customer typed is what the product reads, whatever characters it has."""
    body = "Where’s my order? 📦 +1 & more=50% \n ünïcode"
    request = await rig.receive(body)
    rig.provider.verify(request)
    (message,) = rig.provider.parse_inbound(request)
    assert (message.sender, message.recipient, message.body) == (PHONE, OURS, body)
    assert (message.provider, message.late) == (rig.provider.name, False)
    assert message.provider_message_id


async def test_inbound_picture_without_words_has_an_empty_body(rig: SmsRig) -> None:
    """An MMS is a text with media, not a malformed one."""
    request = await rig.receive("", media=2)
    (message,) = rig.provider.parse_inbound(request)
    assert message.body == ""
    assert [media.content_type for media in message.media] == ["image/png", "image/png"]


async def test_inbound_text_twice_has_one_id(rig: SmsRig) -> None:
    """The vendor's id is what a repeated webhook is dropped by."""
    request = await rig.receive("hello")
    assert rig.provider.parse_inbound(request) == rig.provider.parse_inbound(request)
    (other,) = rig.provider.parse_inbound(await rig.receive("hello"))
    (first,) = rig.provider.parse_inbound(request)
    assert first.provider_message_id != other.provider_message_id


async def test_request_for_another_path_is_refused(rig: SmsRig) -> None:
    """A signature is for one address only."""
    request = await rig.receive("hello")
    with pytest.raises(BadSignature):
        rig.provider.verify(request.model_copy(update={"path": request.path + "/status"}))


async def test_request_with_one_byte_altered_is_refused(rig: SmsRig) -> None:
    """No byte of the body is outside the signature."""
    request = await rig.receive("Hi", media=1)
    separators = {index for index, byte in enumerate(request.body) if byte in b"&=%"}
    accepted = []
    for index in sorted(set(range(len(request.body))) - separators):
        altered = bytearray(request.body)
        altered[index] = ord("7") if altered[index] != ord("7") else ord("3")
        try:
            rig.provider.verify(request.model_copy(update={"body": bytes(altered)}))
        except BadSignature:
            continue
        accepted.append(index)
    assert accepted == []


async def test_send_that_is_taken_is_accepted_and_shown_once(rig: SmsRig) -> None:
    """The plain case: one request, one text on the phone, the vendor's id and segments known."""
    outcome = await rig.provider.send(a_text())
    assert isinstance(outcome, Accepted)
    assert outcome.provider_message_id
    assert outcome.segments == 1
    assert await rig.shown() == ["Your order is on its way."]
    assert await rig.sends_tried() == 1


async def test_send_to_an_opted_out_phone_demands_suppression(rig: SmsRig) -> None:
    """The vendor's block list is a second lock, and closing it is news to ours."""
    await rig.opt_out()
    outcome = await rig.provider.send(a_text())
    assert isinstance(outcome, Refused)
    assert outcome.action is CarrierAction.SUPPRESS
    assert await rig.shown() == []


async def test_send_throttled_was_not_tried_and_says_when_to_try(rig: SmsRig) -> None:
    """A throttled request was never processed: it alone may be repeated blindly."""
    await rig.break_next_send("throttle")
    outcome = await rig.provider.send(a_text())
    assert isinstance(outcome, NotTried)
    assert outcome.retry_after_seconds == 7
    assert await rig.shown() == []
    assert isinstance(await rig.provider.send(a_text()), Accepted)


async def test_send_to_a_vendor_nobody_can_connect_to_was_not_tried(rig: SmsRig) -> None:
    """A refused connection wrote nothing."""
    assert isinstance(await rig.unreachable.send(a_text()), NotTried)


@pytest.mark.parametrize("kind", ["down", "cut", "garbled"])
async def test_send_with_an_answer_that_says_nothing_is_ambiguous(
    rig: SmsRig, kind: BreakKind
) -> None:
    """When nobody can know what became of the text, the adapter says so and tries no more."""
    await rig.break_next_send(kind)
    assert isinstance(await rig.provider.send(a_text()), Ambiguous)
    assert await rig.sends_tried() == 1
    assert await rig.provider.find(a_text(), now() - timedelta(minutes=1), frozenset()) is None


async def test_send_whose_answer_is_lost_is_found_exactly_once(rig: SmsRig) -> None:
    """The vendor has it although we never heard: found by listing, and not a second time."""
    began = now()
    await rig.break_next_send("lost_answer")
    assert isinstance(await rig.provider.send(a_text()), Ambiguous)
    found = await rig.provider.find(a_text(), began, frozenset())
    assert found is not None
    assert await rig.shown() == ["Your order is on its way."]
    taken = frozenset({found.provider_message_id})
    assert await rig.provider.find(a_text(), began, taken) is None


async def test_find_passes_over_texts_that_are_not_ours_to_claim(rig: SmsRig) -> None:
    """Another body, another row's id and an older attempt are not this text."""
    other = await rig.provider.send(a_text("Something else."))
    same = await rig.provider.send(a_text())
    assert isinstance(other, Accepted)
    assert isinstance(same, Accepted)
    taken = frozenset({same.provider_message_id})
    assert await rig.provider.find(a_text(), now() - timedelta(seconds=30), taken) is None
    later = now() + timedelta(minutes=5)
    assert await rig.provider.find(a_text(), later, frozenset()) is None


async def test_find_recognises_a_body_the_vendor_has_rewritten(rig: SmsRig) -> None:
    """The vendor lists what it sent: quotes made plain, non-breaking spaces doubled."""
    text = a_text("It’s “here” – size\u00a042… 👍")
    began = now()
    sent = await rig.provider.send(text)
    assert isinstance(sent, Accepted)
    found = await rig.provider.find(text, began, frozenset())
    assert found is not None
    assert found.provider_message_id == sent.provider_message_id


async def test_find_looks_beyond_the_first_page(rig: SmsRig) -> None:
    """Sixty other texts between the two numbers do not hide ours."""
    began = now()
    sent = await rig.provider.send(a_text())
    for number in range(60):
        await rig.provider.send(a_text(f"Other {number}"))
    found = await rig.provider.find(a_text(), began, frozenset())
    assert isinstance(sent, Accepted)
    assert found is not None
    assert found.provider_message_id == sent.provider_message_id


async def test_delivery_reports_carry_our_row_and_the_outcome(rig: SmsRig) -> None:
    """Each report verifies, names the row it is about and speaks in neutral terms."""
    sent = await rig.provider.send(a_text())
    requests = await rig.reports()
    for request in requests:
        rig.provider.verify(request)
    reports = [report for request in requests for report in rig.provider.parse_status(request)]
    assert isinstance(sent, Accepted)
    assert {report.provider_message_id for report in reports} == {sent.provider_message_id}
    assert {report.outbox_id for report in reports} == {"row-1"}
    assert reports[-1].status is DeliveryStatus.DELIVERED


async def test_delivery_report_that_met_a_failure_of_ours_comes_again(rig: SmsRig) -> None:
    """A restart of the API loses no report: the vendor is asked to try several times."""
    rig.refuse_webhooks(3)
    await rig.provider.send(a_text())
    requests = await rig.reports()
    rig.provider.verify(requests[0])
    reports = [r for request in requests for r in rig.provider.parse_status(request)]
    assert [r.status for r in reports] == [
        DeliveryStatus.SENDING,
        DeliveryStatus.SENT,
        DeliveryStatus.DELIVERED,
    ]


async def test_delivery_report_of_a_failure_has_the_code(rig: SmsRig) -> None:
    """What the carrier says is what the outbox acts on."""
    await rig.fail_delivery("30007")
    await rig.provider.send(a_text())
    reports = [r for request in await rig.reports() for r in rig.provider.parse_status(request)]
    assert (reports[-1].status, reports[-1].error_code) == (DeliveryStatus.UNDELIVERED, "30007")


async def test_list_inbound_finds_texts_whose_webhook_was_lost(rig: SmsRig) -> None:
    """The vendor keeps every text: the sweeper sees heard and unheard ones, not our own sends."""
    began = now()
    heard = rig.provider.parse_inbound(await rig.receive("heard"))[0].provider_message_id
    unheard = await rig.receive_unheard("unheard")
    await rig.provider.send(a_text())
    listed = await rig.provider.list_inbound(OURS, began)
    assert [message.provider_message_id for message in listed] == [heard, unheard]
    assert [(message.sender, message.body) for message in listed][1] == (PHONE, "unheard")
    assert all(message.late for message in listed)


async def test_list_inbound_brings_pictures_with_their_files(rig: SmsRig) -> None:
    """A lost picture is found as a picture, not as an empty text."""
    began = now()
    await rig.receive_unheard("", media=2)
    (message,) = await rig.provider.list_inbound(OURS, began)
    assert (message.body, len(message.media)) == ("", 2)
    assert message.media[0].content_type == "image/png"


async def test_list_inbound_leaves_out_what_is_older_than_asked(rig: SmsRig) -> None:
    """The sweeper's window is kept, although the vendor filters by whole days."""
    await rig.receive_unheard("old")
    assert await rig.provider.list_inbound(OURS, now() + timedelta(minutes=5)) == ()


async def test_opt_out_pushed_to_the_vendor_blocks_sends_there(rig: SmsRig) -> None:
    """After an opt-out in words the vendor does not know, it refuses to send all the same."""
    await rig.provider.push_opt_out(PHONE, OURS, now())
    outcome = await rig.provider.send(a_text())
    assert isinstance(outcome, Refused)
    assert outcome.action is CarrierAction.SUPPRESS


async def test_opt_out_taken_back_lets_sends_through_again(rig: SmsRig) -> None:
    """A misreading of ours must not leave the vendor's lock closed."""
    await rig.provider.push_opt_out(PHONE, OURS, now())
    await rig.provider.take_back_opt_out(PHONE, OURS, now())
    assert isinstance(await rig.provider.send(a_text()), Accepted)


async def test_check_says_that_the_account_answers(rig: SmsRig) -> None:
    """The doctor's sentence costs the customer nothing."""
    assert "answers" in await rig.provider.check()
    assert await rig.sends_tried() == 0


async def test_unknown_provider_names_the_ones_there_are() -> None:
    """A misspelt vendor is answered with the list."""
    async with open_http() as pool:
        with pytest.raises(ConfigurationError, match="twilio"):
            build_sms("twillio", {}, pool)


async def test_missing_setting_is_named_and_no_secret_shown() -> None:
    """The error says which setting; what was given is not repeated."""
    options = {"auth_tokens": "tok3n", "public_base_url": "sms.example.com"}
    async with open_http() as pool:
        with pytest.raises(ConfigurationError) as caught:
            build_sms("twilio", options, pool)
    assert "account_sid" in str(caught.value)
    assert "tok3n" not in str(caught.value)
