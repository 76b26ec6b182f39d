"""Laws of consent: opting out holds at once, is confirmed once, and every step is in the ledger."""

from datetime import timedelta

import pytest

from domain.errors import RuleBroken
from domain.gate.decision import Disposition, FixedText, Label, Layer
from domain.outbox import OutboxState
from store.outbox_records import SendKind, Veto
from tests.builders import NOW, a_decision, a_reply, an_inbound
from tests.store.rig import Store

LEDGER = "SELECT kind, scope FROM consent_event ORDER BY seq"
SUPPRESSED = "SELECT scope FROM suppression"


def test_stop_suppresses_confirms_and_logs(store: Store) -> None:
    """The confirmation may follow the opt-out, nothing else; the ledger keeps the words."""
    done = store.ingest(an_inbound("STOP"))
    assert done.notice_id is not None

    claim = store.outbox.claim_notice(done.notice_id, NOW)
    reply = store.outbox.claim(a_reply(store.contact_of(done)), NOW)

    assert (claim.granted, claim.row.kind) == (True, SendKind.CONFIRMATION)
    assert (reply.granted, reply.veto) == (False, Veto.SUPPRESSED)
    assert store.rows("SELECT kind, scope, source, matched, body FROM consent_event") == [
        ("opt_out", "all", "keyword", "test", "STOP")
    ]
    assert store.rows(SUPPRESSED) == [("all",)]


def test_stop_repeated_is_logged_again_and_confirmed_once(store: Store) -> None:
    """Each withdrawal is evidence; a second confirmation would be an unwanted text."""
    done = [store.ingest(an_inbound("STOP")) for _ in range(3)]

    assert [d.notice_id is not None for d in done] == [True, False, False]
    assert store.rows(LEDGER) == [("opt_out", "all")] * 3
    assert store.counts()["outbox"] == 1


def test_stop_confirmation_after_five_minutes_is_not_sent(store: Store) -> None:
    """The law presumes a later confirmation to be unwanted (47 CFR 64.1200(a)(12))."""
    notice = store.ingest(an_inbound("STOP")).notice_id or ""

    claim = store.outbox.claim_notice(notice, NOW + timedelta(minutes=5, seconds=1))

    assert (claim.granted, claim.veto) == (False, Veto.STALE)


def test_start_lifts_the_suppression_and_logs(store: Store) -> None:
    """After START the contact gets its confirmation, and replies again."""
    contact_id = store.contact_of(store.ingest(an_inbound("STOP")))
    done = store.ingest(an_inbound("START"))
    assert done.notice_id is not None

    confirmed = store.outbox.claim_notice(done.notice_id, NOW)
    reply = store.outbox.claim(a_reply(contact_id), NOW)

    assert (confirmed.granted, reply.granted) == (True, True)
    assert store.rows(LEDGER) == [("opt_out", "all"), ("opt_in", "all")]
    assert store.rows(SUPPRESSED) == []


def test_stop_after_start_is_confirmed_again(store: Store) -> None:
    """A new suppression is a new withdrawal and gets its own one confirmation."""
    done = [store.ingest(an_inbound(body)) for body in ("STOP", "START", "STOP")]

    assert [d.notice_id is not None for d in done] == [True, True, True]
    assert store.rows(SUPPRESSED) == [("all",)]


def test_help_while_suppressed_is_answered_and_nothing_else_is(store: Store) -> None:
    """HELP always gets its text; another fixed text to a suppressed contact is not even queued."""
    store.ingest(an_inbound("STOP"))
    helped = store.ingest(an_inbound("HELP"))
    who = store.inbound.ingest(
        an_inbound("who is this"),
        lambda *_: a_decision(label=Label.WHO_IS_THIS, fixed_text=FixedText.WHO_IS_THIS),
        NOW,
    )

    assert store.outbox.claim_notice(helped.notice_id or "", NOW).granted
    assert who.notice_id is None


def test_marketing_opt_out_is_confirmed_once_and_does_not_stop_replies(store: Store) -> None:
    """Who wants no campaigns still gets answers; STOP widens it and is confirmed for itself."""
    done = [store.ingest(an_inbound("NO MARKETING")) for _ in range(2)]
    contact_id = store.contact_of(done[0])
    replied = store.outbox.claim(a_reply(contact_id, "one"), NOW)
    stopped = store.ingest(an_inbound("STOP"))

    assert [d.notice_id is not None for d in (*done, stopped)] == [True, False, True]
    assert replied.granted
    assert not store.outbox.claim(a_reply(contact_id, "two"), NOW).granted
    assert store.rows(SUPPRESSED) == [("all",)]


def test_marketing_opt_out_after_stop_narrows_nothing(store: Store) -> None:
    """A weaker wish said later does not lift the stronger one."""
    store.ingest(an_inbound("STOP"))
    store.inbound.ingest(
        an_inbound("no promos"),
        lambda *_: a_decision(Disposition.OPT_OUT, Label.OPT_OUT_MARKETING, scope="marketing"),
        NOW,
    )

    assert store.rows(SUPPRESSED) == [("all",)]


