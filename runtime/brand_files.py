"""Brand settings as YAML files."""

import json
from pathlib import Path

import yaml
from pydantic import ValidationError

from domain.brand import BrandSettings
from domain.errors import ConfigurationError


def read_brand_file(path: Path) -> BrandSettings:
    """Read a brand's settings.

    `knowledge` may be a list of articles, or the name of a JSON file beside the YAML file.

    Args:
        path: YAML file.

    Raises:
        ConfigurationError: It cannot be read; names the file, the field and what was expected.
    """
    return parse_brand(path, load_brand_file(path))


def load_brand_file(path: Path) -> dict[str, object]:
    """Return what a brand's file says, whether or not it is right, its articles included.

    Raises:
        ConfigurationError: It cannot be read, or is no mapping.
    """
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path}: cannot be read ({_one_line(error)})") from error
    if not isinstance(given, dict):
        raise ConfigurationError(f"{path}: expected a mapping of settings")
    knowledge = given.get("knowledge")
    if isinstance(knowledge, str):
        given["knowledge"] = _articles(path.parent / knowledge)
    return given


def parse_brand(path: Path, given: dict[str, object]) -> BrandSettings:
    """Return the settings that a brand's file says.

    Raises:
        ConfigurationError: Something is wrong with them; names the file and each field.
    """
    try:
        return BrandSettings.model_validate(given)
    except ValidationError as error:
        raise ConfigurationError(f"{path}: {describe(error)}") from None


def write_brand(settings: BrandSettings) -> str:
    """Return settings as YAML that `read_brand_file` reads back equal."""
    return yaml.safe_dump(
        settings.model_dump(mode="json", exclude_defaults=True), sort_keys=False, allow_unicode=True
    )


def describe(error: ValidationError) -> str:
    """Return every fault as "field: what is wrong", without repeating values."""
    return "; ".join(
        f"{'.'.join(str(part) for part in fault['loc']) or 'settings'}: {fault['msg']}"
        for fault in error.errors(include_input=False, include_url=False)
    )


def _articles(path: Path) -> list[dict[str, object]]:
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"knowledge: {path} cannot be read ({_one_line(error)})"
        ) from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigurationError(f"knowledge: {path}: expected a list of articles")
    known = ("id", "title", "body", "url")
    return [{name: entry[name] for name in known if name in entry} for entry in entries]


def _one_line(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) else str(error)
    return " ".join((said or type(error).__name__).split())
