"""What a self-hosted Temporal is told is what the embedded one is told."""

import re

import yaml
from temporalio.common import SearchAttributeIndexedValueType

from runtime.temporal_server import DYNAMIC_SETTINGS
from tests.unit.deployment.files import read
from workflows.attributes import (
    BRAND_ATTRIBUTE,
    CHANNEL_ATTRIBUTE,
    ESCALATED_ATTRIBUTE,
    INTENT_ATTRIBUTE,
    OPENED_AT_ATTRIBUTE,
    STATUS_ATTRIBUTE,
)

KINDS = {
    SearchAttributeIndexedValueType.KEYWORD: "Keyword",
    SearchAttributeIndexedValueType.BOOL: "Bool",
    SearchAttributeIndexedValueType.DATETIME: "Datetime",
}
ATTRIBUTES = {
    BRAND_ATTRIBUTE.name: KINDS[BRAND_ATTRIBUTE.indexed_value_type],
    CHANNEL_ATTRIBUTE.name: KINDS[CHANNEL_ATTRIBUTE.indexed_value_type],
    OPENED_AT_ATTRIBUTE.name: KINDS[OPENED_AT_ATTRIBUTE.indexed_value_type],
    ESCALATED_ATTRIBUTE.name: KINDS[ESCALATED_ATTRIBUTE.indexed_value_type],
    INTENT_ATTRIBUTE.name: KINDS[INTENT_ATTRIBUTE.indexed_value_type],
    STATUS_ATTRIBUTE.name: KINDS[STATUS_ATTRIBUTE.indexed_value_type],
}


def test_dynamic_settings_are_the_embedded_servers() -> None:
    """Superseding, fairness and latency do not depend on which server is used."""
    found = yaml.safe_load(read("docker/temporal/dynamic.yaml"))
    switches = {name: value for name, value in DYNAMIC_SETTINGS.items() if value == "true"}

    assert set(found) == set(DYNAMIC_SETTINGS)
    assert all(found[name] == [{"value": True}] for name in switches)


def test_search_attributes_are_the_ones_that_workflows_set() -> None:
    """A workflow that sets an attribute which its namespace lacks is stuck."""
    script = read("docker/temporal/namespace.sh")
    made = dict(re.findall(r"^add (\w+) (\w+)$", script, re.MULTILINE))

    assert made == ATTRIBUTES
