"""The model itself: each law is broken once, and says so."""

from datetime import timedelta

import pytest

from activities.send_messages import Purpose
from domain.conversation import ConversationPolicy
from domain.outbox import OutboxState
from tests.simulation.instance import Broken
from tests.simulation.model import Model
from tests.simulation.play import Play
from tests.simulation.world import BEGAN, Outbound, World


def _reply(number: int, *covers: str, turn: int = 1) -> Outbound:
    return Outbound(
        f"o{number}", "run-1", Purpose.REPLY, turn, number, covers, BEGAN + timedelta(hours=1),
        state=OutboxState.SENT, posted=True,
    )  # fmt: skip


def _world(*kinds: str) -> World:
    world = World(ConversationPolicy())
    for kind in kinds:
        world.receive("stop" if kind == "stop" else "question")
    return world


def test_text_that_nobody_took_is_lost() -> None:
    """Law 1."""
    with pytest.raises(Broken, match="neither answered nor with a human: m1"):
        Model(_world("question")).check_quiet()


def test_text_before_an_opt_out_needs_no_answer() -> None:
    """Law 1's exception."""
    Model(_world("question", "stop")).check_quiet()


@pytest.mark.parametrize(
    ("replies", "seen"),
    [
        ((_reply(1, "m1"), _reply(2, "m2")), "2 replies in turn"),
        ((_reply(1, "m1"), _reply(2, "m1", turn=2)), "m1 was answered 2 times"),
    ],
    ids=["one_turn", "one_text"],
)
def test_second_reply_breaks_a_law(replies: tuple[Outbound, ...], seen: str) -> None:
    """Law 2."""
    world = _world("question", "question")
    world.outbox = {reply.outbox_id: reply for reply in replies}

    with pytest.raises(Broken, match=seen):
        Model(world).check()


def test_send_that_begins_after_the_opt_out_breaks_a_law() -> None:
    """Law 3."""
    world = _world("question", "stop")
    world.claims.append((_reply(1, "m1"), world.suppressed))

    with pytest.raises(Broken, match="began after the opt-out"):
        Model(world).check()


def test_send_that_begins_while_a_human_has_the_word_breaks_a_law() -> None:
    """Law 4."""
    world = _world("question")
    world.claims.append((_reply(1, "m1"), False))
    model = Model(world, word={"run-1"})

    with pytest.raises(Broken, match="began while a human has the word"):
        model.check()


def test_endless_handoffs_break_a_law() -> None:
    """Law 5."""
    model = Model(_world("question"))
    model.handoffs["run-1"] = 3

    with pytest.raises(Broken, match="3 handoffs in run-1 for 1 reasons"):
        model.check()


def test_replay_that_differs_from_the_record_breaks_a_law() -> None:
    """Law 7: a run whose record was made by other code is not gone on with."""
    play = Play()
    play.text("question")
    play.deliver()
    run = play.runs[0]
    run.journal[0] = run.journal[0].__class__(run.journal[0].jobs, BEGAN, (), ())

    with pytest.raises(Broken, match="replay differs"):
        play.deploy()
    play.end()
