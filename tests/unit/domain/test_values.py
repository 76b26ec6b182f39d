"""Value objects: frozen, ours strict about unknown fields, foreign and recorded ones lenient."""

import pytest
from pydantic import BaseModel, ValidationError

from domain.values import ForeignValue, Recorded, Value


class _Ours(Value):
    size: int = 1


class _Theirs(ForeignValue):
    size: int = 1


class _Stored(Recorded):
    size: int = 1


@pytest.mark.parametrize("kind", [_Ours, _Theirs, _Stored])
def test_values_cannot_be_changed_in_place(kind: type[BaseModel]) -> None:
    """A value that changes under its reader is no value; equal ones are the same key."""
    one = kind(size=2)

    with pytest.raises(ValidationError):
        one.size = 3  # type: ignore[attr-defined]

    assert one == kind(size=2)
    assert hash(one) == hash(kind(size=2))


def test_value_misspelt_field_is_refused_by_name() -> None:
    """In what we write, an unknown field is a mistake."""
    with pytest.raises(ValidationError, match="sise"):
        _Ours.model_validate({"sise": 2})


@pytest.mark.parametrize("kind", [_Theirs, _Stored])
def test_foreign_and_recorded_values_ignore_what_they_do_not_know(kind: type[BaseModel]) -> None:
    """Vendors and newer workers add fields; older code reads on."""
    assert kind.model_validate({"size": 2, "new": True}) == kind(size=2)
