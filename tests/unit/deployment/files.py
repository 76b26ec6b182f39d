"""The deployment files, read."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel

from domain.brand import BrandSettings

ROOT = Path(__file__).resolve().parents[3]
OURS = ("migrate", "api", "worker")
DATABASE_PASSWORDS = frozenset({"POSTGRES_PASSWORD", "AGENT_DB_PASSWORD", "TEMPORAL_DB_PASSWORD"})

_EXAMPLE_LINE = re.compile(r"^(?:# )?([A-Z][A-Z0-9_]+)=(.*)$")
_INTERPOLATED = re.compile(r"\$\{([A-Z][A-Z0-9_]*)")
_REFERENCE = re.compile(r"env:([A-Z][A-Z0-9_]*)")


def read(name: str) -> str:
    """Return a file of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def compose() -> dict[str, Any]:
    """Return docker-compose.yml, merges resolved."""
    found: dict[str, Any] = yaml.safe_load(read("docker-compose.yml"))
    return found


def services() -> dict[str, dict[str, Any]]:
    """Return the services by name."""
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


def one_shots() -> set[str]:
    """Return the services that others wait for to end."""
    return {
        name
        for service in services().values()
        for name, wait in service.get("depends_on", {}).items()
        if wait["condition"] == "service_completed_successfully"
    }


def interpolated() -> set[str]:
    """Return the variables that the compose file takes from `.env`."""
    return set(_INTERPOLATED.findall(read("docker-compose.yml")))


def example() -> dict[str, str]:
    """Return `.env.example`: what stands behind each variable's "="."""
    lines = (_EXAMPLE_LINE.match(line) for line in read(".env.example").splitlines())
    return {line[1]: line[2] for line in lines if line}


def references() -> set[str]:
    """Return the variables that brand settings refer to: their defaults and the demo brand's."""
    written = _REFERENCE.findall(read("sandbox/demo/brand.yaml"))
    return {*_default_references(BrandSettings), *written}


def _default_references(model: type[BaseModel]) -> Iterator[str]:
    for field in model.model_fields.values():
        if isinstance(field.default, str):
            yield from _REFERENCE.findall(field.default)
        for part in (field.annotation, *get_args(field.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from _default_references(part)
