"""The replies of `rules`: one for all questions, short, grounded, alike on both protocols."""

import re

import pytest

from sandbox.openai.modes.rules.gsm import septets
from tests.sandbox.openai_driver import answered, connect, play_chat, play_responses, said
from tests.sandbox.openai_shop import JACKET, SHOP


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
