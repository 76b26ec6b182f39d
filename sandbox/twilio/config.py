"""What the emulated Twilio account is, and the parts of it that a test may change while it runs."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Outcome = Literal["delivered", "sent", "undelivered", "failed"]


class TwilioConfig(BaseModel):
    """One Twilio account: its credentials, its numbers, and where its webhooks go.

    ``public_base_url`` is what the signature is computed over. ``deliver_base_url`` is where the
    request really goes (default: the same place), as behind a proxy. Nothing is ever posted to an
    address outside ``public_base_url``. ``connection_override`` is the fragment of the inbound
    URL, such as ``rc=3&rp=all``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    account_sid: str = "AC00000000000000000000000000000001"
    auth_token: str = "sandbox-auth-token"  # noqa: S105 - opens nothing but this emulator
    api_key_sid: str = "SK00000000000000000000000000000001"
    api_key_secret: str = "sandbox-api-key-secret"  # noqa: S105 - opens nothing but this emulator
    numbers: tuple[str, ...] = ("+13125550199",)
    messaging_service_sid: str | None = None
    public_base_url: str = "http://127.0.0.1:8000"
    deliver_base_url: str | None = None
    inbound_path: str = "/webhooks/sms/twilio"
    connection_override: str = ""


class CarrierRule(BaseModel):
    """What the carrier does with texts to one number; ``error_code`` goes with a bad outcome."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: Outcome = "delivered"
    error_code: int | None = None


class Behaviour(BaseModel):
    """What ``POST /_control/settings`` may change; fields left out keep their value.

    ``callbacks``: ``normal`` sends each status once and in order; ``none`` sends nothing;
    ``duplicate`` sends each twice; ``reversed`` sends the last first; ``held`` keeps them until
    ``POST /_control/release``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    keyword_handling: bool = True
    loop_protection: bool = False
    callbacks: Literal["normal", "none", "duplicate", "reversed", "held"] = "normal"
    callback_delay_seconds: float = Field(default=0.05, ge=0, le=60)
