"""The record of a run: what the sandbox saw, and what the operator API says in the end."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from tests.faults.story import Story
from tests.faults.world import World

Json = dict[str, Any]

ENDED = frozenset(
    {
        "handed_off",
        "resolved_confirmed",
        "resolved_verified",
        "contained",
        "escalated",
        "closed_out",
        "opted_out",
    }
)
"""States in which a conversation may be left alone; with `handed_off` a human has it."""


_SLOWEST = timedelta(seconds=10)


@dataclass(frozen=True)
class Send:
    """One request to send a text, as the carrier received it; `at` is when it arrived."""

    to: str
    body: str
    at: datetime
    status: int | None

    @property
    def accepted(self) -> bool:
        """Whether the carrier took it, whatever the product heard of that."""
        return self.status == 201


@dataclass
class Record:
    """Everything the checks look at.

    Attributes:
        stories: What customers and humans did.
        sends: Requests to the carrier, in order of arrival.
        tickets: The helpdesk's.
        deliveries: What the events receiver was given, repeats included.
        refused: Why it refused some.
        outcomes: The operator API's word on each text, by the carrier's id.
        conversations: And on each conversation.
    """

    stories: list[Story]
    sends: list[Send] = field(default_factory=list)
    tickets: list[Json] = field(default_factory=list)
    deliveries: list[Json] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    outcomes: dict[str, Json] = field(default_factory=dict)
    conversations: dict[str, Json] = field(default_factory=dict)


@dataclass
class Recorder:
    """Gathers the record while a run goes on and after it."""

    world: World
    record: Record
    _kept: list[Send] = field(default_factory=list)

    async def heal_twilio(self) -> None:
        """Forget the carrier's faults; its requests are forgotten with them, hence kept here."""
        self._kept += await self._requests()
        await self.world.control("/twilio/_control/reset", {})

    async def refresh(self) -> Record:
        """Look at everything again; what is final is not asked for twice."""
        record = self.record
        tried = [*self._kept, *await self._requests()]
        record.sends = [send for send in tried if not send.accepted]
        for story in record.stories:
            record.sends += _taken(await self.world.phone(story.number), tried)
        record.tickets = await self.world.tickets(fresh=True)
        came = await self.world.control("/events/_control/deliveries")
        record.deliveries, record.refused = came["deliveries"], came["refused"]
        for story in record.stories:
            for said in story.questions():
                await self._outcome(said.sid)
        return record

    async def _outcome(self, sid: str) -> None:
        known = self.record.outcomes.get(sid)
        if known is None or not known["conversation_id"]:
            found = await self.world.outcome(sid)
            if found is None:
                return
            self.record.outcomes[sid] = known = found
        conversation_id = known["conversation_id"]
        seen = self.record.conversations.get(conversation_id)
        if conversation_id and (seen is None or seen["status"] not in ENDED):
            conversation = await self.world.conversation(conversation_id)
            if conversation is not None:
                self.record.conversations[conversation_id] = conversation

    async def _requests(self) -> list[Send]:
        found = (await self.world.control("/twilio/_control/requests"))["requests"]
        return [
            _send(request)
            for request in found
            if request["method"] == "POST"
            and request["path"].endswith("/Messages.json")
            # Whoever was killed in mid-post has sent no form, or half of one: nothing was taken.
            and {"To", "Body"} <= parse_qs(request["body"]).keys()
        ]


def _taken(shown: list[Json], tried: list[Send]) -> list[Send]:
    """Return what the phone has received from us, each with the time its request arrived."""
    sends = []
    for line in shown:
        if line["author"] != "api":
            continue
        to, body, at = line["to"], line["body"], datetime.fromisoformat(line["at"])
        arrived = [s.at for s in tried if s.accepted and (s.to, s.body) == (to, body)]
        # A vendor that was told to be slow notes the text later than its request arrived.
        fitting = [a for a in arrived if at - _SLOWEST < a <= at]
        sends.append(Send(to, body, max(fitting, default=at), 201))
    return sends


def _send(request: Json) -> Send:
    form = parse_qs(request["body"])
    return Send(
        to=form["To"][0],
        body=form["Body"][0],
        at=datetime.fromisoformat(request["at"]),
        status=request["status"],
    )
