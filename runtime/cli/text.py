"""`sms-agent text`: text the product as a customer would."""

import argparse

from domain.errors import ConfigurationError
from domain.money import MICROS_PER_UNIT
from runtime.brand_files import read_brand_file
from runtime.cli.arguments import print_json
from runtime.cli.phone import Outcome, Phone, Received
from runtime.files import brand_paths
from runtime.settings import Settings, load_settings

DEMO_CUSTOMER = "+13125550100"
"""A customer of the demo brand who has orders."""

WAIT_SECONDS = 60.0
"""How long a command waits for what comes back."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_numbers(parser)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--wait", type=float, default=WAIT_SECONDS, help="seconds to wait")
    parser.add_argument("body")
    parser.set_defaults(run=send_text)


def add_numbers(parser: argparse.ArgumentParser) -> None:
    """Add who texts whom."""
    parser.add_argument("--from", dest="sender", default=DEMO_CUSTOMER, help="customer's number")
    parser.add_argument("--to", help="number to text; default: the first brand's")


async def send_text(given: argparse.Namespace) -> int:
    """Send one text, wait for what the phone receives, print it.

    Returns:
        0 when the text was treated, whether or not a reply was due; 1 when nothing came in time.
    """
    settings = load_settings()
    phone = Phone(settings, given.sender, given.to or default_number(settings))
    try:
        outcome, new = await exchange(phone, given.body, given.wait)
    finally:
        await phone.close()
    if given.json:
        print_json(describe(outcome, new))
    else:
        print_words(outcome, new)
    return 0 if outcome.settled else 1


async def exchange(phone: Phone, body: str, wait: float) -> tuple[Outcome, list[Received]]:
    """Send a text and wait for what comes of it."""
    before = len(await phone.received())
    sid = await phone.text(body)
    return await phone.settle(sid, before, wait)


def describe(outcome: Outcome, new: list[Received]) -> dict[str, object]:
    """Return the JSON form: a silent outcome has `reply` null and the reason."""
    found: dict[str, object] = {
        "reply": "\n".join(line.body for line in new) or None,
        "segments": sum(line.segments for line in new),
        "status": outcome.status,
        "cost": outcome.cost_micros / MICROS_PER_UNIT,
        "currency": outcome.currency,
        "label": outcome.label,
    }
    if not new:
        found["reason"] = outcome.reason if outcome.settled else "nothing came in time"
    return found


def default_number(settings: Settings) -> str:
    """Return the number of the first brand that `up` imports.

    Raises:
        ConfigurationError: There is no brand file.
    """
    for path in brand_paths(settings):
        return read_brand_file(path).senders[0].number
    raise ConfigurationError("BRAND_FILES is empty: name a brand's file, or give --to")


def print_words(outcome: Outcome, new: list[Received]) -> None:
    """Print what the phone received, or why it received nothing."""
    for line in new:
        print(f"agent: {line.body}   [{line.segments} segment(s)]")
    cost = outcome.cost_micros / MICROS_PER_UNIT
    if new:
        print(f"  ({outcome.status}, conversation so far {cost:.4f} {outcome.currency})")
    elif outcome.settled:
        print(f"  (no reply: {outcome.label}. {outcome.reason})")
    else:
        print("  (nothing came in time; the conversation goes on)")
