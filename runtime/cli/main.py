"""`sms-agent`: the commands and their arguments."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Sequence

from domain.errors import AgentError, ConfigurationError
from runtime.cli import doctor, gate, migrate, segments, settings, text, up

_COMMANDS: tuple[Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None], ...] = (
    up.add_command,
    text.add_text,
    text.add_chat,
    gate.add_command,
    segments.add_command,
    doctor.add_command,
    settings.add_command,
    migrate.add_command,
)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="sms-agent", description="A durable customer agent on SMS."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in _COMMANDS:
        add(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when it did what was asked; 1 when it found something wrong; 2 for a wrong setting or
        argument, with one line that names the remedy.
    """
    given = build_parser().parse_args(arguments)
    try:
        outcome: int | Coroutine[None, None, int] = given.run(given)
        if isinstance(outcome, int):
            return outcome
        return asyncio.run(outcome)
    except ConfigurationError as error:
        sys.stderr.write(f"sms-agent {given.command}: {error}\n")
        return 2
    except AgentError as error:
        sys.stderr.write(f"sms-agent {given.command}: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
