"""What the Gorgias adapter has to be told."""

from pydantic import Field, SecretStr

from domain.values import Value
from providers.helpdesk.note import TimeZone


class GorgiasOptions(Value):
    """One Gorgias account.

    Attributes:
        base_url: `https://{account}.gorgias.com`.
        email: Address of the API user; our messages stand under its name.
        api_key: Its REST API key.
        webhook_secret: What Gorgias sends in our header; at least 16 characters.
        previous_webhook_secret: Still accepted while the secret is changed.
        team_id: Team that gets the tickets, None for the account's own rules.
        time_zone: The brand's, for times in the note.
    """

    base_url: str = Field(pattern=r"^https?://[^/\s]+(/[^\s]*[^/\s])?$")
    email: str = Field(pattern=r"^[^@\s:]+@[^@\s:]+$")
    api_key: SecretStr = Field(min_length=1)
    webhook_secret: SecretStr = Field(min_length=16)
    previous_webhook_secret: SecretStr | None = Field(default=None, min_length=16)
    team_id: int | None = Field(default=None, gt=0)
    time_zone: TimeZone = "UTC"
