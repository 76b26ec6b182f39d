"""The gate without a console: every rule can be set, tried and read back; refusals are recorded."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from domain.brand import BrandSettings
from domain.gate.settings import GateSettings
from tests.api.rig import KEY, Api
from tests.builders import PHONE, some_settings

OTHER = "+13125550143"
HEADERS = {"authorization": f"Bearer {KEY}"}
BRAND = "/v1/brands/acme"

EVERY_RULE: Mapping[str, Any] = {
    "languages": ["en", "es"],
    "keywords": {
        "subscribe": ["join"],
        "unsubscribe": ["leave me"],
        "automations": ["glow"],
        "extra": {"stop": ["halt"], "help": ["rescue"], "start": ["come back"]},
    },
    "audience": {
        "mode": "except_segments",
        "segments": ["concierge"],
        "require_keyword": ["style me"],
        "exclude_keyword": ["wholesale"],
        "ineligible": "fixed_text",
        "ineligible_text": "Please write to help@acme.example.",
        "on_unknown_membership": "ineligible",
    },
    "limits": {"replies_per_10_minutes": 3, "replies_per_24_hours": 9, "identical_texts": 2},
    "keyword_replies": "ours",
    "disclosure": {"first_reply": False, "repeat_after_hours": 48},
    "fixed_texts": {"help": "{brand}: write to {help_contact}. Reply STOP to opt out."},
}
"""Every setting of the gate, none as it is by default."""


async def _put(api: Api, path: str, body: object, key: str = KEY) -> httpx.Response:
    headers = {"authorization": f"Bearer {key}"}
    return await api.http.put(path, json=body, headers=headers)


def _settings(**changes: object) -> dict[str, Any]:
    return {**some_settings().model_dump(mode="json"), **changes}


def _barred() -> dict[str, Any]:
    identity = {**_settings()["identity"], "category": "craft beer"}
    return _settings(identity=identity)


def _leaves(value: object, path: str = "") -> dict[str, object]:
    if not isinstance(value, Mapping):
        return {path: value}
    below = [_leaves(inner, f"{path}.{key}") for key, inner in value.items()]
    return {name: leaf for leaves in below for name, leaf in leaves.items()}


def test_every_rule_of_the_gate_is_in_the_example() -> None:
    """A setting that is added later has to be added here, and so to be shown to be settable."""
    default = GateSettings().model_dump(mode="json")
    given = GateSettings.model_validate(EVERY_RULE).model_dump(mode="json")
    same = [path for path, value in _leaves(default).items() if _leaves(given).get(path) == value]
    assert same == []


async def test_every_rule_of_the_gate_can_be_set_over_the_api(api: Api) -> None:
    """What is put is what is stored and read back."""
    saved = await _put(api, f"{BRAND}/settings", _settings(gate=EVERY_RULE))
    assert (saved.status_code, saved.json()) == (200, {"version": 2})

    found = (await api.look(f"{BRAND}/settings")).json()["settings"]
    assert BrandSettings.model_validate(found).gate == GateSettings.model_validate(EVERY_RULE)
    assert api.runtime.brands.settings("acme").settings.gate == GateSettings.model_validate(
        EVERY_RULE
    )


@pytest.mark.parametrize(
    ("text", "more", "disposition", "label"),
    [
        ("halt", {}, "opt_out", "stop_keyword"),
        ("rescue", {}, "help", "help_keyword"),
        ("come back", {}, "opt_in", "start_keyword"),
        ("join", {}, "opt_in", "subscribe_keyword"),
        ("leave me", {}, "opt_out", "unsubscribe_keyword"),
        ("glow", {}, "automation", "keyword_automation"),
        ("a wholesale list?", {}, "helpdesk", "excluded_keyword"),
        ("style me please", {}, "answer", "question"),
        ("style me please", {"segments": ["concierge"]}, "answer", "ineligible"),
        ("a beach one", {}, "answer", "ineligible"),
        ("a beach one", {"ctx": "agent: Which wedding?"}, "answer", "answer_to_agent"),
    ],
)
async def test_every_rule_that_was_set_takes_effect(
    api: Api, text: str, more: dict[str, Any], disposition: str, label: str
) -> None:
    """Trying it shows what the live gate does with these settings."""
    await _put(api, f"{BRAND}/settings", _settings(gate=EVERY_RULE))
    tried = await api.http.post(
        f"{BRAND}/gate/try", json={"texts": [{"text": text, **more}]}, headers=HEADERS
    )
    (found,) = tried.json()["decisions"]
    assert (found["disposition"], found["label"]) == (disposition, label)


async def test_trying_settings_that_are_not_live_stores_nothing(api: Api) -> None:
    """A marketer sees what a rule would do before it does it; the order is that of the texts."""
    texts = [{"text": "STOP"}, {"text": "my card is 4111 1111 1111 1111"}, {"text": "hi there"}]
    gate = {"audience": {"require_keyword": ["style me"], "ineligible": "silence"}}
    tried = await api.http.post(
        f"{BRAND}/gate/try", json={"texts": texts, "gate": gate}, headers=HEADERS
    )
    live = await api.http.post(f"{BRAND}/gate/try", json={"texts": texts}, headers=HEADERS)

    assert [d["text"] for d in tried.json()["decisions"]] == [t["text"] for t in texts]
    assert [d["disposition"] for d in tried.json()["decisions"]] == ["opt_out", "ignore", "ignore"]
    assert [d["disposition"] for d in live.json()["decisions"]] == ["opt_out", "answer", "answer"]
    assert api.bodies() == []
    assert api.runtime.brands.settings("acme").version == 1


async def test_r33_segment_put_over_the_api_decides_about_the_next_text(api: Api) -> None:
    """VIP in: answered; taken out again: the fallback."""
    audience = {"mode": "only_segments", "segments": ["VIP"], "ineligible": "silence"}
    await _put(api, f"{BRAND}/settings", _settings(gate={"audience": audience}))
    labels = []
    for number, phones in enumerate([[PHONE, OTHER], [OTHER]]):
        await _put(api, f"{BRAND}/segments/VIP", {"phones": phones})
        sid = f"SM{number:032x}"
        await api.text(MessageSid=sid)
        labels.append((await api.look(f"/v1/inbound-messages/{sid}")).json()["label"])

    assert labels == ["question", "ineligible"]
    assert (await api.look(f"{BRAND}/segments/VIP")).json() == {"name": "VIP", "phones": [OTHER]}


@pytest.mark.parametrize(
    ("phones", "field"),
    [(["3125550142"], "phones.0"), (["+1312555014x"], "phones.0"), ([PHONE] * 50_001, "phones")],
    ids=["national", "letters", "too many"],
)
async def test_segment_of_anything_but_numbers_is_refused(
    api: Api, phones: list[str], field: str
) -> None:
    """The error names the field and the segment stays as it was."""
    await _put(api, f"{BRAND}/segments/VIP", {"phones": [PHONE]})
    refused = await _put(api, f"{BRAND}/segments/VIP", {"phones": phones})
    assert (refused.status_code, refused.json()["field"]) == (422, field)
    assert (await api.look(f"{BRAND}/segments/VIP")).json()["phones"] == [PHONE]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "segments/VIP", None),
        ("PUT", "segments/VIP", {"phones": []}),
        ("POST", "gate/try", {"texts": []}),
    ],
)
async def test_gate_of_no_brand_is_not_found_and_needs_the_key(
    api: Api, method: str, path: str, body: object
) -> None:
    """404 with the key, 401 without, whether or not the brand exists."""
    for brand, headers, status in (
        ("nobody", HEADERS, 404),
        ("nobody", {}, 401),
        ("acme", {}, 401),
    ):
        answer = await api.http.request(
            method, f"/v1/brands/{brand}/{path}", json=body, headers=headers
        )
        assert answer.status_code == status


async def test_r11_barred_category_is_refused_and_the_refusal_recorded(api: Api) -> None:
    """Nothing else of it is stored; who, what and why is."""
    refused = await _put(api, f"{BRAND}/settings", _barred())
    assert (refused.status_code, refused.json()["field"]) == (422, "identity.category")
    assert "barred on SMS" in refused.json()["detail"]
    assert api.runtime.brands.settings("acme").version == 1

    (found, *_) = (await api.look(f"{BRAND}/audit")).json()
    assert (found["action"], found["actor"]) == ("activation_refused", "api-key")
    assert (found["detail"]["category"], found["detail"]["barred"]) == ("craft beer", "alcohol")
    assert "carriers refuse it" in found["detail"]["reason"]


async def test_r11_refusal_of_a_brand_that_is_not_there_yet_is_recorded_too(api: Api) -> None:
    """It never activates, so that this is all there is of it."""
    body = {**_barred(), "brand": "brewer", "senders": "none of our business"}
    refused = await _put(api, "/v1/brands/brewer/settings", body)
    assert refused.status_code == 422
    found = (await api.look("/v1/brands/brewer/audit")).json()
    assert [entry["action"] for entry in found] == ["activation_refused"]
    assert (await api.look("/v1/brands")).json() == ["acme"]


async def test_settings_that_are_wrong_otherwise_leave_no_refusal(api: Api) -> None:
    """Neither does somebody without the key."""
    await _put(api, f"{BRAND}/settings", _settings(senders=[]))
    await _put(api, f"{BRAND}/settings", "no settings")
    assert (await _put(api, f"{BRAND}/settings", _barred(), key="wrong")).status_code == 401
    found = (await api.look(f"{BRAND}/audit")).json()
    assert [entry["action"] for entry in found] == ["settings_saved"]


async def test_r13_preflight_names_the_senders_registration_and_blocks(api: Api) -> None:
    """Unknown blocks; registered passes and is named."""
    before = (await api.look(f"{BRAND}/go-live")).json()
    sender = {"number": "+13125550100", "registration": "10dlc"}
    await _put(api, f"{BRAND}/settings", _settings(senders=[sender]))
    after = (await api.look(f"{BRAND}/go-live")).json()

    unknown, known = (
        next(c for c in found["checks"] if c["name"] == "sender 0100") for found in (before, after)
    )
    assert (before["ready"], unknown["passed"], unknown["blocking"]) == (False, False, True)
    assert "registration is unknown" in unknown["sentence"]
    assert (known["passed"], known["sentence"]) == (True, "registered as 10dlc")
