"""The preflight: every point on its own, with a remedy when it does not hold."""

import pytest

from domain.brand import BrandSettings
from domain.go_live import GoLiveCheck, check_go_live
from tests.builders import some_settings


def _checks(brand: BrandSettings) -> dict[str, GoLiveCheck]:
    return {check.name: check for check in check_go_live(brand)}


def _changed(**changes: object) -> BrandSettings:
    given = some_settings().model_dump(mode="json")
    for name, value in changes.items():
        given[name] = {**given[name], **value} if isinstance(value, dict) else value
    return BrandSettings.model_validate(given)


def _ready() -> dict[str, object]:
    sender = {"number": "+13125550100", "registration": "10dlc"}
    return {"senders": [sender], "spend": {"brand_month_micros": 1}}


def test_brand_that_has_everything_passes_every_point() -> None:
    """Nothing else is asked of it."""
    found = check_go_live(_changed(**_ready()))
    assert [c.name for c in found if not c.passed] == []


@pytest.mark.parametrize(
    ("changes", "name", "remedy", "blocking"),
    [
        ({"senders": [{"number": "+13125550100"}]}, "sender 0100", "registration", True),
        ({"spend": {"brand_month_micros": None}}, "spend cap", "spend.brand_month_micros", True),
        ({"voice": {"disclosure": " "}}, "disclosure", "AI", False),
        ({"gate": {"disclosure": {"first_reply": False}}}, "disclosure", "AI", False),
    ],
)
def test_point_that_does_not_hold_is_named_with_its_remedy(
    changes: dict[str, object], name: str, remedy: str, *, blocking: bool
) -> None:
    """Only that point fails; the disclosure is the brand's own decision, and warned of."""
    found = _checks(_changed(**{**_ready(), **changes}))
    assert [c.name for c in found.values() if not c.passed] == [name]
    assert remedy in found[name].sentence
    assert found[name].blocking is blocking


@pytest.mark.parametrize("languages", [["en"], ["en", "es"], ["en", "de", "fr"]])
def test_every_stop_word_of_the_brands_languages_opts_out(languages: list[str]) -> None:
    """The words go through the gate as it stands, the brand's own ones included."""
    gate = {"languages": languages, "keywords": {"unsubscribe": ["NOMORE"]}}
    assert _checks(_changed(**_ready(), gate=gate))["opt-out path"].passed


def test_category_that_is_barred_blocks() -> None:
    """Settings refuse it already; what was stored before the rule still cannot go live."""
    identity = some_settings().identity.model_copy(update={"category": "cannabis"})
    found = _checks(some_settings().model_copy(update={"identity": identity}))["category"]
    assert (found.passed, found.blocking) == (False, True)
