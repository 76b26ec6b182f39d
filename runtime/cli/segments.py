"""`sms-agent segments`: what a text is billed as, and what it would be after normalising."""

import argparse

from domain.segments import count_segments, normalise
from runtime.cli.arguments import print_json, read_lines, text_of


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("text", nargs="?", help="the text")
    parser.add_argument("--jsonl", metavar="FILE", help='lines of {"text": …}; - reads input')
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the counts; one JSON object per input."""
    if given.jsonl is None and given.text is None:
        given.jsonl = "-"
    if given.text is not None:
        print_json(measure(given.text))
    if given.jsonl is not None:
        for entry in read_lines(given.jsonl):
            print_json({**entry, **measure(text_of(entry))})
    return 0


def measure(text: str) -> dict[str, object]:
    """Return encoding, units and segments of a text as given and of its normalised form."""
    as_given, better = count_segments(text), normalise(text)
    normal = count_segments(better)
    return {
        "encoding": as_given.encoding.value,
        "units": as_given.units,
        "segments": as_given.segments,
        "normalised": {
            "text": better,
            "encoding": normal.encoding.value,
            "units": normal.units,
            "segments": normal.segments,
        },
    }
