"""F-15: whatever a model answers, nothing but a checked reply becomes a draft."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.outcome import Escalate, Rejected
from agent.step import decide_step
from domain.escalation import EscalationReason
from providers.llm.base import Finish, ModelReply, ToolCalled
from tests.unit.agent.builders import a_context, said
from tests.unit.agent.garbage import GARBAGE


def test_garbage_corpus_is_large_enough() -> None:
    """The corpus has at least sixty different answers."""
    assert len(set(GARBAGE)) >= 60


@pytest.mark.parametrize("text", GARBAGE, ids=range(len(GARBAGE)))
def test_decide_step_garbage_is_sent_back_once_then_escalated(text: str) -> None:
    """One repair, then a human; raw model text never goes out."""
    reply = ModelReply(text=text)

    first = decide_step(reply, a_context())
    assert isinstance(first, Rejected)
    second = decide_step(reply, a_context(rejections=1, items=first.items))

    assert isinstance(second, Escalate)
    assert second.reason is EscalationReason.GUARDRAIL
    first.model_dump_json()
    second.model_dump_json()


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(max_size=300),
    finish=st.sampled_from(Finish),
    rejections=st.integers(0, 2),
    first_reply=st.booleans(),
)
def test_decide_step_any_text_never_raises(
    text: str,
    finish: Finish,
    rejections: int,
    first_reply: bool,  # noqa: FBT001
) -> None:
    """Any raw text and any reply text lead to one of the four outcomes."""
    context = a_context(rejections=rejections, first_reply=first_reply)

    decide_step(ModelReply(text=text, finish=finish), context)
    decide_step(said(text), context)


@settings(max_examples=200, deadline=None)
@given(
    calls=st.lists(
        st.tuples(st.text(max_size=70), st.text(max_size=20), st.text(max_size=80)), max_size=6
    ),
    rejections=st.integers(0, 2),
)
def test_decide_step_any_tool_call_never_raises(
    calls: list[tuple[str, str, str]], rejections: int
) -> None:
    """Any id, name and arguments lead to one of the four outcomes."""
    asked = tuple(ToolCalled(call_id=i, name=n, arguments=a) for i, n, a in calls)

    decide_step(ModelReply(text="", tool_calls=asked), a_context(rejections=rejections))
