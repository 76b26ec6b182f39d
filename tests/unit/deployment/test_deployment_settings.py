"""The two settings of a worker deployment: both or none."""

from pathlib import Path

import pytest

from domain.errors import ConfigurationError
from runtime.settings import load_settings

_NAME, _BUILD = "TEMPORAL_DEPLOYMENT_NAME", "TEMPORAL_BUILD_ID"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Read neither this shell's deployment nor a `.env`."""
    monkeypatch.chdir(tmp_path)
    for name in (_NAME, _BUILD):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("given", [_NAME, _BUILD])
def test_half_a_deployment_is_refused_with_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    """A build without a deployment, or the other way round, would silently run unversioned."""
    monkeypatch.setenv(given, "agent")

    with pytest.raises(ConfigurationError) as refusal:
        load_settings()

    assert f"{_NAME} and {_BUILD} belong together: set both or none" in str(refusal.value)


@pytest.mark.parametrize("given", [(), (_NAME, _BUILD)])
def test_both_or_none_are_taken(monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...]) -> None:
    """Versioned workers, or unversioned ones."""
    for name in given:
        monkeypatch.setenv(name, "agent")

    settings = load_settings()

    found = (settings.temporal_deployment_name, settings.temporal_build_id)
    assert found == (("agent", "agent") if given else (None, None))
