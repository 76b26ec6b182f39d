"""`sms-agent gate`: what the gate decides about texts, by the same code as live."""

import argparse

from domain.gate.jsonl import decide_line
from domain.gate.settings import GateSettings
from runtime.cli.arguments import print_json, read_lines
from runtime.settings import load_settings
from runtime.wiring import build_runtime


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--brand", required=True, help="whose settings to use")
    parser.add_argument("--no-model", action="store_true", help="rules only; never ask the model")
    parser.add_argument("--jsonl", metavar="FILE", default="-", help="lines of {text, ctx?}")
    parser.add_argument("text", nargs="?", help="one text instead of a file")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print one decision per text, in order."""
    settings = brand_gate(given.brand)
    entries = [{"text": given.text}] if given.text is not None else read_lines(given.jsonl)
    for entry in entries:
        print_json(decide_line(entry, settings))
    return 0


def brand_gate(brand: str) -> GateSettings:
    """Return a brand's gate settings.

    Raises:
        ConfigurationError: There is no such brand.
    """
    runtime = build_runtime(load_settings())
    try:
        return runtime.brands.settings(brand).settings.gate
    finally:
        runtime.database.close()
