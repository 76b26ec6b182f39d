"""What one customer has done and what was confirmed to them: the harness's own notes."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a text of a customer asks for.

    QUESTION must be answered, handed to a human or closed out; the words of STOP_AND_QUESTION must
    reach a human; NOISE may be met with silence.
    """

    QUESTION = "question"
    NOISE = "noise"
    STOP = "stop"
    STOP_AND_QUESTION = "stop_and_question"
    START = "start"
    HELP = "help"


STOPS = (Kind.STOP, Kind.STOP_AND_QUESTION)


@dataclass
class Said:
    """One text of a customer.

    Attributes:
        at: Just before it was sent.
        acked_at: When its webhook had been answered 200; None when it was not.
        dropped: The carrier kept its webhook to itself.
    """

    body: str
    kind: Kind
    sid: str
    at: datetime
    acked_at: datetime | None
    dropped: bool = False


@dataclass
class HumanWords:
    """What a human wrote to the customer; `taken` once the product has confirmed it."""

    body: str
    at: datetime
    taken: bool = False


@dataclass
class Word:
    """A human had the word: from the product's confirmation until it was to be given back."""

    since: datetime
    until: datetime | None = None


@dataclass
class Story:
    """One customer.

    Attributes:
        number: Their phone.
        name: Stands in every text of theirs, so that it can be told from all others.
        order: Name of their order, None without one.
        script: What they play.
        waits: How long each reply that was waited for took, in seconds.
        unanswered: They gave up waiting; the reply may still come.
    """

    number: str
    name: str
    order: str | None
    script: str
    said: list[Said] = field(default_factory=list)
    human: list[HumanWords] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    unanswered: bool = False

    def questions(self) -> list[Said]:
        """Return the texts that must not be left alone."""
        return [said for said in self.said if said.kind in (Kind.QUESTION, Kind.STOP_AND_QUESTION)]

    def silences(self) -> list[tuple[datetime, datetime | None]]:
        """Return from when until when nothing may be sent: STOP acknowledged, START given."""
        found: list[tuple[datetime, datetime | None]] = []
        since: datetime | None = None
        for said in self.said:
            if said.kind in STOPS and said.acked_at is not None and since is None:
                since = said.acked_at
            if said.kind is Kind.START and since is not None:
                found.append((since, said.at))
                since = None
        return [*found, (since, None)] if since is not None else found
