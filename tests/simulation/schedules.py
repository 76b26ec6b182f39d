"""Schedules drawn from a seed: what happens next, and how each attempt ends."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta

from domain.conversation import ConversationPolicy
from domain.escalation import HandoffMode
from tests.simulation.dice import Dice
from tests.simulation.instance import Broken
from tests.simulation.play import Helped, Operator, Play
from tests.simulation.stage import Manner
from tests.simulation.world import TextKind

_TEXTS: tuple[TextKind, ...] = (
    *("question",) * 8, "doubt", "doubt", "stop", "stop_question", "start", "thanks", "legal",
    "noise",
)  # fmt: skip
_OPERATORS: tuple[Operator, ...] = ("take_over", "hand_back", "hand_back", "close", "send_as_human")
_HELP: tuple[Helped, ...] = ("reply", "reply", "close", "close", "reopen", "elsewhere")
_MANNERS: tuple[Manner, ...] = (
    *("done",) * 12, "lost", "lost", "given_up", "given_up_after_all",
)  # fmt: skip
_JUMPS = (
    *(None,) * 10, timedelta(milliseconds=300), timedelta(seconds=20), timedelta(minutes=16),
    timedelta(hours=5), timedelta(hours=25),
)  # fmt: skip
_SPAN = 1 << 16
_RETURNS = 0.3
"""How often the customer is back once everything has come to its end."""


def play_out(seed: int, *, steps: int = 45, replay: bool = False) -> Play:
    """Play one schedule to its end.

    Args:
        seed: Says everything that is left to chance.
        steps: Events before everything outstanding is let done.
        replay: Replay every run from its record at the end, and compare.

    Raises:
        Broken: A law does not hold; what was done is in the notes.
    """
    rng = random.Random(seed)  # noqa: S311
    play = Play(_policy(rng), _mode(rng), helpdesk=rng.random() < 0.85)
    dice = Dice(iter(lambda: rng.randrange(_SPAN), None))
    deeds = list(_deeds(play, rng, dice))
    try:
        for events in (steps, steps // 3) if rng.random() < _RETURNS else (steps,):
            play.text(rng.choice(_TEXTS))
            for deed in rng.choices([d for d, _ in deeds], [w for _, w in deeds], k=events):
                deed()
            play.settle()
        if replay:
            for run in play.runs:
                run.redeploy()
    except Broken as broken:
        broken.add_note(f"seed {seed}:\n" + "\n".join(play.script))
        raise
    finally:
        play.end()
    return play


def _deeds(play: Play, rng: random.Random, dice: Dice) -> Iterator[tuple[Callable[[], None], int]]:
    """Yield what may happen, with how often it does."""
    yield lambda: play.text(rng.choice(_TEXTS)), 5
    yield lambda: _deliver(play, rng), 9
    yield lambda: play.operate(rng.choice(_OPERATORS)), 2
    yield lambda: play.help_out(rng.choice(_HELP), dice), 2
    yield lambda: play.finish(rng.randrange(_SPAN), rng.choice(_MANNERS), dice), 28
    yield lambda: play.haunt(rng.randrange(_SPAN), dice), 4
    yield lambda: play.advance(rng.choice(_JUMPS)), 7
    yield lambda: play.activities.sends.report(dice), 1
    yield play.deploy, 1


def _deliver(play: Play, rng: random.Random) -> None:
    if play.mail:
        number = 0 if rng.random() < 0.7 else rng.randrange(_SPAN)
        play.deliver(number, again=rng.random() < 0.2, hold=rng.random() < 0.25)


def _policy(rng: random.Random) -> ConversationPolicy:
    return ConversationPolicy(
        burst_window=rng.choice((timedelta(seconds=3), timedelta(0))),
        max_agent_texts=rng.choice((8, 8, 2, 1)),
        max_stalled_turns=rng.choice((2, 1)),
        max_tool_rounds=rng.choice((6, 1)),
        max_supersedes=rng.choice((3, 1, 0)),
        turns_per_run=rng.choice((100, 2, 1)),
        publishes=rng.random() < 0.4,
        chase_after=rng.choice((None, timedelta(hours=4))),
        human_pause=rng.choice((timedelta(hours=24), timedelta(hours=2))),
    )


def _mode(rng: random.Random) -> HandoffMode:
    return rng.choice((HandoffMode.HELPDESK, HandoffMode.HELPDESK, HandoffMode.CLOSEOUT))
