"""A brand's settings: what is refused and how it is said, and that a version survives storage."""

from datetime import timedelta

import pytest
import yaml
from pydantic import JsonValue, ValidationError

from domain.brand import BrandSettings
from domain.brand_accounts import EventWebhook, HelpdeskSettings, KlaviyoAccount, ShopSettings
from domain.brand_conduct import Limits, Timers
from domain.conversation import ConversationPolicy
from domain.values import Value

Raw = dict[str, JsonValue]

LEAST: Raw = {
    "brand": "cedar-slate",
    "identity": {
        "name": "Cedar & Slate",
        "category": "outdoor clothing",
        "help_contact": "help@cedar-slate.example",
    },
    "senders": [{"number": "+13125550100"}],
    "helpdesk": {},
}
FULL: Raw = LEAST | {
    "shop": {"shop": "cedar-slate"},
    "model": {"adapter": "chat", "name": "small", "max_output_tokens": 300},
    "gate": {"audience": {"mode": "only_segments", "segments": ["VIP"]}},
    "handoff": {"mode": "closeout", "closeout": "Please write to help@cedar-slate.example."},
    "voice": {"rules": ["No exclamation marks."], "banned_words": ["cheap"]},
    "limits": {"max_segments": 3},
    "timers": {"burst_window_seconds": 0.5},
    "prices": {"currency": "EUR", "segment_out_micros": 70_000},
    "knowledge": [{"id": "returns", "title": "Returns: “how”?", "body": "30 days.\nYes: 30."}],
}


def _with(path: str, value: JsonValue) -> Raw:
    """Return the least settings with one value put at a dotted path."""
    *parents, last = path.split(".")
    changed: Raw = dict(LEAST)
    place = changed
    for parent in parents:
        inner = place.get(parent)
        copy: Raw = dict(inner) if isinstance(inner, dict) else {}
        place[parent] = copy
        place = copy
    place[last] = value
    return changed


def test_brand_least_settings_are_complete() -> None:
    """A brand that says only who it is gets a default for everything else."""
    settings = BrandSettings.model_validate(LEAST)

    assert settings.handoff.mode == "helpdesk"
    assert settings.senders[0].provider == "twilio"
    assert settings.shop is None


@pytest.mark.parametrize("raw", [LEAST, FULL], ids=["least", "full"])
def test_brand_settings_survive_yaml_and_json(raw: Raw) -> None:
    """What is stored is what was decided, read and written by people and by machines."""
    settings = BrandSettings.model_validate(raw)
    as_yaml = yaml.safe_dump(settings.model_dump(mode="json"), allow_unicode=True)

    assert BrandSettings.model_validate(yaml.safe_load(as_yaml)) == settings
    assert BrandSettings.model_validate_json(settings.model_dump_json()) == settings


