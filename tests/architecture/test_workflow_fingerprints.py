"""The order of commands in a workflow changes only on purpose."""

import ast
import json
from difflib import unified_diff

import pytest

from tests.architecture.source import Source, sources
from tests.architecture.workflow_fingerprints import BASELINE, Fingerprints, fingerprints

_EXPLANATION = """
The commands of a workflow have changed. A conversation that is open while the new version is
deployed replays its recorded history through the new code; where the commands come in another
order, it stops with a non-determinism error and the customer is not answered.

1. Only moved or renamed code, with the same commands in the same order? Go to 4.
2. Otherwise keep the old order for running conversations:
       if workflow.patched("<yyyy-mm>-<what>"):
           ...  # the new order
       else:
           ...  # the old order, until every history from before has ended
3. Prove it: the histories in tests/replay/histories replay (pytest tests/replay); add one that
   was recorded before the change and goes through the changed place. Recorded ones are never
   edited.
4. Accept the new baseline and have its difference reviewed as code:
       python -m tests.architecture.workflow_fingerprints

"""


def _lines(found: Fingerprints) -> list[str]:
    return [
        line for name, commands in found.items() for line in (name, *(f"  {c}" for c in commands))
    ]


def test_workflows_command_what_the_baseline_says() -> None:
    """Recorded histories replay only through code that commands the same in the same order."""
    baseline = _lines(json.loads(BASELINE.read_text(encoding="utf-8")))
    now = _lines(fingerprints(sources("workflows")))
    difference = "\n".join(unified_diff(baseline, now, "baseline", "now", lineterm="", n=2))

    if difference:
        pytest.fail(_EXPLANATION + difference, pytrace=False)


_BEFORE = """
class Conversation:
    async def run(self, start):
        await workflow.sleep(wait)
        await act(self.session)
        await self.record("x")

    async def record(self, event):
        await self.session.call("record_status", event)

async def act(session):
    if session.due:
        await session.call("send_reply", build())
    await workflow.wait_condition(lambda: session.due, timeout=wait)

def build():
    return 1
"""


def _prints(code: str) -> Fingerprints:
    return fingerprints((Source("w.py", code, ast.parse(code)),))


def test_fingerprints_list_commands_and_calls_of_commanding_functions_in_order() -> None:
    """A helper without a command leaves no trace; one with a command stands where it is called."""
    assert _prints(_BEFORE) == {
        "w.py::Conversation.record": ["call 'record_status'"],
        "w.py::Conversation.run": ["sleep", "-> act", "-> record"],
        "w.py::act": ["call 'send_reply'", "wait_condition with timeout"],
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            "await workflow.sleep(wait)\n        await act(self.session)",
            "await act(self.session)\n        await workflow.sleep(wait)",
            id="two commands change places",
        ),
        pytest.param('"send_reply"', '"send_notice"', id="another activity"),
        pytest.param(", timeout=wait", "", id="a timer less"),
        pytest.param("        await workflow.sleep(wait)\n", "", id="a sleep less"),
        pytest.param('await self.record("x")', "pass", id="a helper not called any more"),
    ],
)
def test_fingerprints_change_with_the_commands(old: str, new: str) -> None:
    """What replay would notice, the fingerprint notices."""
    assert _prints(_BEFORE.replace(old, new)) != _prints(_BEFORE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("return 1", "return 2", id="a rule"),
        pytest.param("if session.due", "if session.ended", id="a condition"),
        pytest.param("build()", "construct()", id="a name without commands"),
    ],
)
def test_fingerprints_ignore_what_replay_ignores(old: str, new: str) -> None:
    """Rules may change freely: their verdicts are recorded."""
    assert _prints(_BEFORE.replace(old, new)) == _prints(_BEFORE)
