"""Tool calls are checked before anything runs (F-16)."""

import json

import pytest

from agent.intent import Intent
from agent.outcome import Escalate, Rejected, RejectionCode, ToolCalls
from agent.step import decide_step
from domain.escalation import EscalationReason
from providers.llm.base import ModelReply, ToolAnswered, ToolCalled
from tests.unit.agent.builders import a_context, answered, calling

FIND = ("find_orders", "{}")
SEARCH = ("search_products", '{"query": "rain jacket", "max_price": 100, "in_stock_only": true}')


def test_decide_step_valid_call_is_normalised_and_names_the_intent() -> None:
    """Equal calls are equal texts, and the first one says what the turn is about."""
    step = decide_step(calling(SEARCH), a_context())

    assert isinstance(step, ToolCalls)
    assert step.intent is Intent.PRODUCT_QUESTION
    assert step.calls[0].arguments == (
        '{"query":"rain jacket","max_price":100.0,"in_stock_only":true}'
    )
    assert step.items == (
        ToolCalled(call_id="call_0", name="search_products", arguments=step.calls[0].arguments),
    )


def test_decide_step_text_beside_a_call_is_ignored() -> None:
    """Words beside a tool call are no reply."""
    reply = calling(FIND).model_copy(update={"text": "It was delivered yesterday!"})

    assert isinstance(decide_step(reply, a_context()), ToolCalls)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("issue_refund", '{"amount": 500}'),
        ("", "{}"),
        ("find orders; drop table", "{}"),
        ("find_orders", '{"phone": "+13125550142"}'),
        ("find_orders", '{"order_number": "#10'),
        ("find_orders", "[]"),
        ("find_orders", "null"),
        ("get_order", '{"order_number": 1042, "zip_or_email": null}'),
        ("get_order", '{"order_number": "#1042"}'),
        ("get_order", '{"order_number": "", "zip_or_email": null}'),
        ("search_products", '{"query": "x", "max_price": "cheap", "in_stock_only": true}'),
        ("search_products", '{"query": "x", "max_price": -1, "in_stock_only": true}'),
        ("search_products", '{"query": "x", "max_price": 1e999, "in_stock_only": true}'),
        ("search_products", '{"query": "x", "max_price": NaN, "in_stock_only": true}'),
        ("search_knowledge", '{"query": "a\\u0000b"}'),
        ("search_knowledge", '{"query": "' + "x" * 5000 + '"}'),
        ("search_knowledge", '{"query": "x", "query": "y"}'),
        ("escalate", '{"reason": "bored", "summary": "x"}'),
    ],
)
def test_decide_step_invalid_call_is_answered_with_its_error(name: str, arguments: str) -> None:
    """The request that follows is well-formed: each call has an answer, names and ids are legal."""
    step = decide_step(calling((name, arguments)), a_context())

    assert isinstance(step, Rejected)
    assert step.code is RejectionCode.INVALID_TOOL_CALL
    call, answer = step.items
    assert isinstance(call, ToolCalled)
    assert isinstance(answer, ToolAnswered)
    assert call.call_id == answer.call_id
    assert call.name.replace("_", "").isalnum()
    assert isinstance(json.loads(call.arguments), dict)
    assert json.loads(answer.text)["error"].startswith("not run")


def test_decide_step_invalid_call_beside_a_valid_one_runs_nothing() -> None:
    """A half-understood answer is asked for again as a whole."""
    step = decide_step(calling(FIND, ("nope", "{}")), a_context())

    assert isinstance(step, Rejected)
    assert len(step.items) == 2


def test_decide_step_second_invalid_call_escalates() -> None:
    """One repair, then a human."""
    step = decide_step(calling(("nope", "{}")), a_context(rejections=1))

    assert isinstance(step, Escalate)
    assert step.reason is EscalationReason.GUARDRAIL


