"""The figures of a run, as lines."""

from collections import Counter
from collections.abc import Iterator

from tests.faults.checks import in_flight
from tests.faults.fleet import Fleet
from tests.faults.record import Record


def table(record: Record, injected: Counter[str], fleet: Fleet) -> Iterator[str]:
    """Give the figures of a run, line by line."""
    accepted = [send for send in record.sends if send.accepted]
    waits = sorted(wait for story in record.stories for wait in story.waits)
    repeats = sum(delivery["repeat"] for delivery in record.deliveries)
    statuses = Counter(found["status"] for found in record.conversations.values())
    rows: list[tuple[str, object]] = [
        ("customers", len(record.stories)),
        ("conversations", len(record.conversations)),
        ("  by state", _counts(statuses)),
        ("texts of customers", sum(len(story.said) for story in record.stories)),
        ("  not acknowledged", sum(s.acked_at is None for t in record.stories for s in t.said)),
        ("texts the carrier took", len(accepted)),
        ("sends it did not take", len(record.sends) - len(accepted)),
        ("  under way at a STOP or takeover", in_flight(record)),
        ("tickets", len(record.tickets)),
        ("events", f"{len(record.deliveries) - repeats}, and {repeats} repeats"),
        ("faults injected", injected.total()),
        *((f"  {name}", count) for name, count in injected.most_common()),
        ("kills", f"{fleet.ended.total()} ({_counts(fleet.ended)})"),
        ("recoveries", fleet.recovered.total()),
        ("gave up waiting", sum(story.unanswered for story in record.stories)),
        ("reply latency, median", f"{waits[len(waits) // 2]:.1f} s" if waits else "none"),
        ("reply latency, worst", f"{waits[-1]:.1f} s" if waits else "none"),
    ]
    return (f"{name:38} {value}" for name, value in rows)


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counter.most_common())
