"""The `rules` mode and our own words to it: a limit, a draft sent back, plain information."""

import pytest

from sandbox.openai.modes.rules.gsm import septets
from tests.sandbox.openai_driver import connect, play_responses, said, untyped


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
    plain = await play_responses(client, said("hi"))
    informed = await play_responses(client, [*said("hi"), told])

    assert informed.answer == plain.answer


async def test_rules_draft_sent_back_for_a_lookup_is_answered_after_it() -> None:
    """A draft is no reply wherever it stands: the customer's question is still the request."""
    draft = {"role": "assistant", "content": "It is on its way."}
    back = {"role": "developer", "content": "Rejected: look it up first."}
    played = await play_responses(connect(), [*said("where is my order?"), draft, back])

    assert played.tools == ["find_orders"]
    assert "#1042" in played.reply


async def test_rules_earlier_turns_refusals_do_not_shorten_this_one() -> None:
    """What was sent back belongs to its own turn."""
    draft = {"role": "assistant", "content": "Hello dear customer!"}
    back = {"role": "developer", "content": "Rejected: at most 20 characters."}
    reply = {"role": "assistant", "content": "Hi! How can I help?"}
    client = connect()
    plain = await play_responses(client, said("where is my order?"))
    later = await play_responses(
        client, [*said("hi"), draft, back, reply, *said("where is my order?")]
    )

    assert later.answer == plain.answer
