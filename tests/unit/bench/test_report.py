"""What benchmarks print: percentiles, tables, counts of statements. Speed itself is not tested."""

from collections import Counter

from bench.acks import Acks
from bench.processor import Reading, spent
from bench.report import milliseconds, percentile, ratio, table
from bench.statements import Counts, format_counts, shape_of
from bench.webhook import format_acks


def test_percentile_of_a_hundred_values_is_the_nearest_rank() -> None:
    """The 99th of 100 values is the 99th, in whatever order they came."""
    values = [float(n) for n in range(100, 0, -1)]
    assert tuple(percentile(values, p) for p in (0.5, 0.99, 1.0)) == (50.0, 99.0, 100.0)


def test_milliseconds_without_measurements_says_none() -> None:
    """A phase that measured nothing shows no number that could be taken for one."""
    assert (
        milliseconds([], 0.5),
        milliseconds([0.0025], 0.5),
        milliseconds([0.25], 0.5),
    ) == ("none", "2.5", "250")


def test_table_pads_every_column_to_its_widest_cell() -> None:
    """The table reads as Markdown and as text."""
    expected = "| what | n   |\n|------|-----|\n| a    | 100 |"
    assert expected == table(["what", "n"], [["a", 100]])


def test_spent_leaves_our_own_processes_out_of_the_share_of_others() -> None:
    """Only what unrelated processes took counts as load by others."""
    before = Reading(at=10.0, busy=100.0, by_process={"api": 1.0})
    used = spent(before, Reading(at=20.0, busy=108.0, by_process={"api": 4.0}))
    assert (used.elapsed, used.by_process["api"], used.others) == (10.0, 3.0, 5.0)


def test_format_acks_relates_every_phase_to_the_floor_and_names_refusals() -> None:
    """A refused text stands in the table with its status."""
    floor = Acks("floor", seconds=[0.002] * 3)
    down = Acks("down", seconds=[0.010] * 3, refused=[503], counts_rows=True, committed=2)
    row = format_acks([floor, down]).splitlines()[-1]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    expected = ["down", "3", "1 × 503", "2", "10", "10", "10", ratio(10, 2), "0.0", "none"]
    assert expected == cells


def test_format_counts_divides_by_turns_and_tells_writes_from_reads() -> None:
    """Statements are named by verb and table."""
    counts = Counts(
        statements=Counter({shape_of("SELECT a.id FROM contact AS a"): 4}),
        transactions=Counter({"BEGIN": 6, "BEGIN IMMEDIATE": 2}),
        commits=2,
    )
    lines = [" ".join(line.split()) for line in format_counts(counts, 2).splitlines()]
    assert {"| SELECT contact | 2.0 |", "| write transactions | 1.0 |"} <= set(lines)
    assert "| read transactions | 3.0 |" in lines