@pytest.mark.parametrize(
    ("path", "value", "field", "remedy"),
    [
        pytest.param(
            "handoff.mode", "closeout", "handoff.closeout", "write the message", id="text"
        ),
        pytest.param(
            "handoff.acknowledgement", "a" * 161, "handoff.acknowledgement", "shorten it", id="ack"
        ),
        pytest.param(
            "handoff.still_waiting", "a" * 161, "still_waiting", "shorten it", id="update"
        ),
        pytest.param("handoff.closeout", "ж" * 71, "handoff.closeout", "shorten it", id="closeout"),
        pytest.param("handoff.human_hours", "h" * 120, "acknowledgement", "shorten it", id="hours"),
        pytest.param("helpdesk", None, "helpdesk is missing", "configure it", id="no helpdesk"),
        pytest.param("identity.category", "cannabis", "identity.category", "barred", id="barred"),
        pytest.param("identity.category", "", "identity.category", "say in one", id="no category"),
        pytest.param("identity.time_zone", "America", "identity.time_zone", "write one", id="zone"),
        pytest.param(
            "identity.time_zone", "Mars/Base", "identity.time_zone", "write one", id="no such zone"
        ),
        pytest.param("identity.time_zone", "", "identity.time_zone", "write one", id="blank zone"),
        pytest.param(
            "identity.time_zone", "../etc", "identity.time_zone", "write one", id="a path"
        ),
        pytest.param(
            "senders",
            [{"number": "+13125550100"}, {"number": "+13125550100", "provider": "generic"}],
            "senders",
            "keep one",
            id="one number twice",
        ),
        pytest.param(
            "knowledge",
            [{"id": "returns", "title": "a", "body": "b"}] * 2,
            "knowledge: returns",
            "keep one",
            id="one article twice",
        ),
        pytest.param(
            "handoff.acknowledgement", " ", "handoff.acknowledgement", "write", id="blank ack"
        ),
        pytest.param("handoff.closeout", "\n ", "handoff.closeout", "write", id="blank closeout"),
        pytest.param("handoff.closeout", "", "handoff.closeout", "write", id="empty closeout"),
        pytest.param(
            "prices.segment_out_micros", -1, "prices.segment_out_micros", "equal to 0", id="price"
        ),
        pytest.param(
            "prices.output_token_micros_per_million", -1, "prices.output", "equal to 0", id="token"
        ),
        pytest.param("prices.currency", "usd", "prices.currency", "as in USD", id="lower case"),
        pytest.param("prices.currency", "XYZ", "prices.currency", "as in USD", id="no currency"),
        pytest.param("senders", [], "senders", "at least 1", id="no sender"),
        pytest.param("brand", "Cedar & Slate", "brand", "pattern", id="brand id"),
        pytest.param("brand", "cedar:slate", "brand", "pattern", id="brand id with a colon"),
        pytest.param("limits.max_segments", 5, "limits.max_segments", "or equal to 4", id="limit"),
        pytest.param(
            "timers.idle_after_hours", 0, "timers.idle_after_hours", "greater than 0", id="timer"
        ),
        pytest.param("voice.rules", ["x"] * 21, "voice.rules", "at most 20", id="rules"),
        pytest.param("voice.rules", ["x" * 501], "voice.rules.0", "at most 500", id="a long rule"),
        pytest.param("voice.disclosure", "x" * 61, "voice.disclosure", "at most 60", id="opening"),
        pytest.param("voice.tonne", "warm", "voice.tonne", "not permitted", id="misspelt"),
        pytest.param("handof", {}, "handof", "not permitted", id="misspelt block"),
        pytest.param(
            "gate.audience.mode", "only_segments", "audience.segments", "name a segment", id="whom"
        ),
    ],
)
def test_brand_wrong_setting_is_refused_by_field_and_remedy(
    path: str, value: JsonValue, field: str, remedy: str
) -> None:
    """Whoever wrote the file learns which line is wrong and what to write instead."""
    with pytest.raises(ValidationError) as caught:
        BrandSettings.model_validate(_with(path, value))

    assert field in str(caught.value)
    assert remedy in str(caught.value)


@pytest.mark.parametrize(
    ("path", "low", "high"),
    [
        ("limits.max_segments", 1, 4),
        ("limits.max_agent_texts", 1, 50),
        ("limits.max_stalled_turns", 1, 10),
        ("limits.max_tool_rounds", 1, 10),
        ("limits.max_supersedes", 0, 10),
        ("model.max_output_tokens", 100, 4000),
        ("timers.burst_window_seconds", 0, 30),
        ("timers.idle_after_hours", 0.001, 720),
        ("timers.thanks_after_minutes", 0.001, 1440),
        ("timers.human_pause_hours", 0.001, 720),
        ("timers.reply_window_minutes", 0.001, 1440),
    ],
)
def test_brand_limits_are_taken_up_to_the_edge_and_not_beyond(
    path: str, low: float, high: float
) -> None:
    """Both ends are allowed; one step further would be a bill or a silence nobody wants."""
    for value in (low, high):
        BrandSettings.model_validate(_with(path, value))
    for value in (low - 1, high + 1):
        with pytest.raises(ValidationError, match=path.replace(".", r"\.")):
            BrandSettings.model_validate(_with(path, value))


