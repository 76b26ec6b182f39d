"""The replies of `rules`: one for all questions, short, grounded, alike on both protocols."""

import json
import re

import pytest

from sandbox.openai.modes.rules.gsm import septets
from tests.sandbox.openai_driver import (
    answered,
    connect,
    play_chat,
    play_responses,
    response_tools,
    said,
    untyped,
)
from tests.sandbox.openai_shop import AGENT_ANSWER, JACKET, PARKA, SHIPPING, SHOP

NO_ORDERS: dict[str, list[str] | None] = {"orders": [], "note": None}


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
    assert played.reply.count("https://") <= 1


@pytest.mark.parametrize(("parallel", "count"), [(False, 1), (True, 2)])
async def test_rules_calls_come_one_by_one_unless_parallel_is_allowed(
    *, parallel: bool, count: int
) -> None:
    """Two lookups needed at once are two calls only where the request allows it."""
    response = await untyped(connect().responses).create(
        model="rules",
        input=said("where is my order and do you have a parka?"),
        tools=response_tools(["find_orders", "search_products"]),
        parallel_tool_calls=parallel,
    )

    assert len(response.output) == count


async def test_rules_words_beside_a_call_do_not_end_the_request() -> None:
    """What was said beside a tool call was no reply: the question still stands."""
    beside = {"role": "assistant", "content": "Let me look."}
    call = {"type": "function_call", "call_id": "c1", "name": "find_orders", "arguments": "{}"}
    output = {"type": "function_call_output", "call_id": "c1", "output": json.dumps(NO_ORDERS)}
    played = await play_responses(connect(), [*said("where is my order?"), beside, call, output])

    assert played.tools == []
    assert "order number" in played.reply


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


async def test_rules_curly_passage_is_said_in_gsm7() -> None:
    """Typographic characters of the brand's texts never cost a second segment."""
    text = "Returns “on us” — we’ll pay… always, 😀 worldwide."
    shop = {**SHOP, "search_knowledge": {"passages": [{"title": "Returns", "text": text}]}}
    played = await answered("what is your returns policy", shop=shop)

    assert played.reply == 'Returns "on us" - we\'ll pay... always, worldwide.'


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


async def test_rules_in_plain_json_mode_follow_the_schema_told_in_words() -> None:
    """An endpoint without schemas still answers in the shape the prompt describes."""
    told = f"Answer with one JSON object that follows this schema: {json.dumps(AGENT_ANSWER)}"
    response = await untyped(connect().responses).create(
        model="rules",
        input=[{"role": "developer", "content": told}, *said("hi")],
        text={"format": {"type": "json_object"}},
    )

    assert json.loads(response.output_text)["intent"] == "greeting"


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
