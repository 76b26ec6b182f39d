"""The API on a fresh database for each test, while Temporal is away."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from runtime.settings import Settings
from store.migrate import migrate
from tests.api.rig import Api, open_api, some_installation


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database with all tables and no rows; copy it."""
    path = tmp_path_factory.mktemp("template") / "agent.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def installation(tmp_path: Path, migrated_file: Path) -> Settings:
    """Give the settings of an installation with a migrated database of its own."""
    shutil.copy(migrated_file, tmp_path / "agent.db")
    return some_installation(tmp_path)


@pytest.fixture
async def api(installation: Settings) -> AsyncIterator[Api]:
    """Give the API of it."""
    async with open_api(installation) as opened:
        yield opened
