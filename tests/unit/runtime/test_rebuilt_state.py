"""Laws of rebuilding: no key is used for something else, no text answered twice, no word lost."""

from datetime import timedelta

import pytest

from activities.outgoing import outbox_id_of
from activities.send_messages import Purpose, SendReply
from domain.conversation import ConversationPolicy, Status
from domain.escalation import EscalationReason
from domain.gate.decision import Disposition, Doubt, Label
from domain.handover import Handover
from domain.message import MessageOrigin
from domain.outbox import OutboxState
from runtime.rebuilt_state import Circumstances, Rebuilt, rebuild
from runtime.rebuilt_texts import waits_for_outcome
from store.outbox_records import SendKind
from store.rebuild_records import (
    ConversationRecord,
    OpenRow,
    StoredReply,
    StoredText,
    StoredTicket,
)
from tests.builders import NOW, a_decision

AT = NOW - timedelta(hours=1)


def a_row(**changes: object) -> OpenRow:
    """Return a conversation in which the agent has answered."""
    given: dict[str, object] = {
        "conversation_id": "c",
        "brand": "acme",
        "contact_id": "k",
        "status": Status.WAITING,
        "owner": "agent",
        "intent": "order_status",
        "escalation_reason": None,
        "settings_version": 1,
        "revision": 3,
        "opened_at": AT,
    }
    return OpenRow.model_validate({**given, **changes})


def a_text(seq: int, *, minutes: int = 0, **changes: object) -> StoredText:
    """Return a text that turn 1 took, so many minutes after the conversation opened."""
    at = AT + timedelta(minutes=minutes)
    given: dict[str, object] = {
        "message_id": f"m{seq}",
        "seq": seq,
        "body": f"text {seq}",
        "received_at": at,
        "handover": Handover.TURN,
        "decision": a_decision(),
        "dispatched_at": at,
        "mine": True,
        "turn": 1,
    }
    return StoredText.model_validate({**given, **changes})


def waiting(seq: int, *, minutes: int = 1, **changes: object) -> StoredText:
    """Return a text that was told to the conversation and that no turn has taken."""
    return a_text(seq, minutes=minutes, **{"mine": False, "turn": None, **changes})


def sent(
    kind: SendKind = SendKind.REPLY,
    *,
    minutes: int = 1,
    turn: int = 1,
    handoff: int = 0,
    state: OutboxState = OutboxState.DELIVERED,
) -> StoredReply:
    """Return a text of ours, under the key that the product gives it."""
    request = SendReply(
        brand="acme",
        contact_id="k",
        conversation_id="c",
        turn=turn,
        attempt=int(kind is SendKind.REPLY),
        step=handoff,
        purpose=Purpose(kind.value),
    )
    human = kind is SendKind.HUMAN
    return StoredReply(
        outbox_id=outbox_id_of(request),
        mine=True,
        turn=turn,
        kind=kind,
        origin=MessageOrigin.HUMAN if human else MessageOrigin.AGENT,
        state=state,
        created_at=AT + timedelta(minutes=minutes),
    )


def a_ticket(number: int = 1, *, minutes: int = 2) -> StoredTicket:
    """Return a handoff's ticket."""
    at = AT + timedelta(minutes=minutes)
    return StoredTicket(external_id=f"conv:c:{number}", ticket_id=f"t{number}", opened_at=at)


def a_record(
    *found: StoredText | StoredReply | StoredTicket, row: OpenRow | None = None, **changes: object
) -> ConversationRecord:
    """Return a record that holds these, by default of a conversation with nothing before it."""
    texts = tuple(f for f in found if isinstance(f, StoredText))
    replies = tuple(f for f in found if isinstance(f, StoredReply))
    turns = [t.turn for t in texts if t.turn is not None] + [r.turn for r in replies]
    given: dict[str, object] = {
        "row": row or a_row(),
        "texts": texts,
        "replies": replies,
        "tickets": tuple(f for f in found if isinstance(f, StoredTicket)),
        "last_turn": max(turns, default=0),
        "settled_seq": 0,
        "settled_at": None,
    }
    return ConversationRecord.model_validate({**given, **changes})


def rebuilt(record: ConversationRecord, **changes: object) -> Rebuilt:
    """Rebuild a conversation whose brand has a helpdesk, with the default waits."""
    given: dict[str, object] = {
        "policy": ConversationPolicy(settings_version=1),
        "resolved_before": "earlier",
        "now": NOW,
    }
    return rebuild(record, Circumstances.model_validate({**given, **changes}))


