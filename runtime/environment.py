"""The process's environment and `.env`: beside the settings, the only place that reads them."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import SecretStr

from domain.errors import ConfigurationError


def resolve(reference: str) -> SecretStr:
    """Return what a reference in a brand's settings stands for.

    Args:
        reference: "env:NAME".

    Raises:
        ConfigurationError: The variable is not set.
    """
    name = reference.removeprefix("env:")
    value = _variable(name)
    if not value:
        raise ConfigurationError(f"{name} is not set: the brand's settings refer to it")
    return SecretStr(value)


def is_set(name: str) -> bool:
    """Return whether a variable has a value, in the environment or in `.env`."""
    return bool(_variable(name))


def _variable(name: str) -> str | None:
    return os.environ.get(name) or _from_file(name)


def _from_file(name: str) -> str | None:
    """Look a variable up in `.env`, which pydantic-settings reads for named fields only."""
    path = Path(".env")
    if not path.is_file():
        return None
    for line in path.read_text(encoding="utf-8").splitlines():
        key, equals, value = line.strip().partition("=")
        if equals and key.strip() == name:
            return value.strip().strip("\"'")
    return None


def use_environment(variables: Mapping[str, str]) -> None:
    """Add variables to the environment of this process and of those it starts."""
    os.environ.update(variables)


def process_environment() -> dict[str, str]:
    """Return a copy of the environment, for the processes that `up` starts."""
    return dict(os.environ)
