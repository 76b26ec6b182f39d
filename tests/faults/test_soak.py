"""A short run of the fault harness; `make soak` runs the long one."""

from pathlib import Path

import pytest

from tests.faults.soak import Plan, soak

pytestmark = [pytest.mark.temporal, pytest.mark.timeout(300)]

SHORT = Plan(
    seed=1,
    conversations=40,
    slow=False,
    fault_seconds=25,
    quiet_seconds=120,
    at_once=24,
)
"""Forty customers, each script at least once, half a minute of faults."""


async def test_customers_under_fire_break_no_law(tmp_path: Path) -> None:
    """Killed, frozen, throttled and lied to: no text is lost, doubled, or sent after STOP."""
    said: list[str] = []

    run = await soak(SHORT, tmp_path, said.append)

    assert [str(violation) for violation in run.violations] == [], "\n".join(said[-12:])
    assert run.mischief.injected.total() > 5
    assert run.fleet.ended.total() > 0
    assert len({story.script for story in run.record.stories}) > 10
    assert sum(send.accepted for send in run.record.sends) > 30
