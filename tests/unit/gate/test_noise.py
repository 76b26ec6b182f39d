"""Noise is silent with a reason, and hides nothing (R24)."""

import pytest

from domain.gate.decision import Disposition, Label
from domain.gate.tapback import Reaction, parse_tapback
from domain.message import MessageOrigin
from tests.unit.gate.given import after, gate, received, sent

OURS = "Our spring sale is live! 20% off. Reply STOP to opt out"

FORMS = {
    "ios_loved": f"Loved “{OURS}”",
    "ios_liked_straight": f'Liked "{OURS}"',
    "ios_disliked": f"Disliked “{OURS}”",
    "ios_laughed": f"Laughed at “{OURS}”",
    "ios_emphasized": f"Emphasized “{OURS}”",
    "ios_emphasised": f"Emphasised “{OURS}”",
    "ios_questioned": f"Questioned “{OURS}”",
    "ios_removed_heart": f"Removed a heart from “{OURS}”",
    "ios_removed_exclamation": f"Removed an exclamation from “{OURS}”",
    "ios_cut": "Loved “Our spring sale is live! 20% o…”",
    "ios_image": "Loved an image",
    "ios_18": f"Reacted 🔥 to “{OURS}”",
    "ios_18_sticker": f"Reacted with a sticker to “{OURS}”",
    "ios_18_removed": f"Removed 🔥 from “{OURS}”",
    "nested": f"Liked “Loved “{OURS}””",
    "line_breaks": "Loved “line one\nline two”",
    "mojibake": "Loved â€œReply STOP to opt outâ€\x9d",
    "google": "\u200a\u200b👍\u200b to “\u200aReply STOP to opt out\u200a”\u200a",
    "google_removed": "\u200a\u200c👍\u200c removed “\u200aReply STOP to opt out\u200a”\u200a",
    "google_visible": f"👍 to “{OURS}”",
    "german": f"Gefällt: „{OURS}“",
    "german_emoji": f"Hat mit 🔥 auf „{OURS}“ reagiert",
    "german_removed": f"„Gefällt mir“ von „{OURS}“ entfernt",
    "spanish": f"Le gustó “{OURS}”",
    "spanish_emoji": f"Reaccionó con 🔥 a “{OURS}”",
    "portuguese": f"Curtiu “{OURS}”",
    "portuguese_emoji": f"Reagiu com 🔥 a “{OURS}”",
    "french": f"A ajouté un cœur à « {OURS} »",
    "french_emoji": f"A réagi avec 🔥 à « {OURS} »",
    "italian": f"Ha reagito con 🔥 a “{OURS}”",
    "chinese": "喜欢“你好”",
    "russian": f"Понравилось «{OURS}»",
}


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_tapback_of_every_platform_is_noise_and_no_opt_out(form: str) -> None:
    """A reaction that quotes our own "Reply STOP" opts nobody out."""
    decision = gate(FORMS[form])
    assert (decision.disposition, decision.label) == (Disposition.IGNORE, Label.TAPBACK)


def test_quote_in_an_unknown_language_is_noise_when_it_is_our_text() -> None:
    """Any wording around one of our texts, quoted whole, is a reaction."""
    context = after(sent(OURS, MessageOrigin.CAMPAIGN))
    assert gate(f"Đã thích “{OURS}”", context).label is Label.TAPBACK


def test_words_behind_a_reaction_are_heard() -> None:
    """Human words left over make it a message."""
    assert gate("Loved “sale” but stop texting me now").disposition is Disposition.OPT_OUT


@pytest.mark.parametrize("text", ["Loved the jacket!", "I liked the photo you sent, is it medium?"])
def test_sentence_that_begins_like_a_reaction_is_answered(text: str) -> None:
    """A person may love a jacket."""
    assert gate(text).disposition is Disposition.ANSWER


@pytest.mark.parametrize(
    ("text", "reaction"),
    [("Liked “{}”", Reaction.YES), ("👎 to “{}”", Reaction.NO), ("👍 to “{}”", Reaction.YES)],
)
def test_tapback_on_the_agents_question_is_its_answer(text: str, reaction: Reaction) -> None:
    """A thumbs-up on the agent's question is a yes."""
    question = "Should I send the return label?"
    decision = gate(text.format(question), after(sent(question)))
    assert (Disposition.ANSWER, Label.TAPBACK_ANSWER, f"tapback.{reaction}") == (
        decision.disposition,
        decision.label,
        decision.rule,
    )


