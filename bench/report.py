"""Percentiles and Markdown tables: what every benchmark prints."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below or at which a share of the values lies (nearest rank).

    Args:
        values: At least one, in any order.
        share: 0 to 1; 0.5 is the median.
    """
    ordered = sorted(values)
    rank = max(1, math.ceil(share * len(ordered)))
    return ordered[rank - 1]


def milliseconds(seconds: Sequence[float], share: float) -> str:
    """Return a percentile of durations in seconds as milliseconds, "none" when there are none."""
    if not seconds:
        return "none"
    value = percentile(seconds, share) * 1000
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"


def ratio(value: float, floor: float) -> str:
    """Return how many times a floor a value is."""
    return f"{value / floor:.1f} ×" if floor else "none"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table, its columns padded so that it also reads well as text."""
    cells = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(3, *(len(line[i]) for line in cells)) for i in range(len(head))]
    lines = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |"
        for line in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(lines)


def heading(title: str, command: str, others: float) -> str:
    """Return the lines above a table: what was run, when, and how busy the machine was otherwise.

    Args:
        title: What the table shows.
        command: How to repeat it.
        others: Share of the machine's CPU time that unrelated processes took, 0 to 1.
    """
    day = datetime.now(UTC).date().isoformat()
    return (
        f"### {title}\n\n`{command}` · {day} · 2 cores · {others:.0%} of the CPU taken by others\n"
    )
