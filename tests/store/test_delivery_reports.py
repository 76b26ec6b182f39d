"""Laws of what comes after a send: news may be late, doubled or reordered; rows go forward only."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.message import DeliveryReport
from domain.outbox import DeliveryStatus, OutboxState
from store.outbox_records import OutboxRecord, SendResult
from tests.builders import NOW, a_reply, an_inbound
from tests.store.rig import Store

REPORTED = (OutboxState.SENT, OutboxState.DELIVERED, OutboxState.UNDELIVERED, OutboxState.FAILED)
RANK = {
    OutboxState.SENDING: 0,
    OutboxState.UNKNOWN: 1,
    OutboxState.ABANDONED: 2,
    OutboxState.SENT: 3,
    **dict.fromkeys(REPORTED[1:], 4),
}
_numbers = count(1)


def a_report(
    status: DeliveryStatus = DeliveryStatus.DELIVERED,
    *,
    outbox_id: str | None = None,
    provider_message_id: str = "SM1",
    provider: str = "twilio",
    error_code: str | None = None,
) -> DeliveryReport:
    """Return a report about the message that the provider calls SM1."""
    return DeliveryReport(
        provider=provider,
        provider_message_id=provider_message_id,
        outbox_id=outbox_id,
        status=status,
        error_code=error_code,
    )


@pytest.fixture
def contact_id(store: Store) -> str:
    """Give a contact that wrote."""
    return store.contact_of(store.ingest(an_inbound()))


def _sending(store: Store, contact_id: str, name: str = "reply-1") -> OutboxRecord:
    return store.outbox.claim(a_reply(contact_id, name), NOW).row


def _sent(store: Store, contact_id: str, name: str = "reply-1", sid: str = "SM1") -> OutboxRecord:
    _sending(store, contact_id, name)
    result = SendResult(state=OutboxState.SENT, provider_message_id=sid)
    return store.outbox.settle(name, result, NOW)


_NEWS = st.lists(
    st.one_of(
        st.builds(
            a_report,
            st.sampled_from(DeliveryStatus),
            outbox_id=st.sampled_from([None, "it"]),
            provider_message_id=st.sampled_from(["SM1", "SM2"]),
        ),
        st.builds(
            SendResult,
            # READY takes a certain failure back; it is the sender's word, not news about a send.
            state=st.sampled_from(sorted(set(OutboxState) - {OutboxState.READY})),
            provider_message_id=st.sampled_from([None, "SM1", "SM2"]),
        ),
    ),
    max_size=8,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(news=_NEWS)
def test_row_whatever_news_comes_moves_forward_only_and_keeps_its_message(
    store: Store, contact_id: str, news: list[DeliveryReport | SendResult]
) -> None:
    """Over any sequence of outcomes and reports no row goes back or changes how it ended."""
    name = f"row-{next(_numbers)}"
    row = _sending(store, contact_id, name)
    for item in news:
        before = row
        if isinstance(item, SendResult):
            own = item.model_copy(update=_renamed(item.provider_message_id, name))
            row = store.outbox.settle(name, own, NOW)
        else:
            mine = {**_renamed(item.provider_message_id, name)}
            mine["outbox_id"] = name if item.outbox_id else None
            store.outbox.apply_report(item.model_copy(update=mine), NOW)
            found = store.outbox.get(name)
            assert found is not None
            row = found
        assert row.state is before.state or RANK[row.state] > RANK[before.state]
        if before.provider_message_id and not isinstance(item, SendResult):
            assert row.provider_message_id == before.provider_message_id


def _renamed(provider_message_id: str | None, name: str) -> dict[str, str | None]:
    return {"provider_message_id": provider_message_id and f"{provider_message_id}-{name}"}


def test_report_binds_by_the_outbox_id_before_our_own_post_has_returned(
    store: Store, contact_id: str
) -> None:
    """The callback may overtake the answer: it proves the send and brings the provider's id."""
    _sending(store, contact_id)

    row = store.outbox.apply_report(a_report(DeliveryStatus.SENT, outbox_id="reply-1"), NOW)
    late = SendResult(state=OutboxState.UNKNOWN, problem="timeout")
    after = store.outbox.settle("reply-1", late, NOW)

    assert row is not None
    assert (row.state, row.provider_message_id) == (OutboxState.SENT, "SM1")
    assert after == row


