"""`sms-agent chat`: text back and forth as a customer would."""

import argparse
import asyncio
import sys

from runtime.cli.phone import Phone
from runtime.cli.text import WAIT_SECONDS, add_numbers, default_number, exchange, print_words
from runtime.settings import load_settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_numbers(parser)
    parser.set_defaults(run=chat)


async def chat(given: argparse.Namespace) -> int:
    """Text back and forth until the input ends."""
    settings = load_settings()
    phone = Phone(settings, given.sender, given.to or default_number(settings))
    print("Write a text and press Enter; Ctrl-D ends.")
    try:
        while line := await asyncio.to_thread(_read_line):
            if line.strip():
                print_words(*await exchange(phone, line.rstrip("\n"), WAIT_SECONDS))
    finally:
        await phone.close()
    return 0


def _read_line() -> str:
    sys.stdout.write("you: ")
    sys.stdout.flush()
    return sys.stdin.readline()
