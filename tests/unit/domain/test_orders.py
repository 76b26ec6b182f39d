"""Where an order is: one word for everything the shop may report."""

from datetime import UTC, datetime

import pytest

from domain.orders import Fulfillment, Order, OrderState, order_state, state_words

O = OrderState  # noqa: E741
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

# Every value of OrderDisplayFulfillmentStatus (Shopify Admin API), without any parcel.
ORDER_STATUS = {
    "FULFILLED": O.SHIPPED,
    "FULFILLMENT_NOT_REQUIRED": O.NO_SHIPPING_NEEDED,
    "IN_PROGRESS": O.PREPARING,
    "ON_HOLD": O.ON_HOLD,
    "OPEN": O.PREPARING,
    "PARTIALLY_FULFILLED": O.PARTLY_SHIPPED,
    "PENDING_FULFILLMENT": O.PREPARING,
    "REQUEST_DECLINED": O.PREPARING,
    "RESTOCKED": O.CANCELLED,
    "SCHEDULED": O.SCHEDULED,
    "UNFULFILLED": O.PREPARING,
}
# Every value of FulfillmentDisplayStatus, as the only parcel of a fulfilled order.
PARCEL_STATUS = {
    "ATTEMPTED_DELIVERY": O.ATTEMPTED,
    "CANCELED": O.SHIPPED,
    "CARRIER_PICKED_UP": O.SHIPPED,
    "CONFIRMED": O.SHIPPED,
    "DELAYED": O.DELAYED,
    "DELIVERED": O.DELIVERED,
    "FAILURE": O.NOT_DELIVERED,
    "FULFILLED": O.SHIPPED,
    "IN_TRANSIT": O.IN_TRANSIT,
    "LABEL_PRINTED": O.LABEL_CREATED,
    "LABEL_PURCHASED": O.LABEL_CREATED,
    "LABEL_VOIDED": O.PREPARING,
    "MARKED_AS_FULFILLED": O.SHIPPED,
    "NOT_DELIVERED": O.NOT_DELIVERED,
    "OUT_FOR_DELIVERY": O.OUT_FOR_DELIVERY,
    "PICKED_UP": O.PICKED_UP,
    "READY_FOR_PICKUP": O.READY_FOR_PICKUP,
    "SUBMITTED": O.PREPARING,
}


def _order(status: str, *parcels: str | None, cancelled: bool = False) -> Order:
    return Order(
        id="gid://shopify/Order/1",
        name="#1042",
        processed_at=NOON,
        cancelled_at=NOON if cancelled else None,
        fulfillment_status=status,
        fulfillments=tuple(Fulfillment(status=p) for p in parcels),
    )


@pytest.mark.parametrize(("status", "expected"), ORDER_STATUS.items())
def test_order_state_without_parcels_is_the_orders_own(status: str, expected: OrderState) -> None:
    """As long as nothing has left, the order's status decides."""
    assert order_state(_order(status)) is expected


@pytest.mark.parametrize(("status", "expected"), PARCEL_STATUS.items())
def test_order_state_one_parcel_decides(status: str, expected: OrderState) -> None:
    """When all of it is in one parcel, the order is where the parcel is."""
    assert order_state(_order("FULFILLED", status)) is expected


@pytest.mark.parametrize("status", ORDER_STATUS)
@pytest.mark.parametrize("parcel", [None, *PARCEL_STATUS])
def test_order_state_cancelled_order_is_cancelled(status: str, parcel: str | None) -> None:
    """A cancellation outranks every other report."""
    assert order_state(_order(status, parcel, cancelled=True)) is O.CANCELLED


@pytest.mark.parametrize("parcel", PARCEL_STATUS)
def test_order_state_partly_fulfilled_order_is_partly_shipped(parcel: str) -> None:
    """One parcel on its way does not say that all of it is."""
    assert order_state(_order("PARTIALLY_FULFILLED", parcel)) is O.PARTLY_SHIPPED


@pytest.mark.parametrize(
    ("parcels", "expected"),
    [
        pytest.param(("DELIVERED", "DELIVERED"), O.DELIVERED, id="both arrived"),
        pytest.param(("DELIVERED", "IN_TRANSIT"), O.PARTLY_SHIPPED, id="one arrived"),
        pytest.param(("FULFILLED", "CONFIRMED"), O.SHIPPED, id="two words for one state"),
        pytest.param(("CANCELED", "DELIVERED"), O.DELIVERED, id="a cancelled parcel is none"),
        pytest.param((None, "IN_TRANSIT"), O.IN_TRANSIT, id="a parcel without a word is none"),
        pytest.param((None, None), O.SHIPPED, id="no word at all: the order's own"),
    ],
)
def test_order_state_several_parcels_agree_or_it_is_partly_shipped(
    parcels: tuple[str | None, ...], expected: OrderState
) -> None:
    """Parcels in one state make it the order's; parcels in different states do not."""
    assert order_state(_order("FULFILLED", *parcels)) is expected


def test_order_state_unknown_order_status_promises_nothing() -> None:
    """A word of a newer shop version is no promise that anything has shipped."""
    assert order_state(_order("TELEPORTED")) is O.PREPARING


def test_order_state_unknown_parcel_status_promises_nothing() -> None:
    """Neither is a new word about its only parcel, though the order calls itself fulfilled."""
    assert order_state(_order("FULFILLED", "TELEPORTED")) is O.PREPARING


def test_state_words_every_state_has_its_own() -> None:
    """No state is left without words, and no two sound alike."""
    said = [state_words(state) for state in OrderState]

    assert len(set(said)) == len(OrderState)
    assert all(said)


@pytest.mark.parametrize("state", [O.PREPARING, O.ON_HOLD, O.SCHEDULED, O.LABEL_CREATED])
def test_state_words_of_what_has_not_left_never_claim_it_has(state: OrderState) -> None:
    """A customer must not wait at the door for a parcel that is still in the warehouse."""
    said = state_words(state).replace("not shipped yet", "")

    assert not any(claim in said for claim in ("shipped", "on its way", "delivered"))


def test_order_new_field_of_the_shop_is_ignored() -> None:
    """Vendors add fields freely; an order stays readable."""
    raw = _order("FULFILLED", "DELIVERED").model_dump(mode="json") | {"newField": 1}

    assert Order.model_validate(raw) == _order("FULFILLED", "DELIVERED")
