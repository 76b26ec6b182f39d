"""With whom a brand works: its numbers, shop, helpdesk, marketers and model."""

from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, field_validator

from domain.phone import E164
from domain.values import Value

SecretRef = Annotated[str, StringConstraints(pattern=r"^env:[A-Z][A-Z0-9_]*$")]
"""Where a secret or an installation's address is found: "env:NAME". Never the value itself."""


class _Account(Value):
    """What is reached with secrets; one written in place of its reference is not repeated."""

    model_config = ConfigDict(hide_input_in_errors=True)


class Registration(StrEnum):
    """What carriers know of a sender; an unknown one is blocked by US carriers."""

    TEN_DLC = "10dlc"
    TOLL_FREE_VERIFIED = "toll_free_verified"
    SHORT_CODE = "short_code"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"


class Sender(Value):
    """One number of the brand; the customer is always answered from the number they wrote to.

    Attributes:
        number: E.164.
        provider: Who carries its texts.
        registration: How it is registered with the carriers, as its owner states.
    """

    number: E164
    provider: str = "twilio"
    registration: Registration = Registration.UNKNOWN


class ShopSettings(_Account):
    """The brand's shop.

    Attributes:
        provider: Vendor.
        shop: The vendor's name for it ("cedar-slate").
        client_id: Reference to the app's client id.
        client_secret: Reference to its secret.
    """

    provider: str = "shopify"
    shop: str
    client_id: SecretRef = "env:SHOPIFY_CLIENT_ID"
    client_secret: SecretRef = "env:SHOPIFY_CLIENT_SECRET"  # noqa: S105  (a reference)


def is_secret_name(name: str) -> bool:
    """Return whether a vendor's setting of this name holds a secret."""
    return any(word in name for word in ("key", "token", "secret", "password"))


class HelpdeskSettings(_Account):
    """The brand's helpdesk.

    Attributes:
        provider: `generic`, `gorgias` or `zendesk`.
        url: Generic desk only: reference to where tickets are sent.
        secret: Generic desk only: reference to the signing secret.
        account: Other desks: the vendor's settings by name ("base_url", "email", "api_key" …);
            secrets are references, "env:NAME".
    """

    provider: str = "generic"
    url: SecretRef = "env:HELPDESK_URL"
    secret: SecretRef = "env:HELPDESK_SECRET"  # noqa: S105  (a reference)
    account: dict[str, str] = Field(default_factory=dict)

    @field_validator("account")
    @classmethod
    def _secrets_are_references(cls, account: dict[str, str]) -> dict[str, str]:
        for name, value in account.items():
            if is_secret_name(name) and not value.startswith("env:"):
                raise ValueError(f"{name}: write a reference (env:NAME), never the secret itself")
        return account


class EventWebhook(_Account):
    """The brand's own receiver of business events, signed by Standard Webhooks."""

    url: SecretRef = "env:EVENTS_URL"
    secret: SecretRef = "env:EVENTS_SECRET"  # noqa: S105  (a reference)


class KlaviyoAccount(_Account):
    """The brand's Klaviyo account."""

    api_key: SecretRef = "env:KLAVIYO_API_KEY"


class MarketingSettings(_Account):
    """Who hears of conversations.

    Attributes:
        webhook: The brand's own receiver.
        klaviyo: Events and segments of Klaviyo.
        share_bodies: The first message travels in the Started event, redacted.
    """

    webhook: EventWebhook | None = None
    klaviyo: KlaviyoAccount | None = None
    share_bodies: bool = False


class ModelSettings(Value):
    """The model that answers.

    Attributes:
        adapter: `responses` for OpenAI and Azure, `chat` for compatible servers.
        name: The vendor's model name; None takes the installation's default.
        max_output_tokens: Limit of one answer.
    """

    adapter: str | None = None
    name: str | None = None
    max_output_tokens: int = Field(default=600, ge=100, le=4000)