def told(found: Rebuilt) -> list[tuple[str, Handover, EscalationReason | None]]:
    """Return what the conversation has still to act on."""
    return [(text.message_id, text.handover, text.escalation) for text in found.first]


def test_answered_conversation_waits_for_the_customer_with_its_numbers() -> None:
    """Nothing is owed; the next turn, the cap and the silence count from where it stood."""
    found = rebuilt(a_record(a_text(1), a_text(2, turn=2, minutes=3), sent(), sent(turn=2)))
    state = found.state

    assert found.first == ()
    assert (state.status, state.turn, state.agent_texts, state.handoffs) == (
        Status.WAITING, 2, 2, 0,
    )  # fmt: skip
    assert (state.seen, state.newest_seq, state.newest_turn_seq) == (["m1", "m2"], 2, 2)
    assert (state.opened, state.started, state.intent) == (True, True, "order_status")
    assert state.last_activity == AT + timedelta(minutes=3)
    assert state.resolved_before is None  # reviewed long ago


def test_texts_of_a_turn_without_an_outcome_are_answered_by_the_next_turn() -> None:
    """The key of the turn that was cut off is not used again: its draft may still be under way."""
    record = a_record(a_text(1), a_text(2), row=a_row(status=Status.OPEN))
    found = rebuilt(record)

    assert told(found) == [("m1", Handover.TURN, None), ("m2", Handover.TURN, None)]
    assert (found.state.turn, found.state.status) == (1, Status.OPEN)
    assert found.state.seen == []


def test_reply_of_an_earlier_turn_answers_no_text_of_the_last() -> None:
    """Only what came before it."""
    record = a_record(a_text(1), sent(), a_text(2, turn=2, minutes=2))

    assert [name for name, *_ in told(rebuilt(record))] == ["m2"]


@pytest.mark.parametrize(
    "state", [OutboxState.READY, OutboxState.VETOED, OutboxState.FAILED], ids=str
)
def test_reply_that_certainly_did_not_leave_is_made_anew(state: OutboxState) -> None:
    """Whoever was not answered is answered."""
    assert told(rebuilt(a_record(a_text(1), sent(state=state)))) == [("m1", Handover.TURN, None)]


def test_reply_that_was_never_found_goes_to_a_human_and_not_out_again() -> None:
    """It may have been read: a second one would be the same text twice."""
    found = rebuilt(a_record(a_text(1), sent(state=OutboxState.ABANDONED)))

    assert told(found) == [("m1", Handover.HANDOFF, EscalationReason.SEND_UNCERTAIN)]


@pytest.mark.parametrize("state", [OutboxState.SENDING, OutboxState.UNKNOWN], ids=str)
def test_conversation_whose_reply_may_have_left_is_not_started_yet(state: OutboxState) -> None:
    """First it is looked for at the carrier."""
    doubted = sent(turn=2, state=state)
    record = a_record(a_text(1), sent(), a_text(2, turn=2), doubted)

    assert waits_for_outcome(record) == (doubted.outbox_id,)
    assert waits_for_outcome(a_record(a_text(1), sent())) == ()
    earlier = a_record(a_text(1), sent(state=state), a_text(2, turn=2), sent(turn=2))
    assert waits_for_outcome(earlier) == ()  # the turn after it began, so that it was settled


def test_texts_told_and_not_taken_wait_again_those_not_told_come_by_themselves() -> None:
    """The inbox of the lost run; what nobody was told of is not seen either."""
    record = a_record(a_text(1), sent(), waiting(2), waiting(3, dispatched_at=None))
    found = rebuilt(record)

    assert told(found) == [("m2", Handover.TURN, None)]
    assert (found.state.seen, found.state.newest_seq) == (["m1"], 2)


def test_texts_that_an_earlier_conversation_knew_of_are_not_answered() -> None:
    """It took newer ones and ended after it was told of them; what it passed on is owed."""
    record = a_record(
        waiting(1, minutes=-9),
        waiting(2, minutes=-8, dispatched_at=AT),
        waiting(3, minutes=-8, mine=True),
        settled_seq=4,
        settled_at=AT - timedelta(minutes=5),
    )

    assert [name for name, *_ in told(rebuilt(record))] == ["m2", "m3"]


def test_opt_out_that_was_told_ends_the_conversation() -> None:
    """STOP waited in the lost inbox beside a question."""
    record = a_record(a_text(1), sent(), waiting(2), waiting(3, handover=Handover.OPT_OUT))

    assert [h for _, h, _ in told(rebuilt(record))] == [Handover.TURN, Handover.OPT_OUT]


