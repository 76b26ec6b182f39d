"""When a return takes back a resolution."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.conversation import RESOLUTIONS, Status
from domain.reopening import reverts_resolution

ENDED = datetime(2026, 11, 20, 12, tzinfo=UTC)
WINDOW = timedelta(hours=72)


def _reverts(
    ending: Status = Status.RESOLVED_VERIFIED,
    after: timedelta = timedelta(hours=1),
    before: str | None = "order_status",
    now: str | None = "order_status",
    within: timedelta = WINDOW,
) -> bool:
    return reverts_resolution(
        ending,
        ended_at=ENDED,
        returned_at=ENDED + after,
        within=within,
        intents=(before, now),
    )


@pytest.mark.parametrize("ending", Status)
def test_reverts_resolution_only_where_there_was_one(ending: Status) -> None:
    """What was contained, escalated or closed out never counted as resolved."""
    assert _reverts(ending) is (ending in RESOLUTIONS)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("order_status", "order_status", True),
        ("order_status", "recommendation", False),
        ("order_status", None, True),
        (None, "order_status", True),
        (None, None, True),
    ],
)
def test_reverts_resolution_on_the_same_issue_or_while_nobody_knows_better(
    before: str | None, now: str | None, *, expected: bool
) -> None:
    """Another issue takes nothing back; an unknown one does: the honest number is the lower."""
    assert _reverts(before=before, now=now) is expected


@pytest.mark.parametrize(
    ("after", "within", "expected"),
    [
        pytest.param(timedelta(0), WINDOW, True, id="in the moment of ending"),
        pytest.param(WINDOW - timedelta(seconds=1), WINDOW, True, id="at the end"),
        pytest.param(WINDOW, WINDOW, False, id="over"),
        pytest.param(timedelta(0), timedelta(0), False, id="never"),
    ],
)
def test_reverts_resolution_only_inside_the_window(
    after: timedelta, within: timedelta, *, expected: bool
) -> None:
    """Seventy-two hours on, or with a window of zero, a return is a new matter."""
    assert _reverts(after=after, within=within) is expected


def test_reverts_resolution_never_while_the_conversation_runs() -> None:
    """What has not ended has nothing to take back."""
    assert not reverts_resolution(
        Status.RESOLVED_VERIFIED,
        ended_at=None,
        returned_at=ENDED,
        within=WINDOW,
        intents=(None, None),
    )