def test_decide_step_same_call_again_is_no_progress() -> None:
    """The same lookup twice in a turn is refused once, then escalated as a loop."""
    done = answered("find_orders", "{}", '{"orders":[]}')

    first = decide_step(calling(FIND), a_context(items=done, tool_rounds=1))
    second = decide_step(calling(FIND), a_context(items=done, tool_rounds=1, rejections=1))

    assert isinstance(first, Rejected)
    assert first.code is RejectionCode.REPEATED_TOOL_CALL
    assert isinstance(second, Escalate)
    assert second.reason is EscalationReason.TOOL_LOOP


def test_decide_step_repeated_call_beside_a_new_one_runs_the_new_one() -> None:
    """What is new is progress."""
    done = answered("find_orders", "{}", '{"orders":[]}')

    step = decide_step(calling(FIND, SEARCH), a_context(items=done, tool_rounds=1))

    assert isinstance(step, ToolCalls)
    assert [c.name for c in step.calls] == ["search_products"]
    assert step.intent is Intent.ORDER_STATUS


def test_decide_step_storm_of_equal_calls_runs_one() -> None:
    """Fifty equal calls are one call."""
    step = decide_step(calling(*[FIND] * 50), a_context())

    assert isinstance(step, ToolCalls)
    assert len(step.calls) == 1


def test_decide_step_more_than_four_calls_are_cut_to_four() -> None:
    """One answer runs at most four lookups."""
    calls = [("search_knowledge", json.dumps({"query": f"topic {i}"})) for i in range(9)]

    step = decide_step(calling(*calls), a_context())

    assert isinstance(step, ToolCalls)
    assert len(step.calls) == len(step.items) == 4


def test_decide_step_ids_are_made_unique_and_legal() -> None:
    """Vendors refuse doubled, empty and overlong ids; ours never are."""
    ids = ("", "same", "same", "x" * 200)
    reply = ModelReply(
        text="",
        tool_calls=tuple(
            ToolCalled(call_id=c, name="search_knowledge", arguments=json.dumps({"query": f"q{i}"}))
            for i, c in enumerate(ids)
        ),
    )

    step = decide_step(reply, a_context())

    assert isinstance(step, ToolCalls)
    found = [c.call_id for c in step.calls]
    assert len(set(found)) == 4
    assert all(0 < len(c) <= 64 for c in found)


def test_decide_step_too_many_tool_rounds_escalates() -> None:
    """An endless search ends at the brand's limit."""
    step = decide_step(calling(SEARCH), a_context(tool_rounds=6))

    assert isinstance(step, Escalate)
    assert step.reason is EscalationReason.TOOL_LOOP


def test_decide_step_escalate_wins_over_other_calls_and_over_limits() -> None:
    """A request for a human is never lost to a limit."""
    asked = ("escalate", '{"reason": "customer_asked", "summary": "Wants a\\nperson"}')

    step = decide_step(calling(FIND, asked), a_context(tool_rounds=6))

    assert step == Escalate(
        reason=EscalationReason.CUSTOMER_ASKED,
        summary="Wants a person",
        intent=Intent.HUMAN_REQUEST,
    )


def test_decide_step_escalation_keeps_the_intent_of_the_turn_and_no_card_number() -> None:
    """The ticket says what the turn was about, and holds no secrets."""
    done = answered("find_orders", "{}", '{"orders":[]}')
    summary = json.dumps({"reason": "cannot_resolve", "summary": "Paid with 4242 4242 4242 4242"})

    step = decide_step(calling(("escalate", summary)), a_context(items=done))

    assert isinstance(step, Escalate)
    assert step.intent is Intent.ORDER_STATUS
    assert "4242 4242" not in step.summary


def test_decide_step_shop_tools_without_a_shop_do_not_exist() -> None:
    """R10: without a shop nothing about orders is even asked."""
    step = decide_step(calling(FIND), a_context(shop_configured=False))

    assert isinstance(step, Rejected)