def test_report_binds_by_the_providers_id(store: Store, contact_id: str) -> None:
    """A callback without our id finds the row by the provider's."""
    _sent(store, contact_id)

    row = store.outbox.apply_report(a_report(), NOW)

    assert row is not None
    assert (row.outbox_id, row.state) == ("reply-1", OutboxState.DELIVERED)


def test_report_of_failure_keeps_the_carriers_code(store: Store, contact_id: str) -> None:
    """Why a text did not arrive is what an operator asks first."""
    _sent(store, contact_id)

    row = store.outbox.apply_report(a_report(DeliveryStatus.UNDELIVERED, error_code="30005"), NOW)

    assert row is not None
    assert (row.state, row.problem) == (OutboxState.UNDELIVERED, "30005")


@pytest.mark.parametrize(
    "report",
    [
        a_report(provider_message_id="SM9"),
        a_report(provider_message_id="SM9", outbox_id="reply-9"),
        a_report(provider="other"),
        a_report(provider="other", outbox_id="reply-1"),
        a_report(provider_message_id="SM9", outbox_id="reply-1"),
    ],
    ids=["unknown", "unknown_row", "other_provider", "other_providers_row", "not_its_message"],
)
def test_report_about_no_text_of_ours_is_none_and_changes_nothing(
    store: Store, contact_id: str, report: DeliveryReport
) -> None:
    """Another provider's id, or an id that is not this row's, says nothing about it."""
    before = _sent(store, contact_id)

    assert store.outbox.apply_report(report, NOW) is None
    assert store.outbox.get("reply-1") == before


@pytest.mark.parametrize("status", DeliveryStatus)
def test_report_days_later_still_settles_an_abandoned_row(
    store: Store, contact_id: str, status: DeliveryStatus
) -> None:
    """What we gave up on may turn out to have gone out after all."""
    _sending(store, contact_id)
    for state in (OutboxState.UNKNOWN, OutboxState.ABANDONED):
        store.outbox.settle("reply-1", SendResult(state=state), NOW)

    row = store.outbox.apply_report(a_report(status, outbox_id="reply-1"), NOW)

    assert row is not None
    assert row.state in REPORTED
    assert row.provider_message_id == "SM1"


def test_settle_with_a_message_of_another_row_is_dropped(store: Store, contact_id: str) -> None:
    """Two texts with the same words cannot both be proven by one listed message."""
    _sent(store, contact_id, "first")
    _sending(store, contact_id, "twin")
    found = SendResult(state=OutboxState.SENT, provider_message_id="SM1")

    row = store.outbox.settle("twin", found, NOW)

    assert (row.state, row.provider_message_id) == (OutboxState.SENDING, None)


def test_report_with_a_message_of_another_row_moves_the_row_it_names(
    store: Store, contact_id: str
) -> None:
    """Our own id in the callback is the stronger evidence; the message stays with its row."""
    _sent(store, contact_id, "first")
    _sending(store, contact_id, "twin")

    row = store.outbox.apply_report(a_report(outbox_id="twin"), NOW)

    assert row is not None
    assert (row.outbox_id, row.state) == ("twin", OutboxState.DELIVERED)
    assert row.provider_message_id is None


def test_bound_ids_names_what_rows_already_stand_for(store: Store, contact_id: str) -> None:
    """Reconciliation leaves out messages of other rows, of this provider and since then."""
    _sent(store, contact_id)

    assert store.outbox.bound_ids("twilio", NOW) == frozenset({"SM1"})
    assert store.outbox.bound_ids("other", NOW) == frozenset()
    assert store.outbox.bound_ids("twilio", NOW.replace(year=2027)) == frozenset()
