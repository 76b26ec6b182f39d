"""Whether a customer's return takes back that the conversation before was resolved."""

from datetime import datetime, timedelta

from domain.conversation import RESOLUTIONS, Status


def reverts_resolution(
    ending: Status,
    *,
    ended_at: datetime | None,
    returned_at: datetime,
    within: timedelta,
    intents: tuple[str | None, str | None],
) -> bool:
    """Return whether a return shows that the issue was not resolved after all.

    Args:
        ending: How the conversation before ended.
        ended_at: When, UTC; None while it runs.
        returned_at: When the customer wrote again, UTC.
        within: How long a resolution can be taken back; zero is never.
        intents: What the conversation before was about, and what the new one is about; None when
            unknown. Without knowing better it counts as the same issue: the honest number is
            the lower one.
    """
    if ending not in RESOLUTIONS or ended_at is None:
        return False
    before, now = intents
    same_issue = before is None or now is None or before == now
    return same_issue and returned_at - ended_at < within
