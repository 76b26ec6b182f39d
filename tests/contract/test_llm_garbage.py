"""F-15 on the wire: garbage of a model goes through the real adapter and never becomes a draft."""

import json
from typing import Any

import pytest

from agent.outcome import Escalate, Rejected
from agent.step import decide_step
from domain.errors import ModelOutputError
from providers.llm.registry import BUILDERS
from sandbox.edge import Fault
from tests.contract.llm_endpoint import Endpoint, a_request
from tests.unit.agent.builders import a_context
from tests.unit.agent.garbage import GARBAGE

BODIES: tuple[str, ...] = (
    "", " ", "\x00\x00\x00", "{", "}", "[]", "null", "true", "42", '"Your order is on its way."',
    "Your order is on its way.", "<html><body>502 Bad Gateway</body></html>", "data: [DONE]\n\n",
    "event: error\ndata: {}\n\n", "{}", '{"output": null, "choices": null}', '{"choices": []}',
    '{"output": "Your order is on its way.", "choices": "Your order is on its way."}',
    '{"output": [7], "choices": [7]}', '{"output": [{"type": 7}], "choices": [{"message": 7}]}',
    '{"output": [{"type": "message", "content": [{"type": "output_text", "text": {"a": 1}}]}]}',
    '{"choices": [{"message": {"role": "assistant", "content": {"a": 1}}}]}',
    '{"output": [{"type": "message", "content": [{"type": "output_text", "te',
    "{" * 20_000, "[" * 20_000, "x" * 100_000, "Ваше замовлення вже в дорозі.", "\ufeff{}",
    '{"status": "teleported", "output": []}',
)  # fmt: skip
"""Bodies that are no answer of the protocol at all."""

SAID = tuple(text for text in GARBAGE if not text.endswith("}\x00"))
"""What a model says; an adapter drops a stray NUL, and the answer before it is a good one then."""


@pytest.fixture(params=sorted(BUILDERS))
def adapter(request: pytest.FixtureRequest) -> str:
    """Give each protocol."""
    return str(request.param)


def _answering(text: str) -> dict[str, Any]:
    """Return one body that both protocols read as a model that said this text."""
    part = {"type": "output_text", "text": text, "annotations": []}
    message = {"type": "message", "role": "assistant", "status": "completed", "content": [part]}
    said = {"role": "assistant", "content": text}
    return {
        "id": "x",
        "model": "garbage",
        "status": "completed",
        "output": [message],
        "choices": [{"index": 0, "message": said, "finish_reason": "stop"}],
    }


@pytest.mark.parametrize("text", SAID, ids=range(len(SAID)))
async def test_garbage_said_is_repaired_once_and_then_escalated(adapter: str, text: str) -> None:
    """Whatever stands in the agreed place of an answer: no draft, after two a human."""
    endpoint = Endpoint()
    endpoint.edge.inject(Fault(kind="status", status=200, body=_answering(text), times=2))
    model = endpoint.model(adapter)

    first = decide_step(await model.complete(a_request()), a_context())
    assert isinstance(first, Rejected)
    second = decide_step(
        await model.complete(a_request()), a_context(rejections=1, items=first.items)
    )
    assert isinstance(second, Escalate)
    said = json.dumps(text)[1:-1]
    assert len(said) < 40 or said not in second.model_dump_json()


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
async def test_garbage_in_place_of_an_answer_is_an_error_without_its_words(
    adapter: str, body: str
) -> None:
    """What is no answer at all is tried again by Temporal, and quoted by nobody."""
    endpoint = Endpoint()
    endpoint.edge.inject(Fault(kind="status", status=200, body=body))

    with pytest.raises(ModelOutputError) as raised:
        await endpoint.model(adapter).complete(a_request())
    assert "way" not in str(raised.value)


def test_corpus_of_garbage_is_large_enough() -> None:
    """At least sixty answers of the right protocol, and as many kinds of none as we know."""
    assert len(set(SAID)) >= 60
    assert len(set(BODIES)) >= 25
