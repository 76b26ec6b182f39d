"""Precision and recall of the gate's rule layer on labelled texts, with every miss.

Usage: python -m evals.gate.report [--quiet]
"""

import argparse
import csv
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from domain.gate.decision import Disposition
from domain.gate.jsonl import decide_line

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
_SMALL_TALK = {"thankyou", "openinggreeting", "closinggreeting"}
_THANKS = re.compile(r"\b(?:thank|thx|bye|good ?day|nice day|great day)", re.IGNORECASE)


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
    keywords = [
        row for row in rows if row.want_label.endswith("_keyword") and "s" in row.want_label
    ]
    compliance = [
        row for row in keywords if row.want_label.split("_")[0] in {"stop", "help", "start"}
    ]
    wishes = [row for row in rows if row.want_disposition == "opt_out" and row not in compliance]
    said_out = [row for row in rows if row.disposition == "opt_out" and row not in compliance]
    noise = [row for row in rows if row.want_disposition == "ignore"]
    real = [row for row in rows if row.want_disposition in {"answer", "helpdesk"}]
    caught = sum(row.disposition == "opt_out" for row in wishes)
    doubted = sum(row.disposition != "opt_out" and row.doubt == "opt_out" for row in wishes)
    bars = (
        (
            "keyword families",
            sum(r.disposition == r.want_disposition for r in compliance),
            len(compliance),
            "1.000",
        ),
        ("opt-out recall, rules alone", caught, len(wishes), ">= 0.900"),
        ("opt-out caught or in doubt", caught + doubted, len(wishes), ">= 0.990"),
        (
            "opt-out precision",
            sum(r.want_disposition == "opt_out" for r in said_out),
            len(said_out),
            ">= 0.990",
        ),
        (
            "noise silently ignored",
            sum(r.disposition == "ignore" for r in noise),
            len(noise),
            ">= 0.950",
        ),
        ("real texts ignored", sum(r.disposition == "ignore" for r in real), len(real), "<= 0.005"),
        (
            "real texts opted out",
            sum(r.disposition == "opt_out" for r in real),
            len(real),
            "<= 0.010",
        ),
    )
    for title, part, whole, bar in bars:
        print(f"{title:30} {part:>4}/{whole:<5} {_ratio(part, whole)}  (bar {bar})")


def print_multidogo(path: Path) -> None:
    """Print what the rules take from real service talk, by label of the data set."""
    with path.open(encoding="utf-8") as lines:
        turns = [(row["utterance"], row["intent"]) for row in csv.DictReader(lines)]
    started = time.process_time()
    decided = {text: decide_line({"text": text}) for text in {text for text, _ in turns}}
    spent = time.process_time() - started
    talk = [(text, intent) for text, intent in turns if intent not in _SMALL_TALK]
    hits = Counter(
        (text, intent)
        for text, intent in talk
        if decided[text]["disposition"] in {"opt_out", "ignore"}
    )
    polite = sum(n for (text, _), n in hits.items() if _THANKS.search(text))
    print(f"\n== MultiDoGO: {len(talk)} turns that are not labelled thanks, greeting or closing")
    print(
        f"opted out or ignored: {hits.total()} ({hits.total() / len(talk):.4%}), of which "
        f"{polite} hold thanks or a goodbye all the same; others "
        f"{(hits.total() - polite) / len(talk):.4%}"
        f"  (bar 0.1 %)"
    )
    print(f"{len(decided) / spent:,.0f} texts/s of one core")
    for (text, intent), count in hits.most_common():
        got = decided[text]
        print(
            f"  {count:>4} {got['disposition']}/{got['label']} ({got['rule']}) [{intent}]: {text}"
        )


def print_uci(path: Path) -> None:
    """Print false hits on personal texts and recall on old spam."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        rows = [line.rstrip("\n").split("\t", 1) for line in lines]
    ham = [text for kind, text in rows if kind == "ham"]
    hits = [
        (text, got)
        for text in ham
        if (got := decide_line({"text": text}))["disposition"] in {"opt_out", "ignore"}
    ]
    spam = [decide_line({"text": text}) for kind, text in rows if kind == "spam"]
    silent = sum(got["disposition"] == "ignore" for got in spam)
    doubted = sum(got["disposition"] != "ignore" and got.get("doubt") == "spam" for got in spam)
    print(
        f"\n== UCI ham: {len(ham)} texts, opted out or ignored {len(hits)} "
        f"({len(hits) / len(ham):.3%})"
    )
    for text, got in hits:
        print(f"  {got['disposition']}/{got['label']} ({got['rule']}): {text[:140]}")
    print(
        f"== UCI spam: {len(spam)} texts, ignored {silent / len(spam):.3f}, "
        f"with a doubt for the model {(silent + doubted) / len(spam):.3f}, "
        f"opted out {sum(got['disposition'] == 'opt_out' for got in spam)}"
    )


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
