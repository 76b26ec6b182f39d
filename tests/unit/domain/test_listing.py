"""What a carrier lists and never delivered, in order and with its place."""

from datetime import timedelta

from domain.listing import find_missed
from domain.message import InboundMessage
from tests.builders import NOW, an_inbound


def _listed(seconds: float, sender: str = "+13125550142") -> InboundMessage:
    return an_inbound(sender=sender, received_at=NOW + timedelta(seconds=seconds))


def test_missed_texts_come_oldest_first() -> None:
    """A carrier lists the newest first."""
    newest, older, oldest = _listed(3), _listed(2), _listed(1)

    missed = find_missed((newest, older, oldest), {older.provider_message_id})

    assert [m.received_at for m in missed] == [oldest.received_at, newest.received_at]


def test_missed_text_knows_what_its_sender_said_before_and_after() -> None:
    """Known texts and other missed ones count; what another sender said does not."""
    first, missed, last = _listed(1), _listed(2), _listed(3)
    listed = (last, missed, first, _listed(0, sender="+13125550143"))

    (found,) = find_missed(listed, {m.provider_message_id for m in listed if m is not missed})

    assert found.listed_before == (first.provider_message_id,)
    assert found.listed_after == (last.provider_message_id,)


def test_texts_of_one_instant_are_neither_before_nor_after() -> None:
    """The carrier's clock may count whole seconds: then it does not say which was first."""
    one, other = _listed(1), _listed(1)

    (found,) = find_missed((one, other), {one.provider_message_id})

    assert (found.listed_before, found.listed_after) == ((), ())
    assert found.listed_with == (one.provider_message_id,)
