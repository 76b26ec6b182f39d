"""The invariants of events, checked on what their receiver has recorded."""

from collections import Counter
from collections.abc import Iterator

from tests.faults.record import Record
from tests.faults.violation import Violation


def check_events(record: Record) -> Iterator[Violation]:
    """Each event exactly once after de-duplication by id; none is missing."""
    for reason in record.refused:
        yield Violation("event refused", "receiver", reason)
    kinds: Counter[tuple[str, str]] = Counter()
    for delivery in record.deliveries:
        conversation_id, kind = str(delivery["webhook_id"]).split(":")[:2]
        kinds[conversation_id, kind] += not delivery["repeat"]
        if delivery["differs"]:
            yield Violation("event differs", delivery["webhook_id"], "from its first delivery")
    for (conversation_id, kind), count in kinds.items():
        if count > 1:
            yield Violation("event doubled", conversation_id, f"{count} times {kind}")
    yield from _missing(record, kinds)
    yield from _out_of_order(record)


def _missing(record: Record, kinds: Counter[tuple[str, str]]) -> Iterator[Violation]:
    for conversation_id in record.conversations:
        if not kinds[conversation_id, "started"]:
            yield Violation("event missing", conversation_id, "started")
    for ticket in record.tickets:
        _, conversation_id, _ = str(ticket["external_id"]).split(":")
        if (
            ticket["opened"]["reason"] != "opt_out_review"
            and not kinds[conversation_id, "escalated"]
        ):
            yield Violation("event missing", conversation_id, f"escalated ({ticket['id']})")
    for conversation_id, found in record.conversations.items():
        resolved = str(found["status"]).startswith("resolved_")
        if resolved and not kinds[conversation_id, "resolved"]:
            yield Violation("event missing", conversation_id, "resolved")


def _out_of_order(record: Record) -> Iterator[Violation]:
    """Nobody hears of a conversation before its start."""
    begun: set[str] = set()
    for delivery in record.deliveries:
        conversation_id, kind = str(delivery["webhook_id"]).split(":")[:2]
        if kind == "started":
            begun.add(conversation_id)
        elif conversation_id not in begun:
            begun.add(conversation_id)
            yield Violation("event out of order", conversation_id, f"{kind} came first")
