"""The emulated Twilio's own opt-out handling."""

import pytest

from tests.sandbox.receiver import OTHER_PHONE, OURS, PHONE, TwilioAccount


async def refused(twilio: TwilioAccount, phone: str = PHONE) -> bool:
    """Return whether a send to the phone is refused as opted out."""
    response = await twilio.post(To=phone, From=OURS, Body="hi")
    return bool(response.json().get("code") == 21610)


@pytest.mark.parametrize(
    "word",
    ["STOP", "stop", " Stop\n", "STOPALL", "Unsubscribe", "cancel", "END", "quit", "REVOKE"],
)
async def test_stop_word_blocks_answers_and_still_reaches_the_webhook(
    twilio: TwilioAccount, word: str
) -> None:
    """A stop word blocks the phone, Twilio answers it, and the brand hears of it."""
    await twilio.text(word)
    shown = [(entry["direction"], entry["author"]) for entry in await twilio.shown()]
    assert shown == [("inbound", "phone"), ("outbound-reply", "provider")]
    assert [word] == [form["Body"] for form in twilio.receiver.forms]
    assert await refused(twilio)
    assert not await refused(twilio, OTHER_PHONE)


@pytest.mark.parametrize("text", ["STOP PLEASE", "stop.", "stop it", "bus stop", ""])
async def test_text_that_is_not_one_stop_word_blocks_nothing(
    twilio: TwilioAccount, text: str
) -> None:
    """Only the single word counts."""
    await twilio.text(text)
    assert [entry["author"] for entry in await twilio.shown()] == ["phone"]
    assert not await refused(twilio)


@pytest.mark.parametrize("word", ["START", "yes", "UNSTOP"])
async def test_start_word_unblocks_with_an_answer_only_after_a_stop(
    twilio: TwilioAccount, word: str
) -> None:
    """YES of somebody who never opted out is a plain text; after STOP it opts in."""
    await twilio.text(word)
    assert len(await twilio.shown()) == 1
    await twilio.text("STOP")
    await twilio.text(word)
    assert "re-subscribed" in (await twilio.shown())[-1]["body"]
    assert not await refused(twilio)


async def test_stop_repeated_is_answered_once(twilio: TwilioAccount) -> None:
    """Somebody already opted out gets nothing more."""
    await twilio.text("STOP")
    await twilio.text("STOP")
    await twilio.text("HELP")
    authors = [entry["author"] for entry in await twilio.shown()]
    assert authors == ["phone", "provider", "phone", "phone"]


async def test_keywords_with_handling_off_are_plain_texts(twilio: TwilioAccount) -> None:
    """With the handling off the brand answers keywords itself."""
    await twilio.control("settings", keyword_handling=False)
    await twilio.text("STOP")
    assert [entry["author"] for entry in await twilio.shown()] == ["phone"]
    assert not await refused(twilio)


async def test_opt_out_type_marks_what_advanced_opt_out_has_handled(
    twilio: TwilioAccount,
) -> None:
    """Advanced Opt-Out matches other words and says so in the webhook."""
    await twilio.text("basta", opt_out_type="STOP")
    assert twilio.receiver.forms[0]["OptOutType"] == "STOP"
    assert await refused(twilio)
