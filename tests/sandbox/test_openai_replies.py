"""The replies of `rules`: one for all questions, short, grounded, alike on both protocols."""

import re

import pytest

from sandbox.openai.modes.rules.gsm import septets
from tests.sandbox.openai_driver import (
    answered,
    connect,
    play_chat,
    play_responses,
    said,
    untyped,
)
from tests.sandbox.openai_shop import JACKET, PARKA, SHIPPING, SHOP


@pytest.mark.parametrize("parallel", [False, True])
async def test_rules_two_questions_get_two_lookups_and_one_reply(*, parallel: bool) -> None:
    """One reply covers both, whether calls come one by one or together."""
    played = await answered(
        "Where is my order and do you have a rain jacket under $100?", parallel=parallel
    )

    assert played.tools == ["find_orders", "search_products"]
    assert "On its way with UPS" in played.reply
    assert JACKET["price"] in played.reply
    assert septets(played.reply) <= 160


async def test_rules_second_turn_does_not_answer_the_first_again() -> None:
    """Only what came since the last reply is the request."""
    client = connect()
    first = await play_responses(client, said("where is my order?"))
    second = await play_responses(client, [*first.items, *said("thanks!")])

    assert (second.tools, second.answer["intent"]) == ([], "thanks")


@pytest.mark.parametrize(
    ("text", "intent", "word"),
    [
        ("hi", "greeting", "help"),
        ("thank you", "thanks", "welcome"),
        ("are you a bot?", "other", "AI"),
    ],
)
async def test_rules_small_talk_is_answered_without_a_lookup(
    text: str, intent: str, word: str
) -> None:
    """Greetings, thanks and the question whether it is an AI need no tool and the truth."""
    played = await answered(text)

    assert (played.tools, played.answer["intent"]) == ([], intent)
    assert word in played.reply


async def test_rules_tool_that_is_not_offered_is_never_called() -> None:
    """Without tools there are words only."""
    response = await connect().responses.create(model="rules-v1", input="where is my order?")

    assert [item.type for item in response.output] == ["message"]


@pytest.mark.parametrize("limit", [100, 80, 60])
async def test_rules_draft_too_long_is_said_within_the_limit_given(limit: int) -> None:
    """A draft sent back comes back shorter, with the same state of the order."""
    client = connect()
    first = await play_responses(client, said("where is my order?"))
    back = {"role": "developer", "content": f"Say it shorter: at most {limit} characters."}
    again = await play_responses(client, [*first.items, back])

    assert again.calls == []
    assert septets(again.reply) <= limit < septets(first.reply)
    assert "On its way with UPS" in again.reply


async def test_rules_draft_called_ungrounded_comes_back_with_fewer_facts() -> None:
    """A rejected draft is not repeated."""
    client = connect()
    first = await play_responses(client, said("any tents or jackets in stock?"))
    back = {"role": "developer", "content": "The draft was rejected: link not found in any tool."}
    again = await play_responses(client, [*first.items, back])
    third = await play_responses(client, [*again.items, back])

    assert again.reply != first.reply
    assert len(third.reply) < len(again.reply) < len(first.reply)


async def test_rules_curly_passage_is_said_in_gsm7() -> None:
    """Typographic characters of the brand's texts never cost a second segment."""
    text = "Returns “on us” — we’ll pay… always, 😀 worldwide."
    shop = {**SHOP, "search_knowledge": {"passages": [{"title": "Returns", "text": text}]}}
    played = await answered("what is your returns policy", shop=shop)

    assert played.reply == 'Returns "on us" - we\'ll pay... always, worldwide.'


async def test_rules_reply_keeps_to_the_length_the_instructions_give() -> None:
    """The limit told before the conversation holds for the first draft already."""
    response = await untyped(connect().responses).create(
        model="rules",
        instructions="Your reply may have at most 40 characters.",
        input=said("hello"),
    )

    assert 0 < len(response.output_text) <= 40


async def test_rules_word_of_ours_that_finds_no_fault_is_no_refusal() -> None:
    """Information after the customer's text changes nothing."""
    told = {"role": "developer", "content": "Today is Nov 22 at the brand."}
    client = connect()
    plain = await play_responses(client, said("where is my order?"))
    informed = await play_responses(client, [*said("where is my order?"), told])

    assert informed.answer == plain.answer


async def test_rules_recommendation_of_two_has_one_link() -> None:
    """Two goods, two prices, one link: the rest is a second segment."""
    played = await answered("can you recommend a jacket or parka")

    assert (JACKET["price"] in played.reply, PARKA["price"] in played.reply) == (True, True)
    assert played.reply.count("https://") == 1


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("do you ship to canada?", "Yes, for $19.95 in 7-10 days. Duties are extra."),
        ("student discount?", "Students get 15% off."),
        ("do you have a discount code?", "New subscribers get 10% off. Students get 15% off."),
    ],
)
async def test_rules_question_asked_before_is_answered_from_the_passages_beginning(
    text: str, reply: str
) -> None:
    """A passage titled with the question answers it from its start, unless more is asked."""
    passages = [
        SHIPPING,
        {
            "title": "Do you ship to Canada?",
            "text": "Yes, for $19.95 in 7-10 days. Duties are extra. No other countries yet.",
        },
        {
            "title": "Do you have a discount code?",
            "text": "New subscribers get 10% off. Students get 15% off.",
        },
    ]
    played = await answered(text, shop={**SHOP, "search_knowledge": {"passages": passages}})

    assert played.reply == reply


@pytest.mark.parametrize("error", [{"error": "not_configured", "say": "no"}, {"error": "down"}])
async def test_rules_lookup_that_fails_escalates_once(error: dict[str, str]) -> None:
    """A tool that cannot answer is not asked again; a person takes over."""
    played = await answered("where is my order?", shop={**SHOP, "find_orders": error})

    assert played.tools == ["find_orders", "escalate"]


@pytest.mark.parametrize(
    "text",
    [
        "where is my order?",
        "do you have a rain jacket under $100?",
        "what's your return policy?",
        "I want to speak to a human",
        "where's order 1555? zip 60614",
        "Where's my stuff? Also what is your return policy? And any parkas?",
    ],
)
async def test_rules_decide_the_same_on_both_protocols(text: str) -> None:
    """The protocol changes the envelope, never the decision."""
    client = connect()
    one = await play_responses(client, said(text))
    other = await play_chat(client, said(text))

    assert (one.calls, one.answer) == (other.calls, other.answer)


@pytest.mark.parametrize(
    "text", ["where is my order?", "any parkas or jackets?", "can I return it"]
)
async def test_rules_replies_use_only_figures_the_tools_gave(text: str) -> None:
    """Every number and link of a reply stands in a tool's output."""
    played = await answered(text)

    facts = str(SHOP)
    figures = re.findall(r"https?://\S+|\$?\d[\d.]*\d", played.reply)
    assert figures
    assert [figure for figure in figures if figure not in facts] == []
