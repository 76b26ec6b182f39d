"""`sms-agent up` on an empty folder: what a newcomer sees, and what is left when it ends."""

import signal
from pathlib import Path

import pytest

from tests.processes.stack import an_installation

pytestmark = [pytest.mark.temporal, pytest.mark.timeout(300)]

UNKNOWN = "+13125550142"


async def test_up_answers_texts_leaves_nothing_behind_and_continues_with_its_data(
    tmp_path: Path,
) -> None:
    """READY, a right answer of each kind in one segment; after Ctrl-C and a new start, the same."""
    async with an_installation(tmp_path, burst_window_seconds=0.3) as stack:
        await stack.start()
        assert stack.said[-1].startswith(f"READY api={stack.api_url} ")
        order = await stack.ask("Hi! Where is my order?")
        assert "#1101" in order["reply"]
        assert "https://www.ups.com/track?tracknum=" in order["reply"]
        product = await stack.ask("Which rain jacket do you recommend?")
        assert "Ridgeline Rain Jacket, $189.00" in product["reply"]
        policy = await stack.ask("What is your return policy?")
        assert "30 days" in policy["reply"]
        assert [reply["segments"] for reply in (order, product, policy)] == [1, 1, 1]
        assert 0 < order["cost"] < product["cost"] < policy["cost"]
        silent = await stack.ask("--from", UNKNOWN, "thanks!")
        assert (silent["reply"], silent["segments"], silent["status"]) == (None, 0, "ignore")
        assert silent["reason"]

        code, report, _ = await stack.run("doctor")
        words = {line.split()[0] for line in report.splitlines()}
        assert (code, words <= {"ok", "off"}) == (0, True), report

        assert await stack.stop(signal.SIGINT) == 0
        assert stack.left_behind() == []
        code, report, _ = await stack.run("doctor")
        assert (code, "unreachable  sandbox: " in report) == (1, True), report

        await stack.start()
        again = await stack.ask("And what about exchanges?")
        # The conversation went on: the same workflow, its costs added up, no second greeting.
        assert again["cost"] > policy["cost"]
        assert "AI assistant" in order["reply"]
        assert "AI assistant" not in again["reply"]
        assert await stack.stop(signal.SIGTERM) == 0
        assert stack.left_behind() == []