def test_opt_out_whose_question_has_its_ticket_opens_no_second_one() -> None:
    """What is left of it is the end."""
    asked = waiting(2, handover=Handover.OPT_OUT_WITH_QUESTION)
    found = rebuilt(a_record(a_text(1), sent(), asked, a_ticket()))

    assert [h for _, h, _ in told(found)] == [Handover.OPT_OUT]


def test_thanks_shorten_the_silence_only_as_the_last_word() -> None:
    """An old one would end the conversation as confirmed though more was said since."""
    thanks = waiting(2, minutes=2, handover=Handover.THANKS)
    last = a_record(a_text(1), sent(), thanks)
    followed = a_record(a_text(1), sent(), thanks, a_text(3, turn=2, minutes=3), sent(turn=2))

    answered_since = a_record(a_text(1), sent(minutes=5), thanks)

    assert [name for name, *_ in told(rebuilt(last))] == ["m2"]
    assert told(rebuilt(answered_since)) == []
    assert told(rebuilt(followed)) == []


def test_text_in_doubt_is_asked_about_and_one_for_a_human_keeps_its_reason() -> None:
    """What the gate said of a text is told again in full."""
    legal = a_decision(Disposition.HELPDESK, Label.LEGAL_THREAT)
    found = rebuilt(a_record(waiting(1, handover=Handover.HANDOFF, decision=legal)))

    doubtful = a_decision().model_copy(update={"doubt": next(iter(Doubt))})

    assert told(found) == [("m1", Handover.HANDOFF, EscalationReason.LEGAL)]
    assert [text.doubt for text in rebuilt(a_record(waiting(1, decision=doubtful))).first] == [True]


def test_text_older_than_the_silence_is_not_answered_as_if_nothing_had_happened() -> None:
    """A day later it is handed over, or closed out, as the brand has chosen."""
    record = a_record(waiting(1))

    found = rebuilt(record, now=NOW + timedelta(days=2))
    assert told(found) == [("m1", Handover.HANDOFF, EscalationReason.SEND_UNCERTAIN)]


def handed(**changes: object) -> OpenRow:
    """Return a conversation in which a human has the word."""
    given = {"status": Status.HANDED_OFF, "owner": "human", "escalation_reason": "customer_asked"}
    return a_row(**{**given, **changes})


ACK = sent(SendKind.ACKNOWLEDGEMENT, handoff=1)


def test_human_who_has_the_word_keeps_it_with_the_ticket_and_what_they_owe() -> None:
    """No second handoff, acknowledgement or ticket; the next handoff gets a number of its own."""
    found = rebuilt(a_record(a_text(1), ACK, a_ticket(), row=handed()))
    state = found.state

    assert found.first == ()
    assert (state.status, state.ticket_id, state.handoffs) == (Status.HANDED_OFF, "t1", 1)
    assert state.had_human
    assert state.escalation is EscalationReason.CUSTOMER_ASKED
    assert state.owed is not None
    assert (state.owed.since, state.owed.told, state.owed.chases) == (ACK.created_at, True, 0)


def test_customer_who_was_told_that_it_still_waits_is_not_told_again() -> None:
    """The update stands in the outbox; the alert before it is not given again either."""
    update = sent(SendKind.UPDATE, minutes=30, handoff=1)
    found = rebuilt(a_record(a_text(1), ACK, a_ticket(), update, row=handed()))

    assert found.state.owed is not None
    assert (found.state.owed.chases, found.state.owed.noted) == (1, 1)


def test_human_who_has_answered_owes_nothing() -> None:
    """Their text is in the outbox, wherever they wrote it."""
    human = sent(SendKind.HUMAN, minutes=9).model_copy(update={"mine": False})
    found = rebuilt(a_record(a_text(1), ACK, a_ticket(), human, row=handed()))

    assert (found.state.status, found.state.owed) == (Status.HANDED_OFF, None)


def test_texts_that_came_after_the_ticket_are_brought_to_it_again() -> None:
    """The helpdesk drops those it has; the one that was under way may not have arrived."""
    record = a_record(a_text(1), ACK, a_ticket(), a_text(2, minutes=5), waiting(3), row=handed())

    assert told(rebuilt(record)) == [
        ("m2", Handover.HANDOFF, None),
        ("m3", Handover.TURN, None),
    ]


