"""Hypothesis plays the scheduler: it looks for the shortest story that breaks a law."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from domain.conversation import ConversationPolicy
from domain.escalation import HandoffMode
from tests.simulation.dice import Dice
from tests.simulation.play import Helped, Operator, Play
from tests.simulation.stage import Manner
from tests.simulation.world import TextKind

_TEXTS: tuple[TextKind, ...] = (
    "question", "doubt", "stop", "stop_question", "start", "thanks", "legal", "noise",
)  # fmt: skip
_OPERATORS: tuple[Operator, ...] = ("take_over", "hand_back", "close", "send_as_human")
_HELP: tuple[Helped, ...] = ("reply", "elsewhere", "close", "reopen")
_MANNERS: tuple[Manner, ...] = ("done", "done", "done", "lost", "given_up", "given_up_after_all")
_JUMPS = (None, timedelta(seconds=1), timedelta(minutes=16), timedelta(hours=25))
_NUMBERS = st.lists(st.integers(0, 200), max_size=4)


class Conversations(RuleBasedStateMachine):
    """One contact; every rule is something that may happen next."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play()

    @initialize(
        burst=st.sampled_from((3, 0)),
        caps=st.sampled_from((8, 1)),
        supersedes=st.sampled_from((3, 0)),
        turns_per_run=st.sampled_from((100, 1)),
        mode=st.sampled_from(HandoffMode),
    )
    def open(
        self, burst: int, caps: int, supersedes: int, turns_per_run: int, mode: HandoffMode
    ) -> None:
        """Choose the brand's settings."""
        policy = ConversationPolicy(
            burst_window=timedelta(seconds=burst),
            max_agent_texts=caps,
            max_supersedes=supersedes,
            turns_per_run=turns_per_run,
            publishes=True,
            chase_after=timedelta(hours=4),
        )
        self.play = Play(policy, mode)

    @rule(kind=st.sampled_from(_TEXTS))
    def text(self, kind: TextKind) -> None:
        """The customer writes."""
        self.play.text(kind)

    @precondition(lambda self: self.play.mail)
    @rule(number=st.integers(0, 3), again=st.booleans(), hold=st.booleans())
    def deliver(self, *, number: int, again: bool, hold: bool) -> None:
        """A signal arrives: in order or not, and perhaps once more later."""
        self.play.deliver(number, again=again, hold=hold)

    @precondition(lambda self: self.play.run)
    @rule(name=st.sampled_from(_OPERATORS))
    def operate(self, name: Operator) -> None:
        """An operator acts."""
        self.play.operate(name)

    @precondition(lambda self: self.play.run)
    @rule(kind=st.sampled_from(_HELP), numbers=_NUMBERS)
    def help_out(self, kind: Helped, numbers: list[int]) -> None:
        """A human acts in the helpdesk."""
        self.play.help_out(kind, Dice(iter(numbers)))

    @precondition(lambda self: self.play.run and self.play.run.activities)
    @rule(number=st.integers(0, 2), manner=st.sampled_from(_MANNERS), numbers=_NUMBERS)
    def finish(self, number: int, manner: Manner, numbers: list[int]) -> None:
        """An activity answers, or fails, or has its answer lost."""
        self.play.finish(number, manner, Dice(iter(numbers)))

    @precondition(lambda self: any(run.zombies for run in self.play.runs))
    @rule(number=st.integers(0, 2), numbers=_NUMBERS)
    def haunt(self, number: int, numbers: list[int]) -> None:
        """An activity that was called off takes effect all the same."""
        self.play.haunt(number, Dice(iter(numbers)))

    @precondition(lambda self: self.play.run)
    @rule(by=st.sampled_from(_JUMPS))
    def advance(self, by: timedelta | None) -> None:
        """Time passes."""
        self.play.advance(by)

    @precondition(lambda self: self.play.run)
    @rule()
    def deploy(self) -> None:
        """Another worker goes on."""
        self.play.deploy()

    def teardown(self) -> None:
        """Everything outstanding is done; nothing may be left over."""
        try:
            self.play.settle()
        finally:
            self.play.end()


TestConversations = Conversations.TestCase
TestConversations.settings = settings(
    max_examples=200,
    stateful_step_count=30,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