def test_tapback_on_a_campaigns_question_is_noise() -> None:
    """A campaign's question is rhetorical."""
    question = "Ready for summer?"
    context = after(sent(question, MessageOrigin.CAMPAIGN))
    assert gate(f"Liked “{question}”", context).label is Label.TAPBACK


def test_tapback_on_a_question_opens_nothing_for_who_opted_out() -> None:
    """A suppressed contact's thumbs-up is not answered."""
    question = "Should I send the return label?"
    decision = gate(f"Liked “{question}”", after(sent(question), suppressed=True))
    assert decision.disposition is Disposition.IGNORE


def test_removed_reaction_answers_nothing() -> None:
    """Taking a heart back is no no."""
    assert parse_tapback("Removed a heart from “Shall I?”").reaction is Reaction.REMOVED  # type: ignore[union-attr]


R24 = {
    Label.DEVICE_AUTO_REPLY: (
        "I’m driving with Focus turned on. I’ll see your message when I get where I’m going.",
        "(I’m not receiving notifications. If this is urgent, reply “urgent” to send a "
        "notification through with your original message.)",
        "Driving, can't text. Sent from MY ALTIMA",
        "Can't talk right now. What's up?",
        "Estoy conduciendo",
        "Je suis au volant",
        "This phone cannot receive text messages.",
        "Thanks for contacting Bella Salon. We are closed and will reply tomorrow.",
    ),
    Label.CARRIER_NOTICE: (
        "Free Msg: Unable to send message - Message Blocking is active.",
        'NETWORK MSG: You replied with the word "stop" which blocks all texts.',
    ),
    Label.EMPTY: ("", "   ", "\u200b\u200b"),
    Label.EMOJI_ONLY: ("👍", "😂😂", "❤️", "👩‍👩‍👧"),
    Label.THANKS: ("Thanks!", "ty so much", "muchas gracias", "Thank you, have a great day"),
    Label.ACKNOWLEDGEMENT: ("lol", "sounds good", "hahaha"),
    Label.GIBBERISH: ("sdkfjhsdkf", "asdfgh"),
    Label.LINK_ONLY: ("https://example.com/a",),
    Label.SPAM: (
        "USPS: your package is on hold, incorrect address. Update: http://usps-x.top/a",
        "Congrats! You won a $500 gift card. Claim now http://win.top",
    ),
    Label.OTHER_BRAND_BLAST: ("FitClub: Flash sale, 50% off ends tonight. Text STOP to end",),
    Label.VERIFICATION_CODE: ("Your Bank verification code is 482913. Do not share it.",),
    Label.ABUSE: ("fuck you",),
}


@pytest.mark.parametrize(
    ("label", "text"), [(label, text) for label, texts in R24.items() for text in texts]
)
def test_r24_noise_of_every_class_is_silent_with_its_reason(label: Label, text: str) -> None:
    """R24: no reply, and a reason code."""
    decision = gate(text)
    assert (Disposition.IGNORE, label) == (decision.disposition, decision.label)
    assert decision.reason


@pytest.mark.parametrize("text", ["ok", "no thanks", "great", "k"])
def test_acknowledgement_is_silent_when_nothing_was_asked(text: str) -> None:
    """A bare assent to a statement needs no answer."""
    context = after(sent("Your order ships on Tuesday.", MessageOrigin.NOTICE))
    assert gate(text, context).disposition is Disposition.IGNORE


@pytest.mark.parametrize(
    "text", ["ok", "yes please", "no thanks", "👍", "sounds good", "ok thanks"]
)
def test_acknowledgement_of_an_open_question_is_its_answer(text: str) -> None:
    """The same words answer the agent's question."""
    context = after(sent("Shall I start the return?"))
    assert gate(text, context).label is Label.ANSWER_TO_AGENT


def test_answer_long_after_the_question_is_none() -> None:
    """Three days later a bare "ok" answers nothing any more."""
    asked = sent("Shall I start the return?", seconds_ago=4 * 24 * 3600)
    assert gate("ok", after(asked)).disposition is Disposition.IGNORE


def test_second_insult_goes_to_a_human() -> None:
    """Abuse is silent once, and handed off when repeated."""
    context = after(recent_inbound=received("fuck you"))
    assert gate("you idiots", context).disposition is Disposition.HELPDESK


@pytest.mark.parametrize("text", ["STOP", "help", "START"])
def test_noise_never_hides_a_keyword(text: str) -> None:
    """Keywords are looked at before any noise."""
    context = after(recent_inbound=received(text, text, text, text))
    assert gate(text, context).disposition is not Disposition.IGNORE
