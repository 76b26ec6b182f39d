"""Laws of segments, their cache and the audit: five minutes, one brand, nothing forgotten."""

from datetime import timedelta

import pytest

from domain.brand import BrandSettings
from domain.brand_accounts import KlaviyoAccount, MarketingSettings
from domain.gate.context import GateContext
from domain.gate.decision import Decision, Disposition, FixedText, Label, Layer
from domain.gate.settings import AudienceMode, AudienceSettings, GateSettings
from store.audit import SqlAuditStore
from store.audit_base import AuditAction, AuditEntry
from store.memberships import SqlMembershipStore
from tests.builders import NOW, PHONE, a_decision, an_inbound, some_settings
from tests.store.rig import Store

OTHER = "+13125550143"
FIVE_MINUTES = timedelta(minutes=5)


@pytest.fixture
def segments(store: Store) -> SqlMembershipStore:
    """Give the part of the store that knows segments."""
    return SqlMembershipStore(store.database)


@pytest.fixture
def audit(store: Store) -> SqlAuditStore:
    """Give the part of the store that knows what was done."""
    return SqlAuditStore(store.database)


def _vips(*, klaviyo: bool = True) -> BrandSettings:
    audience = AudienceSettings(mode=AudienceMode.ONLY_SEGMENTS, segments=("vip",))
    marketing = MarketingSettings(klaviyo=KlaviyoAccount() if klaviyo else None)
    update = {"gate": GateSettings(audience=audience), "marketing": marketing}
    return some_settings().model_copy(update=update)


def _context(store: Store, sender: str = PHONE, *, seconds: float = 0) -> GateContext:
    """Take a text in and return what the gate was told about its sender."""
    told: list[GateContext] = []

    def note(_text: str, context: GateContext, _settings: BrandSettings) -> Decision:
        told.append(context)
        return a_decision()

    now = NOW + timedelta(seconds=seconds)
    store.inbound.ingest(an_inbound(sender=sender, received_at=now), note, now)
    return told[0]


def _contact(store: Store, phone: str = PHONE, brand: str = "acme") -> str:
    query = "SELECT id FROM contact WHERE phone = :phone AND brand = :brand"
    return str(store.rows(query, phone=phone, brand=brand)[0][0])


def test_r33_what_klaviyo_said_counts_for_five_minutes_and_no_longer(
    store: Store, segments: SqlMembershipStore
) -> None:
    """Fresh: known. Stale: to be read again, and not guessed from what was."""
    store.add_brand(_vips())
    first = _context(store)
    segments.remember_outside("acme", _contact(store), {"vip", "new"}, NOW)

    fresh, stale = _context(store, seconds=300), _context(store, seconds=301)

    assert (first.segments, first.segments_readable) == (None, True)
    assert (fresh.segments, fresh.segments_readable) == (frozenset({"vip", "new"}), False)
    assert (stale.segments, stale.segments_readable) == (None, True)


def test_r33_reading_again_replaces_what_was_read(
    store: Store, segments: SqlMembershipStore
) -> None:
    """Who has left the segment is out of it."""
    store.add_brand(_vips())
    _context(store)
    contact_id = _contact(store)
    segments.remember_outside("acme", contact_id, {"vip"}, NOW)
    segments.remember_outside("acme", contact_id, set(), NOW + FIVE_MINUTES)

    assert _context(store, seconds=600).segments == frozenset()


def test_r33_own_segments_are_known_at_once_for_a_number_that_never_wrote(
    store: Store, segments: SqlMembershipStore
) -> None:
    """Without a platform nothing is left to be read, whoever writes."""
    store.add_brand(_vips(klaviyo=False))
    segments.replace_segment("acme", "vip", [PHONE], "ada", NOW)

    member, other = _context(store), _context(store, OTHER)

    assert (member.segments, member.segments_readable) == (frozenset({"vip"}), False)
    assert (other.segments, other.segments_readable) == (frozenset(), False)


def test_r33_own_segment_that_settles_it_needs_no_platform(
    store: Store, segments: SqlMembershipStore
) -> None:
    """Whatever Klaviyo would add, the member of the named segment stays one."""
    store.add_brand(_vips())
    segments.replace_segment("acme", "vip", [PHONE], "ada", NOW)

    assert _context(store).segments == frozenset({"vip"})
    assert _context(store, OTHER).segments is None