def test_operator_who_took_over_keeps_the_word_without_a_ticket() -> None:
    """Nobody owes a text for it, and none of its number is in use."""
    row = handed(escalation_reason="taken_over")
    state = rebuilt(a_record(a_text(1), sent(), row=row)).state

    assert (state.status, state.ticket_id, state.owed) == (Status.HANDED_OFF, None, None)
    assert state.handoffs == 1


def test_operator_who_took_over_a_handoff_owes_no_answer_that_is_chased() -> None:
    """They have come; nobody is alerted any more."""
    row = handed(escalation_reason="taken_over")

    assert rebuilt(a_record(a_text(1), ACK, a_ticket(), row=row)).state.owed is None


def test_handoff_whose_human_was_faster_than_its_ticket_is_not_taken_up_again() -> None:
    """They have answered: nothing has to bring them the question."""
    found = rebuilt(a_record(a_text(1), ACK, sent(SendKind.HUMAN, minutes=9), row=handed()))

    assert (found.state.status, told(found)) == (Status.HANDED_OFF, [])


def test_handoff_that_is_not_acknowledged_has_its_number_from_the_ticket() -> None:
    """A legal threat gets no text of ours, and the next handoff a ticket of its own."""
    row = handed(escalation_reason="legal")

    assert rebuilt(a_record(a_text(1), a_ticket(2), row=row)).state.handoffs == 2


@pytest.mark.parametrize(
    "by",
    [a_ticket(), sent(SendKind.HUMAN, minutes=9), sent(SendKind.CLOSEOUT, handoff=1,
     state=OutboxState.ABANDONED)],
    ids=["ticket", "human", "closeout"],
)  # fmt: skip
def test_text_that_was_dealt_with_otherwise_is_not_answered(
    by: StoredTicket | StoredReply,
) -> None:
    """The word is the agent's again, the question is a human's or was closed."""
    assert told(rebuilt(a_record(a_text(1), by))) == []


def test_words_of_a_human_that_the_lost_run_never_heard_of_give_them_the_word() -> None:
    """The store has it from the transaction that queued them."""
    human = sent(SendKind.HUMAN, minutes=9)
    found = rebuilt(a_record(a_text(1), sent(), human, row=a_row(owner="human")))

    assert found.state.status is Status.HANDED_OFF


@pytest.mark.parametrize("acknowledged", [True, False])
def test_handoff_without_a_ticket_is_taken_up_under_its_own_number(*, acknowledged: bool) -> None:
    """The same acknowledgement, found sent, and the same ticket, found opened, if they were."""
    texts = a_text(1, handover=Handover.HANDOFF), *((ACK,) if acknowledged else ())
    found = rebuilt(a_record(*texts, row=handed()))

    assert told(found) == [("m1", Handover.HANDOFF, EscalationReason.CUSTOMER_ASKED)]
    assert (found.state.status, found.state.handoffs, found.state.turn) == (Status.OPEN, 0, 1)


def test_second_handoff_without_a_ticket_is_taken_up_as_the_second() -> None:
    """The first one's ticket is another."""
    second = sent(SendKind.ACKNOWLEDGEMENT, minutes=20, turn=2, handoff=2)
    record = a_record(
        a_text(1), ACK, a_ticket(), a_text(2, turn=2, minutes=19), second, row=handed()
    )

    assert rebuilt(record).state.handoffs == 1


def test_word_given_back_leaves_the_handoff_settled_and_its_number_used() -> None:
    """What was in the human's ticket is not answered by the agent; the cap counts from there."""
    row = a_row(escalation_reason="customer_asked")
    found = rebuilt(a_record(a_text(1), sent(), ACK, a_ticket(), row=row))

    assert told(found) == []
    assert (found.state.status, found.state.handoffs) == (Status.WAITING, 1)
    assert (found.state.agent_texts, found.state.texts_before) == (1, 1)
    assert found.state.had_human


def test_closeout_is_not_sent_again() -> None:
    """Neither one that left nor one that may have."""
    for state in (OutboxState.DELIVERED, OutboxState.UNKNOWN):
        closed = sent(SendKind.CLOSEOUT, handoff=1, state=state)
        found = rebuilt(a_record(a_text(1), closed))
        assert (told(found), found.state.closed_out, found.state.handoffs) == ([], True, 1)


def test_rebuilding_is_the_same_every_time() -> None:
    """Two processes that both rebuild it start the same conversation."""
    record = a_record(a_text(1), sent(), waiting(2), a_ticket())

    assert rebuilt(record) == rebuilt(record)
