"""How a registry turns named settings into an adapter's typed options."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from domain.errors import ConfigurationError

M = TypeVar("M", bound=BaseModel)
B = TypeVar("B")


def read_options(model: type[M], kind: str, given: Mapping[str, object]) -> M:
    """Return settings as the options of one adapter.

    Args:
        model: The adapter's options.
        kind: What is configured, for the error ("sms provider twilio").
        given: Values by field name.

    Raises:
        ConfigurationError: A setting is missing or wrong; values are never repeated, they may be
            secrets.
    """
    try:
        return model.model_validate(dict(given))
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'settings'}: {fault['msg']}"
            for fault in error.errors(include_input=False)
        )
        raise ConfigurationError(f"{kind}: {problems}") from None


def pick_builder(builders: Mapping[str, B], kind: str, name: str) -> B:
    """Return the builder of a vendor.

    Raises:
        ConfigurationError: There is no such vendor; the ones there are are named.
    """
    try:
        return builders[name]
    except KeyError:
        known = ", ".join(sorted(builders))
        raise ConfigurationError(f'{kind}: "{name}" is not one of: {known}') from None
