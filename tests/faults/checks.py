"""The invariants, each checked on the sandbox's record (ids of reliability 3.3 in brackets)."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from tests.faults.customer import holds
from tests.faults.event_checks import check_events
from tests.faults.record import ENDED, Record, Send
from tests.faults.story import STOPS, Kind, Said, Story
from tests.faults.violation import Violation

IN_FLIGHT = timedelta(seconds=5.5)
"""A send that had begun may still arrive: the product's permission to post is valid for 5 s.

`in_flight` counts them, so that a run shows how many there were.
"""

_ACKNOWLEDGED = "Thanks, I'm passing this to our team."
_CONFIRMED = "You are unsubscribed"
_FIXED = (_CONFIRMED, "You are resubscribed", "Msg frequency varies")
_GENERIC = ("Sorry, I can't answer that one", "Our team will text", "I've passed this to our team")
_ORDER = re.compile(r"#5\d{4}\b")


def check(record: Record) -> list[Violation]:
    """Return every violation in the record; empty when all laws held."""
    found: list[Violation] = []
    by_phone: dict[str, list[Send]] = {}
    for send in record.sends:
        by_phone.setdefault(send.to, []).append(send)
    for story in record.stories:
        sends = by_phone.get(story.number, [])
        accepted = [send for send in sends if send.accepted]
        found += _lost(record, story, sends)
        found += _doubled(record, story, accepted)
        found += _after_stop(story, sends)
        found += _after_takeover(story, accepted)
        found += _human_words(story, sends)
        found += _of_others(story, accepted)
    return [
        *found,
        *_tickets(record),
        *_handoffs(record),
        *check_events(record),
        *_conversations(record),
    ]


def unfinished(violations: list[Violation]) -> bool:
    """Return whether waiting longer may still heal one of these."""
    return any(v.law in _MAY_HEAL for v in violations)


_MAY_HEAL = ("lost", "lost human words", "event missing", "not recorded", "not ended")


def _lost(record: Record, story: Story, sends: list[Send]) -> Iterator[Violation]:
    """Every admitted text is answered, handed off or closed out [I-1]."""
    for said in story.questions():
        if said.kind is Kind.QUESTION and _is_silenced(story, said):
            continue
        if any(holds(ticket, said.body) for ticket in record.tickets):
            continue
        if said.kind is Kind.QUESTION and _is_with_a_human(story, sends):
            continue
        answered = any(
            send.at > said.at and send.accepted and not _is_fixed(send.body) for send in sends
        )
        if said.kind is Kind.STOP_AND_QUESTION or not answered:
            yield Violation("lost", _who(story), f"{said.body!r} of {said.at:%H:%M:%S}")
        elif said.sid not in record.outcomes:
            yield Violation("not recorded", _who(story), f"{said.body!r} is not known")
        elif record.outcomes[said.sid]["conversation_id"] is None:
            yield Violation("not recorded", _who(story), f"{said.body!r} has no conversation")


def _is_with_a_human(story: Story, sends: list[Send]) -> bool:
    """Whether it now lies with a human who has the word.

    They could not write, and know it; or the carrier failed on what they wrote: it is never sent
    blindly, they are told.
    """
    if story.words and not any(words.taken for words in story.human):
        return True
    human = {words.body for words in story.human}
    return any(_is_unsure(send) for send in sends if send.body in human)


def _is_unsure(send: Send) -> bool:
    return send.status is None or send.status >= 500


def _is_silenced(story: Story, said: Said) -> bool:
    """Whether an opt-out allows this text to stay without an answer."""
    stops = [s for s in story.said if s.kind in STOPS]
    if said.acked_at is None and stops:
        return True  # it is learned of late, perhaps after the opt-out
    for since, until in story.silences():
        if said.at <= since or until is None or said.at <= until:
            return True
    return False


def _doubled(record: Record, story: Story, accepted: list[Send]) -> Iterator[Violation]:
    """At most one reply per text, no text twice [I-2]."""
    human = {words.body for words in story.human}
    replies = [s.body for s in accepted if not _is_fixed(s.body) and s.body not in human]
    acknowledged = sum(_ACKNOWLEDGED in body for body in replies)
    tickets = sum(story.number in str(t["opened"]["contact"]) for t in record.tickets)
    if acknowledged > max(tickets, 1):
        seen = f"{acknowledged} acknowledgements, {tickets} tickets"
        yield Violation("doubled", _who(story), seen)
    answers = [body for body in replies if _ACKNOWLEDGED not in body]
    if len(answers) > len(story.questions()):
        seen = f"{len(answers)} replies to {len(story.questions())} texts: {answers}"
        yield Violation("doubled", _who(story), seen)
    for body, count in Counter(
        body.partition("assistant: ")[2] or body for body in answers
    ).items():
        if count > 1 and not body.startswith(_GENERIC):
            yield Violation("doubled", _who(story), f"{count} times {body!r}")
    stops = sum(said.kind in STOPS for said in story.said)
    confirmed = sum(_CONFIRMED in send.body for send in accepted)
    if confirmed > stops:
        yield Violation("doubled", _who(story), f"{confirmed} confirmations of {stops} STOP")


def _after_stop(story: Story, sends: list[Send]) -> Iterator[Violation]:
    """Nothing is tried after an acknowledged STOP but one confirmation, until START [I-3].

    What the carrier refuses because it blocks the number as well is a fault of ours all the same.
    """
    for since, until in story.silences():
        late = [s for s in sends if s.at > since and (until is None or s.at < until)]
        confirmations = [s for s in late if _CONFIRMED in s.body and s.accepted]
        if len(confirmations) > 1:
            yield Violation("after stop", _who(story), f"{len(confirmations)} confirmations")
        for send in late:
            if _CONFIRMED not in send.body and send.at > since + IN_FLIGHT:
                seconds = (send.at - since).total_seconds()
                yield Violation("after stop", _who(story), f"{seconds:.1f} s later {send.body!r}")


def _after_takeover(story: Story, accepted: list[Send]) -> Iterator[Violation]:
    """No text of the agent while a human has the word [I-9]."""
    human = {words.body for words in story.human}
    for word in story.words:
        for send in accepted:
            after = send.at > word.since + IN_FLIGHT
            inside = after and (word.until is None or send.at < word.until)
            if inside and send.body not in human and not _is_fixed(send.body):
                seen = f"{(send.at - word.since).total_seconds():.1f} s later {send.body!r}"
                yield Violation("after takeover", _who(story), seen)


def in_flight(record: Record) -> int:
    """Return how many texts were under way when a STOP or a takeover was acknowledged."""
    count = 0
    for story in record.stories:
        sends = [s for s in record.sends if s.to == story.number and not _is_fixed(s.body)]
        human = {words.body for words in story.human}
        since = [since for since, _ in story.silences()]
        count += sum(at < s.at <= at + IN_FLIGHT for at in since for s in sends)
        since = [word.since for word in story.words]
        agent = [s for s in sends if s.body not in human]
        count += sum(at < s.at <= at + IN_FLIGHT for at in since for s in agent)
    return count


def _human_words(story: Story, sends: list[Send]) -> Iterator[Violation]:
    """What a human wrote, and was told is on its way, arrives exactly once."""
    stopped = any(said.kind in STOPS for said in story.said)
    for words in story.human:
        tried = [send for send in sends if send.body == words.body]
        taken = sum(send.accepted for send in tried)
        if taken > 1:
            yield Violation("doubled", _who(story), f"{taken} times {words.body!r}")
        unsure = any(_is_unsure(send) for send in tried)
        if taken == 0 and words.taken and not unsure and not stopped:
            yield Violation("lost human words", _who(story), words.body)


def _of_others(story: Story, accepted: list[Send]) -> Iterator[Violation]:
    """No order of one customer is named to another [I-6]."""
    for send in accepted:
        if any(name != story.order for name in _ORDER.findall(send.body)):
            yield Violation("of others", _who(story), send.body)


def _tickets(record: Record) -> Iterator[Violation]:
    """One ticket per handoff, each text once in it [I-8]."""
    for name, count in Counter(t["external_id"] for t in record.tickets).items():
        if count > 1:
            yield Violation("ticket doubled", name, f"{count} tickets")
    for ticket in record.tickets:
        ids = Counter(m["message_id"] for m in ticket["messages"] if m.get("message_id"))
        if any(count > 1 for count in ids.values()):
            yield Violation("ticket doubled", ticket["id"], "a text stands in it twice")


def _handoffs(record: Record) -> Iterator[Violation]:
    """One handoff per text [I-8]."""
    handoffs: Counter[tuple[str, str]] = Counter()
    for ticket in record.tickets:
        asked = [line for line in ticket["opened"]["transcript"] if line["direction"] == "inbound"]
        handoffs[str(ticket["external_id"]).split(":")[1], asked[-1]["message_id"]] += 1
    for (conversation_id, _), count in handoffs.items():
        if count > 1:
            yield Violation("handoff doubled", conversation_id, f"{count} tickets about one text")
    for story in record.stories:
        count = sum(story.number in str(t["opened"]["contact"]) for t in record.tickets)
        if count > len(story.questions()):  # whichever conversations they stand in
            seen = f"{count} tickets about {len(story.questions())} texts"
            yield Violation("handoff doubled", _who(story), seen)


def _conversations(record: Record) -> Iterator[Violation]:
    """Every conversation ends, or a human has it [I-4]."""
    for conversation_id, found in record.conversations.items():
        if found["status"] not in ENDED:
            yield Violation("not ended", conversation_id, found["status"])


def _is_fixed(body: str) -> bool:
    return any(words in body for words in _FIXED)


def _who(story: Story) -> str:
    return f"{story.number} ({story.script})"
