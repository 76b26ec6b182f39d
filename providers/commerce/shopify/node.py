"""The base of every shape we read from Shopify.

A field that is required in a shape is one we cannot do without: when Shopify leaves it null because
a permission is missing, the answer does not parse and the missing permission is named.
"""

from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

from domain.values import ForeignValue


class Node(ForeignValue):
    """Base of what Shopify answers: names in camel case, unknown fields ignored."""

    model_config = ConfigDict(alias_generator=to_camel)
