"""Base classes of the product's value objects."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value of ours: unknown fields are refused, so that a misspelt one is found."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ForeignValue(BaseModel):
    """A frozen value read from outside: unknown fields are ignored, vendors add them freely."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Recorded(BaseModel):
    """A frozen message that stands in workflow histories.

    New fields get defaults; a field of a newer version is ignored by an older worker, so that
    both can run side by side during a deploy.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
