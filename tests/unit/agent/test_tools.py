"""Laws that hold for every tool of the registry."""

from collections.abc import Iterator

import pytest
from pydantic import JsonValue

from agent.answer import AGENT_ANSWER
from agent.classification import INBOUND_CLASSIFICATION
from agent.resolution import RESOLUTION_VERDICT
from agent.tools.registry import TOOLS, Tool, offered_tools, tool_spec

_SCHEMAS = {
    **{name: tool_spec(tool).parameters for name, tool in TOOLS.items()},
    **{s.name: s.json_schema for s in (AGENT_ANSWER, INBOUND_CLASSIFICATION, RESOLUTION_VERDICT)},
}
_KNOWN_KEYS = {"type", "properties", "required", "additionalProperties", "enum", "description"}


def _nodes(node: JsonValue) -> Iterator[dict[str, JsonValue]]:
    if isinstance(node, dict):
        yield node
        properties = node.get("properties")
        if isinstance(properties, dict):
            for child in properties.values():
                yield from _nodes(child)


@pytest.mark.parametrize("name", _SCHEMAS)
def test_schema_is_strict(name: str) -> None:
    """Vendors' strict mode: all required, nothing else, no defaults, no references."""
    root = dict(_SCHEMAS[name])
    assert root["type"] == "object"
    for node in _nodes(root):
        assert set(node) <= _KNOWN_KEYS
        if node["type"] == "object":
            assert node["additionalProperties"] is False
            properties = node["properties"]
            assert isinstance(properties, dict)
            assert node["required"] == list(properties)


def test_schema_optional_value_is_nullable() -> None:
    """What may be missing is null, never absent."""
    parameters = tool_spec(TOOLS["get_order"]).parameters
    properties = parameters["properties"]

    assert isinstance(properties, dict)
    proof = properties["zip_or_email"]
    assert isinstance(proof, dict)
    assert proof["type"] == ["string", "null"]


@pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda t: t.name)
def test_tool_is_complete(tool: Tool) -> None:
    """Every tool says when to use it; only a terminal one runs nothing; none writes yet."""
    assert len(tool.description) > 40
    assert (tool.activity is None) == tool.terminal
    assert not tool.writes


def test_offered_tools_without_shop_are_knowledge_and_escalate() -> None:
    """R10: without a shop, answers from knowledge and handoff only."""
    assert [t.name for t in offered_tools(shop_configured=False)] == [
        "search_knowledge",
        "escalate",
    ]
    assert [t.name for t in offered_tools(shop_configured=True)] == list(TOOLS)


def test_tool_as_the_model_sees_it_is_made_once() -> None:
    """A schema is built from its model once, not once a turn."""
    assert all(tool_spec(tool) is tool_spec(tool) for tool in TOOLS.values())
