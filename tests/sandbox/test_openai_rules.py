"""The `rules` mode: which lookups a customer's text leads to, and what is said of them."""

import pytest

from tests.sandbox.openai_driver import answered, connect, play_responses, said
from tests.sandbox.openai_shop import JACKET, ORDER, PARKA, SHOP, SOLD_OUT


@pytest.mark.parametrize(
    "text",
    [
        "Where is my order?",
        "wheres my package",
        "has it shipped yet",
        "when will my jacket arrive??",
        "tracking number please",
        "any update on my order?",
        "I still haven't received my stuff",
        "ETA?",
        "my order hasn't arrived and this is ridiculous",
    ],
)
async def test_rules_wismo_looks_up_orders_and_gives_state_date_and_link(text: str) -> None:
    """Where is my order: one lookup, the tool's own words, date and link."""
    played = await answered(text)

    assert played.calls == [("find_orders", {})]
    assert played.answer["intent"] == "order_status"
    for fact in ("#1042", "On its way with UPS", "Nov 24", "https://track.example/1Z999"):
        assert fact in played.reply


async def test_rules_wismo_with_foreign_order_number_asks_that_order_with_the_proof() -> None:
    """A number that is not the customer's own is looked up with the ZIP given."""
    played = await answered("where is order #1555? zip 60614")

    assert played.calls == [
        ("find_orders", {}),
        ("get_order", {"order_number": "#1555", "zip_or_email": "60614"}),
    ]
    assert played.reply == "I couldn't match that order and ZIP."


async def test_rules_wismo_without_orders_asks_for_number_and_zip_then_uses_both() -> None:
    """An unknown number is asked for proof; the answer to that question is understood."""
    found = {"order": {**ORDER, "order": "#1555"}}
    shop = {**SHOP, "find_orders": {"orders": [], "note": None}, "get_order": found}
    client = connect()
    first = await play_responses(client, said("where's my order"), shop=shop)
    second = await play_responses(client, [*first.items, *said("1555, 60614")], shop=shop)

    assert "order number" in first.reply
    assert "ZIP" in first.reply
    assert second.calls[-1] == ("get_order", {"order_number": "#1555", "zip_or_email": "60614"})
    assert "#1555" in second.reply


async def test_rules_product_wish_searches_with_ceiling_and_gives_price_and_link() -> None:
    """A wish becomes a search by its content words; the hit comes with price and link."""
    played = await answered("Looking for a warm parka for Iceland, under $100")

    wanted = {"query": "warm parka iceland", "max_price": 100.0, "in_stock_only": True}
    assert played.calls == [("search_products", wanted)]
    assert played.answer["intent"] == "recommendation"
    assert PARKA["price"] in played.reply
    assert PARKA["url"] in played.reply


async def test_rules_product_question_in_three_texts_is_one_search() -> None:
    """A question spread over a burst is read as one."""
    played = await answered("do you have", "the ridge jacket", "in medium?")

    assert [args["query"] for _, args in played.calls] == ["ridge jacket"]
    assert (JACKET["url"] in played.reply, PARKA["url"] in played.reply) == (True, False)


async def test_rules_product_out_of_stock_is_said_and_not_offered() -> None:
    """What cannot be bought is not recommended."""
    shop = {**SHOP, "search_products": {"products": [SOLD_OUT]}}
    played = await answered("do you have the summit parka?", shop=shop)

    assert "out of stock" in played.reply
    assert SOLD_OUT["url"] not in played.reply


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("how long does shipping take?", "Standard shipping takes 3 to 5 business days."),
        ("do you ship to canada", "We ship to Canada for $15."),
        (
            "What's your return policy?",
            "Unworn items can be returned within 30 days of delivery.",
        ),
    ],
)
async def test_rules_policy_question_is_answered_in_the_passages_own_sentence(
    text: str, sentence: str
) -> None:
    """Policies are quoted, never worded anew."""
    played = await answered(text)

    assert played.tools == ["search_knowledge"]
    assert played.reply == sentence


@pytest.mark.parametrize(
    ("text", "reason", "intent"),
    [
        ("can I talk to a real person", "customer_asked", "human_request"),
        ("AGENT", "customer_asked", "human_request"),
        ("give me your manager now", "customer_asked", "human_request"),
        ("I want my money back, worst company ever", "complaint", "complaint"),
        ("you sent me the wrong jacket", "complaint", "complaint"),
        ("I'll call my lawyer", "legal", "complaint"),
        ("I was charged twice", "payment", "return_or_refund"),
        ("cancel my order", "cannot_resolve", "order_change"),
    ],
)
async def test_rules_request_only_a_person_can_meet_escalates_with_its_reason(
    text: str, reason: str, intent: str
) -> None:
    """What the agent may not decide goes to the team at once, with the customer's words."""
    played = await answered(text)

    assert played.tools == ["escalate"]
    assert played.calls[0][1]["reason"] == reason
    assert text in played.calls[0][1]["summary"]
    assert played.answer["intent"] == intent


async def test_rules_question_without_any_passage_escalates_instead_of_inventing() -> None:
    """Nothing relevant found: a person answers."""
    played = await answered("what is the meaning of life")

    assert played.tools == ["search_knowledge", "escalate"]
    assert played.calls[1][1]["reason"] == "cannot_resolve"
