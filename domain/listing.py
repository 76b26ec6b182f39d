"""Texts that a carrier lists and that never reached us: in order, and placed among the others."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from domain.message import InboundMessage


def find_missed(
    listed: Sequence[InboundMessage], known: Collection[str]
) -> tuple[InboundMessage, ...]:
    """Return the listed texts that are not known, oldest first, each with its place.

    The carrier's clock orders its own list, which ours cannot: a STOP whose webhook was lost and a
    START that arrived may be two seconds apart.

    Args:
        listed: What one carrier received, at all of a brand's numbers, in any order.
        known: Ids of the texts that reached us.
    """
    of_sender: defaultdict[str, list[InboundMessage]] = defaultdict(list)
    for message in listed:
        of_sender[message.sender].append(message)
    missed = [message for message in listed if message.provider_message_id not in known]
    missed.sort(key=lambda message: message.received_at)
    return tuple(_placed(message, of_sender[message.sender]) for message in missed)


def _placed(message: InboundMessage, others: list[InboundMessage]) -> InboundMessage:
    at = message.received_at
    return message.model_copy(
        update={
            "listed_before": tuple(m.provider_message_id for m in others if m.received_at < at),
            "listed_after": tuple(m.provider_message_id for m in others if m.received_at > at),
            "listed_with": tuple(
                m.provider_message_id for m in others if m.received_at == at and m is not message
            ),
        }
    )
