"""`.env.example` names every setting there is, and no other."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from runtime.settings import Settings
from tests.unit.deployment.files import DATABASE_PASSWORDS, example, references

FIELDS = {name.upper(): field for name, field in Settings.model_fields.items()}


def _shown(default: object) -> str:
    """Return a default as a file of variables shows it; what has none shows nothing."""
    if default is None or isinstance(default, SecretStr):
        return ""
    return f"{default:g}" if isinstance(default, float) else str(default)


def test_example_names_every_variable_that_is_read() -> None:
    """Whoever fills in the example has seen every setting, and fills in none in vain."""
    assert set(example()) == set(FIELDS) | references() | DATABASE_PASSWORDS


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_example_shows_each_default(name: str) -> None:
    """The example does not lie about what happens without a line."""
    assert example()[name] == _shown(FIELDS[name].default)


def test_example_as_it_stands_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fresh copy of the example, all lines uncommented, is the same as no file."""
    for name in FIELDS:
        monkeypatch.delenv(name, raising=False)
    copy = tmp_path / ".env"
    copy.write_text("".join(f"{k}={v}\n" for k, v in example().items()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert Settings() == Settings(_env_file=None)
