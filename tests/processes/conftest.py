"""One running installation for all tests that kill parts of it, and what they have measured."""

from collections.abc import AsyncIterator

import pytest

from tests.processes.customers import FIGURES
from tests.processes.stack import Stack, an_installation


@pytest.fixture(scope="session")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """Give an installation that runs; its processes may be killed, `up` starts them again."""
    async with an_installation(tmp_path_factory.mktemp("up"), burst_window_seconds=0.3) as stack:
        await stack.start()
        yield stack
        await stack.stop()
        assert stack.left_behind() == []


@pytest.fixture
async def stack(running: Stack) -> Stack:
    """Give the running installation with every vendor healed and every service up."""
    for vendor in ("twilio", "helpdesk", "shopify", "openai"):
        await running.control(f"/{vendor}/_control/reset", {})
    await running.control("/twilio/_control/settings", {"callbacks": "normal"})
    return running


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how long the product took to recover."""
    if FIGURES:
        terminalreporter.section("recovery after a kill")
        for what, seconds in FIGURES:
            terminalreporter.line(f"{seconds:6.1f} s  {what}")
