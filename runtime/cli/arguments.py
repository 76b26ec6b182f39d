"""Lines of JSON in and out, as several commands read and write them."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from domain.errors import ConfigurationError


def read_lines(source: str) -> Iterator[dict[str, object]]:
    """Yield the objects of a JSON Lines file, "-" for standard input; blank lines are skipped.

    Raises:
        ConfigurationError: A line is no JSON object with a text; names the line.
    """
    try:
        stream = sys.stdin.buffer if source == "-" else Path(source).open("rb")  # noqa: SIM115
    except OSError as error:
        raise ConfigurationError(f"{source}: cannot be read ({error.strerror})") from error
    with stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield _object(f"{source}, line {number}", line)


def _object(place: str, line: bytes) -> dict[str, object]:
    try:
        found = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{place}: not UTF-8; save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"{place}: not JSON ({error})") from error
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise ConfigurationError(f'{place}: expected an object with a "text": a string')
    return found


def text_of(entry: Mapping[str, object]) -> str:
    """Return the text of a line that was read."""
    return str(entry["text"])


def print_json(found: Mapping[str, object]) -> None:
    """Print one object on one line; lone surrogates are written as escapes."""
    print(json.dumps(found, ensure_ascii=True))
