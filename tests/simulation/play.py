"""One contact's whole story: what people may do, and how it is brought to its end."""

from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel

from domain.handover import STARTS_CONVERSATION
from tests.simulation import wire
from tests.simulation.dice import CALM, Dice
from tests.simulation.instance import Broken
from tests.simulation.model import conversation_of
from tests.simulation.stage import Stage
from tests.simulation.world import TextKind
from workflows.protocol import (
    Close,
    HandBack,
    HumanReply,
    ReceiveInbound,
    SendAsHuman,
    TakeOver,
    TicketWasClosed,
    TicketWasReopened,
)
from workflows.start import ConversationStart

Helped = Literal["reply", "elsewhere", "close", "reopen"]
Operator = Literal["take_over", "hand_back", "close", "send_as_human"]

_MOST_STEPS = 800


@dataclass
class Letter:
    """A signal under way; it may come late, out of order and twice."""

    name: str
    message: BaseModel
    starts: bool = False


@dataclass
class Play(Stage):
    """A simulation.

    Attributes:
        mail: Signals that have not arrived.
    """

    mail: list[Letter] = field(default_factory=list)
    _updates: int = 0

    def text(self, kind: TextKind) -> None:
        """Have the customer write; the store knows it at once, the workflow when the mail comes."""
        self.note(f"text {kind}")
        told = self.world.receive(kind).told()
        if told is not None:
            starts = told.handover in STARTS_CONVERSATION
            self.mail.append(Letter("receive_inbound", told, starts))

    def deliver(self, number: int = 0, *, again: bool = False, hold: bool = False) -> None:
        """Let a signal arrive; it starts a conversation where none runs.

        Args:
            number: Which of those under way.
            again: It will come once more.
            hold: It arrives in the same instant as what comes next.
        """
        letter = self.mail[number % len(self.mail)]
        if isinstance(letter.message, HumanReply):
            self.world.unheard.pop(letter.message.message_id, None)
        self.note(f"deliver {letter.message} again={again} hold={hold}")
        if not again:
            self.mail.remove(letter)
        if self.run is None:
            if not letter.starts:
                return
            self.begin(ConversationStart(brand="trailhead", contact_id="c1"))
        self._hear(letter)
        self.put(wire.signal(letter.name, letter.message), hold=hold)

    def operate(self, name: Operator) -> None:
        """Have an operator do something, if a conversation runs."""
        self.note(name)
        self._updates += 1
        argument = {
            "take_over": TakeOver(operator=f"ada{self._updates % 2}"),
            "hand_back": HandBack(operator="ada"),
            "close": Close(operator="ada"),
            "send_as_human": SendAsHuman(operator="ada", body="hi", key=f"k{self._updates}"),
        }[name]
        if self.run is not None:
            self.put(wire.update(name, argument, f"{name}-{self._updates}"))

    def help_out(self, kind: Helped, dice: Dice = CALM) -> None:
        """Have a human answer in the helpdesk or elsewhere, close the ticket or open it again."""
        self.model.human_acts += 1
        words = HumanReply(message_id=f"h{self.model.human_acts}", body="hi", author="eve")
        tickets = sorted(self.world.tickets)
        if kind == "elsewhere":
            self.note("a human writes from the brand's number")
            self._write(words)
        elif tickets:
            self._in_helpdesk(kind, dice.pick(tickets[::-1]), words)

    def settle(self) -> None:
        """Let everything outstanding be done, the clocks run out, and check that nothing is left.

        Raises:
            Broken: A law does not hold, or the story does not end.
        """
        for _step in range(_MOST_STEPS):
            self.flush()
            if self.held:  # it was continued as new
                continue
            if self.mail:
                self.deliver()
            elif self.run is None:
                break
            elif self.run.activities:
                self.finish(0)
            elif self.run.timers:
                self.model.check_word(conversation_of(self.run))
                self.advance()
            else:
                raise Broken("the conversation waits for nothing that could come")
        else:
            raise Broken("the conversation comes to no end")
        self.model.check()
        self.model.check_quiet()

    def _in_helpdesk(self, kind: Helped, external: str, words: HumanReply) -> None:
        ticket = self.world.tickets[external].ticket_id
        self.note(f"helpdesk {kind} {ticket}")
        match kind:
            case "close":
                closed = TicketWasClosed(ticket_id=ticket, at=self.world.now)
                self.mail.append(Letter("ticket_closed", closed))
            case "reopen":
                again = TicketWasReopened(ticket_id=ticket, at=self.world.now)
                self.mail.append(Letter("ticket_reopened", again))
            case _:
                self._write(words.model_copy(update={"ticket_id": ticket}))

    def _write(self, words: HumanReply) -> None:
        """Have a human's words and the word itself be one transaction; the signal comes later."""
        told = words.model_copy(update={"revision": self.world.give_word(words.message_id)})
        self.mail.append(Letter("human_reply", told))

    def _hear(self, letter: Letter) -> None:
        if self.run is not None and isinstance(letter.message, ReceiveInbound):
            heard = self.model.told.setdefault(conversation_of(self.run), set())
            heard.add(letter.message.message_id)
