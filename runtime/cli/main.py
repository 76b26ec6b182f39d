"""`sms-agent`: the commands; each is imported only when it is asked for."""

import argparse
import asyncio
import importlib
import sys
from collections.abc import Coroutine, Sequence

from domain.errors import AgentError, ConfigurationError, StoreUnavailable
from runtime.logs import configure_logs

# Adapters and the Temporal client take seconds to import, and `segments` needs neither.
_COMMANDS = {
    "up": ("up", "run everything on this machine"),
    "text": ("text", "send one text and print what comes back"),
    "chat": ("chat", "text back and forth"),
    "gate": ("gate", "decide about texts: try keywords and audiences"),
    "explain": ("explain", "say why a text was treated as it was"),
    "replay": ("replay", "say what other settings or another model would have said"),
    "segments": ("segments", "count the SMS segments of a text"),
    "doctor": ("doctor", "say what is configured, missing or unreachable"),
    "settings": ("settings", "import, export or check a brand's settings"),
    "rebuild": ("rebuild", "start conversations again that Temporal has lost"),
    "migrate": ("migrate", "bring the database to this version"),
}


def build_parser(chosen: str | None) -> argparse.ArgumentParser:
    """Return the parser; only the chosen command knows its arguments.

    Args:
        chosen: Name of a command, None when there is none among the arguments.
    """
    parser = argparse.ArgumentParser(
        prog="sms-agent", description="A durable customer agent on SMS."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, sentence) in _COMMANDS.items():
        command = commands.add_parser(name, help=sentence, description=sentence)
        if name == chosen:
            importlib.import_module(f"runtime.cli.{module}").configure(command)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when it did what was asked; 1 when it found something wrong; 2 for a wrong setting or
        argument, with one line that names the remedy.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    configure_logs("error")
    given = build_parser(next((w for w in words if w in _COMMANDS), None)).parse_args(words)
    try:
        outcome: int | Coroutine[None, None, int] = given.run(given)
        return outcome if isinstance(outcome, int) else asyncio.run(outcome)
    except ConfigurationError as error:
        sys.stderr.write(f"sms-agent {given.command}: {error}\n")
        return 2
    except StoreUnavailable as error:
        remedy = "run `sms-agent migrate`, or set DATA_DIR or DATABASE_URL"
        sys.stderr.write(f"sms-agent {given.command}: database: {error}; {remedy}\n")
        return 2
    except AgentError as error:
        sys.stderr.write(f"sms-agent {given.command}: {error}\n")
        return 1
    except (KeyboardInterrupt, BrokenPipeError):
        return 130
