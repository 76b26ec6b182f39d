"""Seeded schedules of the whole conversation, without a server: the laws hold in every order."""

from collections import Counter
from datetime import timedelta

import pytest

from domain.conversation import ConversationPolicy
from domain.escalation import EscalationReason
from tests.simulation.choices import STEPS
from tests.simulation.dice import CALM, Dice
from tests.simulation.many import many
from tests.simulation.play import Play
from tests.simulation.schedules import play_out

_CHUNKS = 4
_SCHEDULES = 300


def _step(*, calls: int = 0, escalation: EscalationReason | None = None) -> Dice:
    """Return dice by which the model takes the step with so many calls, or that escalates so."""
    number = next(
        n for n, s in enumerate(STEPS) if (len(s.calls), s.escalation) == (calls, escalation)
    )
    return Dice(iter([number]))


def _asked() -> Play:
    """Return a play in which a question is being thought about."""
    play = Play(ConversationPolicy(burst_window=timedelta(0)))
    play.text("question")
    play.deliver()
    play.finish(0)
    return play


@pytest.mark.parametrize("chunk", range(_CHUNKS))
def test_schedules_drawn_from_seeds_break_no_law(chunk: int) -> None:
    """Texts, operators, failures and lost answers in any order; `many` plays more of them."""
    broken = many(1 + chunk * _SCHEDULES, _SCHEDULES)

    assert not broken, "\n".join(f"seed {seed}: {law}" for seed, law in broken.items())


def test_schedules_come_to_every_ending_and_every_kind_of_step() -> None:
    """Laws that hold because nothing ever happens would be worth nothing."""
    plays = [play_out(seed) for seed in range(1, 301)]

    endings = Counter(status for play in plays for status in play.model.status.values())
    steps = Counter(
        command.schedule_activity.activity_type
        for play in plays
        for run in play.runs
        for step in run.journal
        for command in step.commands
        if command.HasField("schedule_activity")
    )
    outcomes = {row.problem for play in plays for row in play.world.outbox.values()}
    again = sum(run.start.carry is not None for play in plays for run in play.runs)
    assert {"closed_out", "contained", "escalated", "ignored", "opted_out"} <= set(endings)
    assert any(status.startswith("resolved") for status in endings)
    assert set(steps) >= {"take_turn", "send_reply", "reconcile_send", "begin_handoff"}
    assert set(steps) >= {"open_ticket", "append_to_ticket", "chase_escalation", "review_return"}
    assert {None, "suppressed", "newer_text", "human_owns", "unreachable", "stale"} <= outcomes
    assert again, "no run was continued as new with its state"


def test_schedule_played_again_under_its_seed_gives_the_same_commands() -> None:
    """A schedule that broke a law can be looked at again."""
    first, second = play_out(77), play_out(77)

    assert [r.journal for r in first.runs] == [r.journal for r in second.runs]
    assert first.script == second.script


def test_question_told_before_an_older_opt_out_with_a_question_is_answered() -> None:
    """START came between them: the turn is overtaken, but its text is not lost on the way."""
    play = Play()
    play.text("stop_question")
    play.text("start")
    play.text("question")
    play.deliver(1)  # the question first
    play.finish(0)
    play.advance()
    play.finish(0, "lost")  # its draft is known to the store only
    play.deliver(0)

    play.settle()

    assert any("m3" in text for text in play.world.handed) or any(
        "m3" in reply.covers for reply in play.world.replies()
    )
    play.end()


def test_text_told_after_an_operator_closed_is_answered_by_the_next_conversation() -> None:
    """The operator has closed over the first text, and knew nothing of the second."""
    play = _asked()
    play.finish(0)  # the draft
    play.operate("close")
    play.text("question")
    play.deliver()

    play.settle()

    assert [reply.covers for reply in play.world.replies()][-1:] == [("m2",)]
    play.end()


def test_reply_that_was_posted_and_given_up_is_not_sent_again_after_a_human_gave_back() -> None:
    """Nobody knows what became of it: the agent must not answer its text a second time."""
    play = _asked()
    play.finish(0)  # the draft
    play.finish(0, "given_up_after_all")  # posted, and its answer lost for good
    play.operate("take_over")
    play.operate("hand_back")

    play.settle()

    assert [reply.covers for reply in play.world.replies()] == [("m1",)]
    play.end()


def test_human_who_takes_the_word_before_the_conversation_is_known_is_on_record() -> None:
    """Their first word finds no row; the row that is written next says who has the word."""
    play = Play()
    play.text("question")
    play.deliver()
    play.help_out("elsewhere")
    play.deliver()  # while the conversation is being opened
    while play.run is not None and play.run.activities:
        play.finish(len(play.run.activities) - 1)  # their word is noted first

    (row,) = play.world.rows.values()
    assert (row.owner, row.status) == ("human", "handed_off")
    play.settle()
    play.end()


def test_spend_cap_met_after_an_operator_took_the_word_leaves_it_with_them() -> None:
    """A turn that has written something is not torn; what it comes to is the human's to see."""
    play = _asked()
    writes, capped = _step(calls=2), _step(escalation=EscalationReason.SPEND_CAP)
    play.finish(0, dice=writes)
    play.operate("take_over")
    while play.run is not None and any(t.name != "take_turn" for t in play.run.activities.values()):
        play.finish(len(play.run.activities) - 1)
    play.finish(0, dice=capped)

    assert play.model.status == {"run-1": "handed_off"}
    play.settle()
    play.end()


def test_slow_first_attempt_that_lands_late_does_not_give_the_word_back() -> None:
    """The store's word is the workflow's, however late a record of an older one comes."""
    play = Play()
    play.text("question")
    play.deliver()
    play.finish(0)
    play.operate("take_over")
    play.finish(0)
    play.operate("hand_back")
    play.finish(0)
    taken = next(task for task in play.runs[0].answered if task.name == "record_status")
    play.activities.take_effect(taken, CALM)

    (row,) = play.world.rows.values()
    assert (row.owner, row.status) == ("agent", "waiting")
    play.settle()
    play.end()


def test_operator_who_closes_while_the_customer_is_told_waits_for_no_helpdesk() -> None:
    """A helpdesk may be away for a day; nobody needs the ticket any more."""
    play = _asked()
    play.finish(0, dice=_step(escalation=EscalationReason.CUSTOMER_ASKED))
    play.finish(0)  # the handoff begins, the customer is being told
    play.operate("close")
    while play.run is not None and play.run.activities:
        assert {task.name for task in play.run.activities.values()} != {"open_ticket"}
        play.finish(len(play.run.activities) - 1)

    assert play.model.status == {"run-1": "closed_out"}
    play.end()