def test_r32_brand_for_everyone_reads_no_segments(store: Store) -> None:
    """The webhook of most brands pays nothing for it."""
    store.ingest(an_inbound())

    with store.statements() as seen:
        store.ingest(an_inbound())

    assert not any("segment_member" in s or "membership" in s for s in seen)


def test_segments_of_one_brand_are_not_anothers(store: Store, segments: SqlMembershipStore) -> None:
    """The same number and the same name, two brands."""
    store.add_brand(_vips(klaviyo=False))
    segments.replace_segment("birch", "vip", [PHONE], "ada", NOW)
    segments.remember_outside("birch", "contact", {"vip"}, NOW)

    assert _context(store).segments == frozenset()
    assert segments.segment("acme", "vip") == ()
    assert segments.memberships("acme", "contact", PHONE, NOW).outside is None


def test_segment_is_replaced_whole_and_holds_each_number_once(
    store: Store, segments: SqlMembershipStore
) -> None:
    """Who is not listed any more is out; another segment is left alone."""
    segments.replace_segment("acme", "vip", [PHONE, OTHER, PHONE], "ada", NOW)
    segments.replace_segment("acme", "new", [OTHER], "ada", NOW)
    assert segments.segment("acme", "vip") == (PHONE, OTHER)

    assert segments.replace_segment("acme", "vip", [OTHER], "ada", NOW) == 1
    assert segments.segment("acme", "vip") == (OTHER,)
    assert segments.replace_segment("acme", "vip", [], "ada", NOW) == 0
    assert (segments.segment("acme", "vip"), segments.segment("acme", "new")) == ((), (OTHER,))


def test_audit_tells_newest_first_page_by_page(store: Store, audit: SqlAuditStore) -> None:
    """Saving settings and segments is in it, with who did it; equal settings are no act."""
    store.add_brand(some_settings(name="Acme Two"))
    store.add_brand(some_settings(name="Acme Two"))
    SqlMembershipStore(store.database).replace_segment("acme", "vip", [PHONE], "ada", NOW)
    closed = AuditEntry(brand="birch", actor="ada", action=AuditAction.CLOSED)
    audit.record(closed, NOW)

    found = audit.entries("acme", None, 10)

    assert [(e.actor, e.action.value, dict(e.detail)) for e in found] == [
        ("ada", "segment_saved", {"segment": "vip", "size": 1}),
        ("test", "settings_saved", {"version": 2}),
        ("test", "settings_saved", {"version": 1}),
    ]
    assert audit.entries("acme", None, 1) == found[:1]
    assert audit.entries("acme", found[0].seq, 1) == found[1:2]
    assert found[0].at == NOW


def test_audit_of_an_undone_opt_out_names_the_operator(store: Store, audit: SqlAuditStore) -> None:
    """One entry for one undoing; a second attempt finds nothing to undo."""
    done = store.ingest(an_inbound("NO MARKETING"))
    contact_id = store.contact_of(done)
    assert store.consents.undo_opt_out("acme", contact_id, "ada", NOW)
    assert not store.consents.undo_opt_out("acme", contact_id, "ada", NOW)

    undone = [e for e in audit.entries("acme", None, 10) if e.action is AuditAction.OPT_OUT_UNDONE]
    assert [(e.actor, dict(e.detail)) for e in undone] == [("ada", {"contact_id": contact_id})]


def test_verdict_of_the_same_rule_and_layer_replaces_the_one_in_doubt(store: Store) -> None:
    """A possible opt-out that no model settled pauses marketing, once, however often it is told."""
    asked = store.ingest(an_inbound())
    parked = a_decision(
        Disposition.HELPDESK, Label.OPT_OUT_UNCERTAIN, layer=Layer.RULE, scope="marketing"
    )
    before = store.counts()["consent_event"]
    for _ in range(2):
        store.conversations.record_decision("acme", asked.message_id, parked, NOW)

    assert store.rows("SELECT scope FROM suppression") == [("marketing",)]
    assert store.counts()["consent_event"] == before + 1


def test_fixed_text_of_a_settled_decision_is_queued_once_and_reported_twice(store: Store) -> None:
    """A retry of the activity sends nothing a second time."""
    asked = store.ingest(an_inbound())
    sorry = a_decision(label=Label.INELIGIBLE, fixed_text=FixedText.INELIGIBLE)
    told = {
        store.conversations.record_decision("acme", asked.message_id, sorry, NOW) for _ in range(2)
    }
    assert len(told) == 1
    assert None not in told
    assert store.counts()["outbox"] == 1
