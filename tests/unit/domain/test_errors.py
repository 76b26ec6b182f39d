"""The tree of errors: as it is drawn, and each with the ids its reader needs."""

import inspect
import re
from datetime import timedelta

import pytest

import domain.errors
from domain.errors import (
    AgentError,
    IllegalTransition,
    MalformedWebhook,
    ProviderError,
    ProviderMisconfigured,
    ProviderRejected,
    ProviderThrottled,
    ProviderUnavailable,
)

_LINE = re.compile(r"^(?P<indent>[│ ]*)(?:[├└]─ )?(?P<name>[A-Z]\w+)\b")


def _drawn() -> dict[str, str]:
    """Return each error's parent as the module docstring draws it."""
    parents: dict[str, str] = {}
    path: list[str] = []
    for line in (domain.errors.__doc__ or "").splitlines():
        if (found := _LINE.match(line)) and (path or found["name"] == "AgentError"):
            depth = len(found["indent"]) // 3 + ("─" in line)
            if depth == 0 and path:
                break
            path = [*path[:depth], found["name"]]
            parents[found["name"]] = path[-2] if depth else "Exception"
    return parents


def test_errors_are_as_drawn() -> None:
    """The drawing at the head of the file is the tree, no more and no less."""
    classes = {
        name: kind.__base__.__name__
        for name, kind in inspect.getmembers(domain.errors, inspect.isclass)
        if issubclass(kind, AgentError) and kind.__base__ is not None
    }

    assert _drawn() == classes


def test_provider_errors_carry_provider_and_operation() -> None:
    """Whoever handles a failed call knows whose it was without reading the sentence."""
    errors: list[ProviderError] = [
        ProviderUnavailable("twilio", "send", "timed out"),
        ProviderThrottled("twilio", "send", timedelta(seconds=2.5)),
        ProviderRejected("twilio", "send", "21610", "unsubscribed recipient"),
        ProviderMisconfigured("twilio", "send", "the token was refused"),
    ]

    assert {(e.provider, e.operation) for e in errors} == {("twilio", "send")}
    assert [str(e) for e in errors] == [
        "twilio send: timed out",
        "twilio send: throttled for 2.5 s",
        "twilio send: 21610 unsubscribed recipient",
        "twilio send: the token was refused",
    ]


def test_provider_throttled_carries_the_wait() -> None:
    """The vendor's own wait is kept, because retrying sooner is refused again."""
    assert ProviderThrottled("a", "b", timedelta(minutes=1)).retry_after == timedelta(minutes=1)


def test_provider_rejected_carries_the_vendors_code() -> None:
    """What to do next depends on the code, not on the sentence."""
    assert ProviderRejected("twilio", "send", "30003", "unreachable").code == "30003"


@pytest.mark.parametrize("reached", [True, False])
def test_provider_unavailable_says_whether_the_request_arrived(*, reached: bool) -> None:
    """Only a request that certainly never arrived may be sent again without a look."""
    assert ProviderUnavailable("twilio", "send", "lost", reached=reached).reached is reached


def test_provider_unavailable_is_taken_to_have_arrived_unless_told() -> None:
    """In doubt a text may have gone out."""
    assert ProviderUnavailable("twilio", "send", "timed out").reached


def test_malformed_webhook_names_field_and_problem() -> None:
    """The provider's log shows which parameter to look at."""
    error = MalformedWebhook("From", "is missing")

    assert (error.field, error.problem, str(error)) == ("From", "is missing", "From: is missing")


def test_illegal_transition_names_both_states() -> None:
    """The sentence alone tells which step was tried."""
    assert str(IllegalTransition("outbox", "sent", "ready")) == "outbox: sent cannot become ready"
