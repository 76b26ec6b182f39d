"""The gate's false hits on corpora that nobody labelled for it: service talk, personal texts."""

import csv
import re
import time
from collections import Counter
from pathlib import Path

from domain.gate.jsonl import decide_line

_SMALL_TALK = {"thankyou", "openinggreeting", "closinggreeting"}
_THANKS = re.compile(r"\b(?:thank|thx|bye|good ?day|nice day|great day)", re.IGNORECASE)


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
