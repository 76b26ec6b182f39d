"""Honest replies pass: a guardrail that stops them costs a human an hour."""

from pathlib import Path

import pytest

from agent.guardrails.check import check_draft
from domain.facts import FactKind
from domain.orders import OrderItem
from tests.unit.agent.builders import a_context, an_order, orders_result

_GOOD = (Path(__file__).parent / "good_drafts.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("draft", _GOOD)
def test_check_draft_supported_reply_passes(draft: str) -> None:
    """What the facts, the passages and the brand's own words say may be said."""
    report = check_draft(draft, a_context())

    assert report.findings == ()
    assert report.passed


def test_check_draft_brand_campaign_supports_its_own_words() -> None:
    """The brand's text of yesterday vouches for the code in it."""
    context = a_context(facts=(), brand_texts=("20% off until Nov 30 with code FALL20",))

    report = check_draft("Yes, FALL20 gives you 20% off until Nov 30.", context)

    assert report.findings == ()


def test_check_draft_number_in_an_items_name_is_supported_by_it() -> None:
    """A size, a count or a face value is part of what was bought."""
    order = an_order(
        items=(
            OrderItem(title="Gift Card", variant_title="$50"),
            OrderItem(title="Trail Shoe", variant_title="Slate / 11", quantity=24),
        )
    )
    context = a_context(facts=orders_result(order).facts)

    report = check_draft(
        "Order #1042 (Gift Card ($50), Trail Shoe (Slate / 11) x24): On its way with UPS.", context
    )

    assert report.findings == ()


def test_check_draft_passed_names_the_facts_used() -> None:
    """A receipt shows what the reply rests on, and nothing it does not repeat."""
    report = check_draft("Order #1042 is on its way, expected Nov 24.", a_context())

    used = {(f.kind, f.value) for f in report.used}
    assert (FactKind.ORDER, "#1042") in used
    assert (FactKind.ORDER_STATE, "in_transit") in used
    assert (FactKind.DATE, "Nov 24") in used
    assert "order:gid://1043" not in {f.source for f in report.used}


def test_check_draft_policy_answer_names_its_passage() -> None:
    """A policy answer records the passage it used (R2)."""
    report = check_draft("You have 30 days from delivery to return unworn items.", a_context())

    assert "kb:returns" in {f.source for f in report.used}
