"""The identity ladder: what a person has to prove before an order is spoken of."""

import re
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from domain.orders import Customer, Order

MAX_WRONG_GUESSES = 3
"""In 24 hours and per contact; later ones are not even compared. Source: reliability.md 4.5."""

_STALE_ORDER = timedelta(days=180)
_STALE_CONTACT = timedelta(days=90)
_ZIP_PLUS_4 = re.compile(r"(\d{5})[\s-]?\d{4}")


class Rung(IntEnum):
    """How far a person has proved who they are.

    L0 nothing; L1 the number belongs to exactly one customer; L2 an order's number with its ZIP
    or e-mail; L3 a human approved.
    """

    L0 = 0
    L1 = 1
    L2 = 2
    L3 = 3


class OrderAccess(StrEnum):
    """What becomes of a question about one order."""

    SHOW = "show"
    NEEDS_PROOF = "needs_proof"
    NOT_VERIFIED = "not_verified"


def rung_for(
    customers_by_phone: tuple[Customer, ...],
    orders: tuple[Order, ...] = (),
    *,
    last_contact_at: datetime | None,
    now: datetime,
    recycled: bool = False,
) -> Rung:
    """Return the rung a texter stands on by the number alone.

    A number that several customers share, or that shows signs of a new holder, proves nothing.

    Args:
        customers_by_phone: The shop's customers with exactly this number.
        orders: That customer's orders, any order of time.
        last_contact_at: Last text either way before this conversation, None when there is none.
        now: The instant of the decision, UTC.
        recycled: Someone said "wrong number", or an operator flagged the number.

    Returns:
        L1 or L0. Source: reliability.md 4.5, S-27.
    """
    if len(customers_by_phone) != 1 or recycled:
        return Rung.L0
    latest = max((order.processed_at for order in orders), default=None)
    stale_order = latest is not None and now - latest > _STALE_ORDER
    stale_contact = last_contact_at is None or now - last_contact_at > _STALE_CONTACT
    return Rung.L0 if stale_order and stale_contact else Rung.L1


def proof_matches(order: Order, zip_or_email: str) -> bool:
    """Return whether a ZIP code or an e-mail address belongs to an order.

    Args:
        order: The order asked about.
        zip_or_email: As the customer wrote it; case, blanks and a ZIP's last four do not count.

    Returns:
        False for an empty proof, and when the order holds neither.
    """
    given = _comparable(zip_or_email)
    held = {_comparable(value) for value in (order.zip_code, order.email) if value}
    return bool(given) and given in held


def may_guess(wrong_guesses: int) -> bool:
    """Return whether another proof is compared after that many wrong ones in 24 hours."""
    return wrong_guesses < MAX_WRONG_GUESSES


def decide_order_access(
    order: Order | None,
    zip_or_email: str | None,
    *,
    rung: Rung,
    customer_ids: frozenset[str],
    wrong_guesses: int,
) -> tuple[OrderAccess, Rung]:
    """Return whether one order may be spoken of, and on which rung.

    A stranger's order and an invented number take the same path, so that neither answer tells
    them apart.

    Args:
        order: What the shop found under the number, None for nothing.
        zip_or_email: The proof given with it.
        rung: Where the texter stands by phone.
        customer_ids: The customers that number belongs to.
        wrong_guesses: Wrong proofs of this contact in the last 24 hours.
    """
    owned = order is not None and rung >= Rung.L1 and order.customer_id in customer_ids
    proof = (zip_or_email or "").strip()
    if order is not None and may_guess(wrong_guesses) and proof_matches(order, proof):
        return OrderAccess.SHOW, Rung.L2
    if owned:
        return OrderAccess.SHOW, Rung.L1
    return (OrderAccess.NOT_VERIFIED if proof else OrderAccess.NEEDS_PROOF), rung


def _comparable(value: str) -> str:
    folded = "".join(value.casefold().split())
    if "@" in folded:
        return folded
    plus_4 = _ZIP_PLUS_4.fullmatch(folded)
    return plus_4.group(1) if plus_4 else folded.replace("-", "")