@pytest.mark.parametrize("path", ["helpdesk.secret", "shop.client_secret"])
@pytest.mark.parametrize("value", ["s3cret", "env:", "env:lower", "env:A B", "file:A", "ENV:A"])
def test_brand_secret_in_the_file_is_refused(path: str, value: str) -> None:
    """A version can be shown to anyone, because it holds no secret, only where one is found."""
    raw = _with(path, value)
    shop = raw.get("shop")
    if isinstance(shop, dict):
        shop["shop"] = "cedar-slate"

    with pytest.raises(ValidationError, match=path.replace(".", r"\.")) as caught:
        BrandSettings.model_validate(raw)
    assert f"input_value='{value}'" not in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "secret_field"),
    [
        (ShopSettings, "client_secret"),
        (HelpdeskSettings, "secret"),
        (EventWebhook, "secret"),
        (KlaviyoAccount, "api_key"),
    ],
)
def test_brand_secret_in_the_file_is_not_repeated(settings: type[Value], secret_field: str) -> None:
    """Errors are logged and shown, also those about another field beside the secret."""
    with pytest.raises(ValidationError) as caught:
        settings.model_validate({secret_field: "shpss_4711", "misspelt": 1})

    assert "4711" not in str(caught.value)


@pytest.mark.parametrize("number", ["3125550100", "+1 312 555 0100", "12345", "", "+0125550100"])
def test_brand_sender_that_is_no_e164_number_is_refused(number: str) -> None:
    """Replies leave from these numbers: a broken one would answer nobody."""
    with pytest.raises(ValidationError, match="senders"):
        BrandSettings.model_validate(LEAST | {"senders": [{"number": number}]})


def test_brand_handoff_texts_are_measured_as_they_are_sent() -> None:
    """The hours count, and a curly quote that sending straightens does not."""
    text = "Thanks, I’m passing this on. A person will reply ({hours})." + "a" * 90
    raw = _with("handoff.acknowledgement", text)

    assert BrandSettings.model_validate(raw).handoff.acknowledgement == text


def test_brand_closeout_needs_no_helpdesk() -> None:
    """A brand without a helpdesk tells its customers where to turn."""
    raw = LEAST | {"helpdesk": None, "handoff": {"mode": "closeout", "closeout": "Write to us."}}

    assert BrandSettings.model_validate(raw).helpdesk is None


def test_brand_settings_cannot_be_changed_in_place() -> None:
    """A version is what it was when it was stored."""
    settings = BrandSettings.model_validate(LEAST)

    with pytest.raises(ValidationError):
        settings.brand = "other"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        settings.limits.max_segments = 1  # type: ignore[misc]


def test_policy_holds_every_wait_and_cap_in_its_unit() -> None:
    """What the brand writes in seconds, minutes and hours arrives as these durations."""
    raw = LEAST | {
        "limits": {
            "max_agent_texts": 5,
            "max_stalled_turns": 3,
            "max_tool_rounds": 4,
            "max_supersedes": 1,
        },
        "timers": {
            "burst_window_seconds": 1.5,
            "idle_after_hours": 2,
            "thanks_after_minutes": 5,
            "human_pause_hours": 48,
            "chase_after_hours": 6,
        },
    }
    expected = ConversationPolicy(
        settings_version=7,
        burst_window=timedelta(seconds=1.5),
        idle_after=timedelta(hours=2),
        thanks_after=timedelta(minutes=5),
        human_pause=timedelta(days=2),
        max_agent_texts=5,
        max_stalled_turns=3,
        max_tool_rounds=4,
        max_supersedes=1,
        chase_after=timedelta(hours=6),
    )

    assert BrandSettings.model_validate(raw).policy(7) == expected


def test_policy_of_default_settings_is_the_default_policy() -> None:
    """The defaults of the file and of the conversation are the same numbers.

    But for the chase: a conversation whose history knows nothing of one must not begin it.
    """
    expected = ConversationPolicy(chase_after=timedelta(hours=4))
    assert BrandSettings.model_validate(LEAST).policy(1) == expected
    assert ConversationPolicy().chase_after is None
    assert Limits() == BrandSettings.model_validate(LEAST).limits
    assert Timers() == BrandSettings.model_validate(LEAST).timers
