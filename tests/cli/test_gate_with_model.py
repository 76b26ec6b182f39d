"""`sms-agent gate` with a model, and `sms-agent explain`: the live decision, told in words."""

import json
from collections.abc import Iterator

import pytest

from sandbox.server import SandboxConfig, create_sandbox
from sandbox.serving import serve
from tests.cli.terminal import Terminal

_DOUBTFUL = "this is spamming"
_GATE = ("gate", "--brand", "cedar-slate")


@pytest.fixture
def model() -> Iterator[dict[str, str]]:
    """Give the variables of the scripted model."""
    with serve(create_sandbox(SandboxConfig.for_api("http://127.0.0.1:9"))) as url:
        yield {
            "MODEL_NAME": "rules",
            "MODEL_API_KEY": "sk-sandbox",
            "MODEL_BASE_URL": f"{url}/openai/v1",
        }


def test_text_in_doubt_is_settled_by_the_model(terminal: Terminal, model: dict[str, str]) -> None:
    """The rules doubt, the model says opt-out; without it the doubt stays in the line."""
    asked = json.loads(terminal.run(*_GATE, _DOUBTFUL, variables=model).out)
    assert (asked["disposition"], asked["layer"], "doubt" in asked) == ("opt_out", "model", False)
    alone = json.loads(terminal.run(*_GATE, "--no-model", _DOUBTFUL, variables=model).out)
    assert (alone["disposition"], alone["doubt"]) == ("answer", "opt_out")


def test_text_in_doubt_is_decided_without_a_model_that_is_away(terminal: Terminal) -> None:
    """The line comes all the same and its reason says that no model was there."""
    away = {"MODEL_NAME": "x", "MODEL_API_KEY": "k", "MODEL_BASE_URL": "http://127.0.0.1:9/v1"}
    said = terminal.run(*_GATE, _DOUBTFUL, variables=away)
    found = json.loads(said.out)
    assert said.code == 0
    assert "doubt" not in found
    assert "model" in found["reason"]


def test_explain_of_a_message_that_never_came_says_so(terminal: Terminal) -> None:
    """Exit 2 and the id that was asked for."""
    assert terminal.run("migrate").code == 0
    said = terminal.run("explain", "SM1")
    assert (said.code, said.err) == (2, "sms-agent explain: there is no message SM1\n")
