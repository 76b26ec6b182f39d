"""S-26, S-27, R48, R49: what a person proves, and what nobody is told."""

from datetime import timedelta

import pytest

from agent.tools.identity import (
    OrderAccess,
    Rung,
    decide_order_access,
    may_guess,
    proof_matches,
    rung_for,
)
from agent.tools.orders import present_needs_proof, present_unverified
from domain.orders import Customer, Order
from tests.unit.agent.builders import NOW, an_order

DANA = Customer(id="c1", phone="+13125550142")
SAM = Customer(id="c2", phone="+13125550142")
SHOW, NEEDS, REFUSED = OrderAccess.SHOW, OrderAccess.NEEDS_PROOF, OrderAccess.NOT_VERIFIED
RECENT = NOW - timedelta(days=3)


@pytest.mark.parametrize(
    "proof",
    ["60601", " 60601 ", "60601-1234", "60601 1234", "606011234", "dana.reyes@example.com",
     "DANA.REYES@EXAMPLE.COM ", "Dana.Reyes@ example.com"],
)  # fmt: skip
def test_proof_matches_same_zip_or_email_in_any_writing(proof: str) -> None:
    """Case, blanks and a ZIP's last four do not count."""
    assert proof_matches(an_order(), proof)


@pytest.mark.parametrize("proof", ["", " ", "60602", "6060", "dana@example.com", "-", "none"])
def test_proof_matches_anything_else_does_not(proof: str) -> None:
    """A near miss proves nothing."""
    assert not proof_matches(an_order(), proof)


def test_proof_matches_order_without_zip_and_email_is_never_proved() -> None:
    """Nothing matches nothing."""
    bare = an_order(zip_code=None, email=None)

    assert not proof_matches(bare, "")
    assert not proof_matches(bare, "60601")


@pytest.mark.parametrize(
    ("customers", "orders", "last_contact", "recycled", "expected"),
    [
        pytest.param((DANA,), (), RECENT, False, Rung.L1, id="one customer"),
        pytest.param((), (), RECENT, False, Rung.L0, id="nobody"),
        pytest.param((DANA, SAM), (), RECENT, False, Rung.L0, id="shared number"),
        pytest.param((DANA,), (), RECENT, True, Rung.L0, id="wrong number said"),
        pytest.param((DANA,), (200,), 100, False, Rung.L0, id="stale order, stale contact"),
        pytest.param((DANA,), (200,), None, False, Rung.L0, id="stale order, first contact"),
        pytest.param((DANA,), (200,), 10, False, Rung.L1, id="stale order, recent contact"),
        pytest.param((DANA,), (10, 200), None, False, Rung.L1, id="recent order"),
    ],
)
def test_rung_for_each_sign_of_a_new_holder_drops_to_nothing(
    customers: tuple[Customer, ...],
    orders: tuple[int, ...],
    last_contact: object,
    recycled: bool,  # noqa: FBT001
    expected: Rung,
) -> None:
    """A number proves its one customer, unless signs say that it changed hands."""
    days = last_contact if isinstance(last_contact, int) else None
    contact = RECENT if last_contact is RECENT else days and NOW - timedelta(days=days)
    history = tuple(an_order(processed_at=NOW - timedelta(days=d)) for d in orders)

    found = rung_for(
        customers, history, last_contact_at=contact or None, now=NOW, recycled=recycled
    )

    assert found is expected


def test_may_guess_three_wrong_proofs_end_the_guessing() -> None:
    """Three in 24 hours."""
    assert [may_guess(n) for n in range(5)] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("order", "proof", "rung", "guesses", "expected"),
    [
        pytest.param(an_order(), None, Rung.L1, 0, (SHOW, Rung.L1), id="own order"),
        pytest.param(an_order(), "60601", Rung.L1, 0, (SHOW, Rung.L2), id="own, proved"),
        pytest.param(an_order(), "1", Rung.L1, 3, (SHOW, Rung.L1), id="own, wrong zip"),
        pytest.param(an_order(), "60601", Rung.L0, 0, (SHOW, Rung.L2), id="proved"),
        pytest.param(an_order(), None, Rung.L0, 0, (NEEDS, Rung.L0), id="no proof"),
        pytest.param(an_order(), "1", Rung.L0, 0, (REFUSED, Rung.L0), id="wrong"),
        pytest.param(None, "60601", Rung.L0, 0, (REFUSED, Rung.L0), id="invented"),
        pytest.param(None, None, Rung.L0, 0, (NEEDS, Rung.L0), id="invented, bare"),
        pytest.param(
            an_order(), "60601", Rung.L0, 3, (REFUSED, Rung.L0), id="guessed out"
        ),
        pytest.param(
            an_order(customer_id="c9"), None, Rung.L1, 0, (NEEDS, Rung.L1),
            id="a stranger's",
        ),
        pytest.param(
            an_order(customer_id=None), None, Rung.L1, 0, (NEEDS, Rung.L1),
            id="a guest's",
        ),
    ],
)  # fmt: skip
def test_decide_order_access_follows_the_ladder(
    order: Order | None,
    proof: str | None,
    rung: Rung,
    guesses: int,
    expected: tuple[OrderAccess, Rung],
) -> None:
    """R48, R49: the table of who sees an order."""
    found = decide_order_access(
        order, proof, rung=rung, customer_ids=frozenset({"c1"}), wrong_guesses=guesses
    )

    assert found == expected


@pytest.mark.parametrize("proof", [None, "", "99999"])
def test_decide_order_access_stranger_and_invention_are_told_apart_by_nothing(
    proof: str | None,
) -> None:
    """R49: a stranger's real order and an invented number get the same outcome and bytes."""
    texts = {
        OrderAccess.NEEDS_PROOF: present_needs_proof(),
        OrderAccess.NOT_VERIFIED: present_unverified(),
    }

    answers = [
        decide_order_access(
            order, proof, rung=Rung.L1, customer_ids=frozenset({"c7"}), wrong_guesses=0
        )
        for order in (an_order(), None)
    ]

    assert answers[0] == answers[1]
    assert texts[answers[0][0]].model_dump_json() == texts[answers[1][0]].model_dump_json()


def test_present_unverified_names_no_order_and_establishes_nothing() -> None:
    """The answer holds no number and no fact."""
    for result in (present_unverified(), present_needs_proof()):
        assert result.facts == ()
        assert "#" not in result.text
