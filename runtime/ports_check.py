"""Whether the addresses and folders that `up` needs are free, before anything is started."""

import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import ConfigurationError


def check_ports(ports: dict[str, int]) -> None:
    """Check that ports on loopback are free.

    Args:
        ports: Port by the name of its setting.

    Raises:
        ConfigurationError: One is taken; names the setting.
    """
    for name, port in ports.items():
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                msg = (
                    f"{name}: port {port} is taken; stop what uses it, or set {name} to a free one"
                )
                raise ConfigurationError(msg) from error


@contextmanager
def held_folder(folder: Path) -> Iterator[None]:
    """Keep the data folder to this process: two Temporal servers on one file ruin it.

    The hold ends with the process, however that ends.

    Raises:
        ConfigurationError: Another process holds it.
    """
    with (folder / ".lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            msg = f"DATA_DIR: {folder} is in use by another `make run`; end it, or set DATA_DIR"
            raise ConfigurationError(msg) from error
        yield


def check_folder(folder: Path) -> None:
    """Make the data folder.

    Raises:
        ConfigurationError: It cannot be written.
    """
    try:
        (folder / "logs").mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        msg = f"DATA_DIR: {folder} cannot be written ({error.strerror}); choose another folder"
        raise ConfigurationError(msg) from error
