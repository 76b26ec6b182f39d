"""The life of a conversation: its states, who may act in each, and when it ends."""

from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import IllegalTransition
from domain.values import Recorded


class Status(StrEnum):
    """Where a conversation stands; the last seven are endings."""

    OPEN = "open"
    WAITING = "waiting"
    HANDED_OFF = "handed_off"
    RESOLVED_CONFIRMED = "resolved_confirmed"
    RESOLVED_VERIFIED = "resolved_verified"
    CONTAINED = "contained"
    ESCALATED = "escalated"
    CLOSED_OUT = "closed_out"
    OPTED_OUT = "opted_out"
    IGNORED = "ignored"


ENDINGS = frozenset(Status) - {Status.OPEN, Status.WAITING, Status.HANDED_OFF}
RESOLUTIONS = frozenset({Status.RESOLVED_CONFIRMED, Status.RESOLVED_VERIFIED})

# OPEN: nothing answered yet. WAITING: the customer has the word. HANDED_OFF: a human has it.
TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.OPEN: frozenset(
        {Status.WAITING, Status.HANDED_OFF, Status.CLOSED_OUT, Status.OPTED_OUT, Status.IGNORED,
         Status.CONTAINED}
    ),
    Status.WAITING: frozenset(
        {Status.HANDED_OFF, Status.RESOLVED_CONFIRMED, Status.RESOLVED_VERIFIED, Status.CONTAINED,
         Status.ESCALATED, Status.CLOSED_OUT, Status.OPTED_OUT}
    ),
    Status.HANDED_OFF: frozenset(
        {Status.WAITING, Status.ESCALATED, Status.CLOSED_OUT, Status.OPTED_OUT}
    ),
    **{ending: frozenset() for ending in ENDINGS},
}  # fmt: skip


def next_status(current: Status, target: Status) -> Status:
    """Return the target if the conversation may go there; staying where it is is always allowed.

    Args:
        current: Where it stands.
        target: Where it should go.

    Returns:
        The target.

    Raises:
        IllegalTransition: The table has no such step; nothing has changed.
    """
    if target != current and target not in TRANSITIONS[current]:
        raise IllegalTransition("conversation", current, target)
    return target


def reachable_ending(current: Status, ending: Status) -> Status:
    """Return the ending, or what stands for it where the conversation cannot go there any more.

    Between an ending's decision and its execution an operator may take the word or give it back.

    Args:
        current: Where it stands, no ending.
        ending: How it was to end.

    Returns:
        An ending that the table allows from there: `escalated` where a human has the word.
    """
    if ending in TRANSITIONS[current]:
        return ending
    return Status.ESCALATED if current is Status.HANDED_OFF else Status.CONTAINED


class ConversationPolicy(Recorded):
    """The brand's waits and caps as one conversation runs on them; fixed when it opens.

    Attributes:
        settings_version: Version of the brand's settings these were read from.
        burst_window: How long several texts are gathered into one turn.
        idle_after: Silence after which the conversation is judged and closed.
        thanks_after: Silence after a "thanks" that confirms the resolution.
        human_pause: How long a human keeps the word when the ticket is never closed.
        max_agent_texts: Agent texts in one conversation before it escalates.
        max_stalled_turns: Turns without progress before it escalates.
        max_tool_rounds: Model calls that ask for tools within one turn.
        max_supersedes: How often a newer text may restart one turn.
        turns_per_run: Turns after which the history is started afresh at the latest.
        publishes: Somebody outside hears of the conversation's events.
        chase_after: How long a human may owe an answer before each alert. None is never, and
            stands in histories from before there were alerts.
    """

    settings_version: int = 1
    burst_window: timedelta = timedelta(seconds=3)
    idle_after: timedelta = timedelta(hours=24)
    thanks_after: timedelta = timedelta(minutes=10)
    human_pause: timedelta = timedelta(hours=24)
    max_agent_texts: int = 8
    max_stalled_turns: int = 2
    max_tool_rounds: int = 6
    max_supersedes: int = 3
    turns_per_run: int = 100
    publishes: bool = False
    chase_after: timedelta | None = None


def idle_deadline(
    policy: ConversationPolicy, last_activity: datetime, *, thanked: bool
) -> datetime:
    """Return when silence ends the conversation.

    Args:
        policy: The conversation's waits.
        last_activity: When either side last said something.
        thanked: Whether the customer's last word was thanks.

    Returns:
        The instant at which it is judged.
    """
    return last_activity + (policy.thanks_after if thanked else policy.idle_after)


def ending_when_idle(*, thanked: bool, verified: bool, answered: bool) -> Status:
    """Return the ending of a conversation that fell silent with the agent.

    Args:
        thanked: The customer's last word was thanks.
        verified: The judge agrees that the question was answered.
        answered: The agent has said anything at all.

    Returns:
        `resolved_confirmed`, `resolved_verified` or `contained`; three numbers kept apart.
    """
    if thanked and answered:
        return Status.RESOLVED_CONFIRMED
    if verified and answered:
        return Status.RESOLVED_VERIFIED
    return Status.CONTAINED
