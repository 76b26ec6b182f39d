"""An installation without processes: the store, the settings and the adapters."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from runtime.adapters import present
from runtime.wiring import Runtime, build_runtime
from store.migrate import migrate
from tests.api.rig import some_installation
from tests.builders import some_settings


@pytest.fixture
async def runtime(tmp_path: Path) -> AsyncIterator[Runtime]:
    """Give the brand "acme" on a fresh database."""
    settings = some_installation(tmp_path, model_api_key="key")
    migrate(settings.database)
    opened = build_runtime(settings)
    opened.brands.save_settings(some_settings(), "test", present())
    yield opened
    await opened.close()
