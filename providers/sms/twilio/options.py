"""What the Twilio adapter has to be told."""

from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator

from domain.values import Value


def _check_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise ValueError("must be an http or https address without a query")
    return url.partition("#")[0].rstrip("/")


Address = Annotated[str, AfterValidator(_check_address)]
"""An http(s) base URL; a fragment and a trailing "/" are cut off."""


class TwilioOptions(Value):
    """One Twilio account.

    Attributes:
        account_sid: `AC…`; requests for any other account are refused.
        auth_tokens: Tokens whose signatures are accepted, the current one first; two during a
            rotation.
        api_key: `SK…`; the REST API is called with it, or with the first token when it is None.
        api_secret: Secret of the key.
        base_url: REST API.
        accounts_base_url: API of consents.
        public_base_url: Address of this installation as configured at Twilio: what it signs.
        messaging_service_sid: `MG…` when the numbers belong to a service.
        smart_encoded: Whether Twilio may replace typographic characters too.
    """

    account_sid: str = Field(min_length=1)
    auth_tokens: tuple[SecretStr, ...] = Field(min_length=1)
    api_key: str | None = None
    api_secret: SecretStr | None = None
    base_url: Address = "https://api.twilio.com"
    accounts_base_url: Address = "https://accounts.twilio.com"
    public_base_url: Address
    messaging_service_sid: str | None = None
    smart_encoded: bool = True

    @model_validator(mode="after")
    def _is_usable(self) -> Self:
        if (self.api_key is None) != (self.api_secret is None):
            raise ValueError("api_key and api_secret belong together: set both or neither")
        # An empty token would verify whatever an attacker signs with an empty key.
        if not all(token.get_secret_value() for token in self.auth_tokens):
            raise ValueError("auth_tokens must not hold an empty token")
        return self

    @property
    def basic_auth(self) -> tuple[str, str]:
        """User and password for the REST API."""
        if self.api_key is not None and self.api_secret is not None:
            return self.api_key, self.api_secret.get_secret_value()
        return self.account_sid, self.auth_tokens[0].get_secret_value()