def test_doubtful_opt_out_pauses_marketing_until_a_human_has_looked(store: Store) -> None:
    """Marketing stops at once, the handoff still gets its words, and the ledger says why."""
    done = store.inbound.ingest(
        an_inbound("enough already"),
        lambda *_: a_decision(Disposition.HELPDESK, Label.OPT_OUT_UNCERTAIN, scope="marketing"),
        NOW,
    )

    assert store.rows(SUPPRESSED) == [("marketing",)]
    assert store.rows(LEDGER) == [("opt_out", "marketing")]
    assert store.outbox.claim(a_reply(store.contact_of(done)), NOW).granted


def test_opt_out_that_speaks_of_danger_gets_its_help_text(store: Store) -> None:
    """The one text that may follow an opt-out is then the one that can save someone."""
    done = store.inbound.ingest(
        an_inbound("stop texting me i want to die"),
        lambda *_: a_decision(
            Disposition.OPT_OUT, Label.OPT_OUT_INTENT, scope="all", fixed_text=FixedText.SELF_HARM
        ),
        NOW,
    )

    assert store.outbox.claim_notice(done.notice_id or "", NOW).granted


@pytest.mark.parametrize("earlier", ["nothing", "NO MARKETING", "STOP"])
def test_suppress_by_the_carrier_holds_whatever_was_before(store: Store, earlier: str) -> None:
    """A carrier's block suppresses wholly, also where only marketing was; it is logged once."""
    contact_id = store.contact_of(store.ingest(an_inbound(earlier)))
    before = len(store.rows(LEDGER))

    for _ in range(2):
        store.outbox.suppress("acme", contact_id, "carrier:21610", NOW)

    assert store.rows(SUPPRESSED) == [("all",)]
    assert len(store.rows(LEDGER)) - before == (0 if earlier == "STOP" else 1)
    assert store.outbox.claim(a_reply(contact_id), NOW).veto is Veto.SUPPRESSED


def test_record_decision_of_the_model_opts_out_once(store: Store) -> None:
    """The model's verdict replaces the rules'; a retry writes nothing and names the same notice."""
    done = store.ingest(an_inbound("could you not"))
    verdict = a_decision(
        Disposition.OPT_OUT,
        Label.OPT_OUT_INTENT,
        layer=Layer.MODEL,
        scope="all",
        fixed_text=FixedText.STOP_CONFIRMATION,
    )

    notices = [
        store.conversations.record_decision("acme", done.message_id, verdict, NOW) for _ in range(2)
    ]

    assert notices[0] is not None
    assert notices == [notices[0]] * 2
    assert store.rows(LEDGER) == [("opt_out", "all")]
    assert store.conversations.decision("acme", done.message_id) == ("could you not", verdict)
    assert store.rows("SELECT handover FROM inbound_message") == [("opt_out",)]


def test_notice_is_queued_in_the_brands_words_and_pending_until_it_is_tried(store: Store) -> None:
    """A crash between commit and send leaves the confirmation for the sweeper."""
    notice = store.ingest(an_inbound("STOP")).notice_id or ""
    pending = store.inbound.pending_notices(NOW, 10)
    store.outbox.claim_notice(notice, NOW)

    assert pending == (notice,)
    assert store.inbound.pending_notices(NOW, 10) == ()
    row = store.outbox.get(notice)
    assert row is not None
    assert (row.state, row.body.split(":")[0]) == (OutboxState.SENDING, "Acme")


def _misread(store: Store, body: str = "please stop the noise on line 2") -> str:
    """Return a contact whom a rule took to have opted out."""
    verdict = a_decision(Disposition.OPT_OUT, Label.OPT_OUT_INTENT, scope="all")
    return store.contact_of(store.inbound.ingest(an_inbound(body), lambda *_: verdict, NOW))


def test_undo_of_a_misread_opt_out_lifts_it_and_is_logged(store: Store) -> None:
    """What a rule read out of free words an operator may take back; the ledger keeps both."""
    contact_id = _misread(store)

    assert store.consents.undo_opt_out("acme", contact_id, "ann", NOW)
    assert not store.consents.undo_opt_out("acme", contact_id, "ann", NOW)
    assert store.rows(SUPPRESSED) == []
    assert store.rows(LEDGER) == [("opt_out", "all"), ("opt_out_undone", "all")]


@pytest.mark.parametrize("firm", ["STOP", "carrier"])
@pytest.mark.parametrize("misread_first", [True, False])
def test_undo_of_what_a_keyword_or_the_carrier_said_is_refused(
    store: Store, firm: str, *, misread_first: bool
) -> None:
    """Only the customer can lift that, also when a rule had suppressed the contact before."""
    contact_id = _misread(store) if misread_first else store.contact_of(store.ingest(an_inbound()))
    if firm == "STOP":
        store.ingest(an_inbound("STOP"))
    else:
        store.outbox.suppress("acme", contact_id, "carrier:21610", NOW)

    with pytest.raises(RuleBroken):
        store.consents.undo_opt_out("acme", contact_id, "ann", NOW)

    assert store.rows(SUPPRESSED) == [("all",)]
