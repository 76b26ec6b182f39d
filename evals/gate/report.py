"""Precision and recall of the gate's rule layer on labelled texts, with every miss.

Usage: python -m evals.gate.report [--quiet]
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from domain.gate.decision import Disposition
from domain.gate.jsonl import decide_line
from evals.gate.corpora import print_multidogo, print_uci

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


class Row(NamedTuple):
    """One labelled text and what the gate made of it."""

    text: str
    ctx: str
    want_disposition: str
    want_label: str
    disposition: str
    label: str
    rule: str
    doubt: str


def read(path: Path) -> Iterator[Row]:
    """Yield every labelled text of a file with the gate's decision."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            obj = json.loads(line)
            given = {key: obj[key] for key in ("text", "ctx") if key in obj}
            got = decide_line(given)
            yield Row(
                obj["text"],
                obj.get("ctx", ""),
                obj["disposition"],
                obj["label"],
                str(got["disposition"]),
                str(got["label"]),
                str(got["rule"]),
                str(got.get("doubt", "")),
            )


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:6.3f}" if whole else "     –"


def print_set(name: str, rows: list[Row], *, quiet: bool) -> None:
    """Print precision and recall per label and disposition, the bars, and every miss."""
    print(f"\n== {name}: {len(rows)} texts")
    print(f"{'label':24} {'n':>4} {'precision':>9} {'recall':>7}")
    labels = sorted({row.want_label for row in rows} | {row.label for row in rows})
    for label in labels:
        wanted = [row for row in rows if row.want_label == label]
        got = [row for row in rows if row.label == label]
        right = sum(row.label == label for row in wanted)
        print(
            f"{label:24} {len(wanted):>4} {_ratio(right, len(got)):>9} "
            f"{_ratio(right, len(wanted)):>7}"
        )
    print(f"{'disposition':24} {'n':>4} {'precision':>9} {'recall':>7}")
    for disposition in Disposition:
        wanted = [row for row in rows if row.want_disposition == disposition]
        got = [row for row in rows if row.disposition == disposition]
        right = sum(row.disposition == disposition for row in wanted)
        print(
            f"{disposition:24} {len(wanted):>4} {_ratio(right, len(got)):>9} "
            f"{_ratio(right, len(wanted)):>7}"
        )
    _print_bars(rows)
    if quiet:
        return
    for row in rows:
        if row.disposition != row.want_disposition:
            note = f" doubt={row.doubt}" if row.doubt else ""
            ctx = f"  [ctx: {row.ctx}]" if row.ctx else ""
            print(
                f"  MISS {row.want_disposition}/{row.want_label} -> {row.disposition}/{row.label} "
                f"({row.rule}{note}): {row.text}{ctx}"
            )


def _print_bars(rows: list[Row]) -> None:
    compliance = [row for row in rows if _is_compliance(row)]
    free = [row for row in rows if row not in compliance]
    wishes = [row for row in free if row.want_disposition == "opt_out"]
    said_out = [row for row in free if row.disposition == "opt_out"]
    noise = [row for row in rows if row.want_disposition == "ignore"]
    real = [row for row in rows if row.want_disposition in {"answer", "helpdesk"}]
    caught = _count(wishes, "opt_out")
    doubted = sum(row.disposition != "opt_out" and row.doubt == "opt_out" for row in wishes)
    right = sum(row.disposition == row.want_disposition for row in compliance)
    meant = sum(row.want_disposition == "opt_out" for row in said_out)
    bars = (
        ("keyword families", right, len(compliance), "1.000"),
        ("opt-out recall, rules alone", caught, len(wishes), ">= 0.900"),
        ("opt-out caught or in doubt", caught + doubted, len(wishes), ">= 0.990"),
        ("opt-out precision", meant, len(said_out), ">= 0.990"),
        ("noise silently ignored", _count(noise, "ignore"), len(noise), ">= 0.950"),
        ("real texts ignored", _count(real, "ignore"), len(real), "<= 0.005"),
        ("real texts opted out", _count(real, "opt_out"), len(real), "<= 0.010"),
    )
    for title, part, whole, bar in bars:
        print(f"{title:30} {part:>4}/{whole:<5} {_ratio(part, whole)}  (bar {bar})")


def _is_compliance(row: Row) -> bool:
    family, _, kind = row.want_label.partition("_")
    return family in {"stop", "help", "start"} and kind.endswith("keyword")


def _count(rows: list[Row], disposition: str) -> int:
    return sum(row.disposition == disposition for row in rows)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quiet", action="store_true", help="print no misses")
    quiet = parser.parse_args().quiet
    for path in sorted(DATA.glob("*.jsonl")):
        print_set(path.stem, list(read(path)), quiet=quiet)
    multidogo = SHARED / "dialog_acts_multidogo" / "turns.csv"
    if multidogo.exists():
        print_multidogo(multidogo)
    uci = SHARED / "sms_spam_uci" / "SMSSpamCollection.tsv"
    if uci.exists():
        print_uci(uci)


if __name__ == "__main__":
    main()
