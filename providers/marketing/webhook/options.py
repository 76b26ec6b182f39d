"""What the signed webhook has to be told."""

from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from domain.errors import ConfigurationError
from domain.values import Value
from providers.signing import signing_key


def _check_secret(secret: SecretStr) -> SecretStr:
    try:
        signing_key(secret.get_secret_value())
    except ConfigurationError as error:
        raise ValueError(str(error)) from None
    return secret


Secret = Annotated[SecretStr, AfterValidator(_check_secret)]


class WebhookOptions(Value):
    """Where the brand listens.

    Attributes:
        url: Address that takes the events.
        secret: `whsec_…`; signs what is sent.
        previous_secret: Signs beside `secret` while the brand changes it.
    """

    url: str = Field(pattern=r"^https?://[^/\s]+")
    secret: Secret
    previous_secret: Secret | None = None
