"""What the Zendesk adapter has to be told."""

from pydantic import Field, SecretStr

from domain.values import Value
from providers.helpdesk.note import TimeZone


class ZendeskOptions(Value):
    """One Zendesk account.

    Attributes:
        base_url: `https://{subdomain}.zendesk.com`.
        email: Address of the API user, an agent or admin.
        api_token: Its API token.
        webhook_secret: Signing secret of the webhook for `ticket.comment_added` and
            `ticket.status_changed`.
        previous_webhook_secret: Still accepted while the secret is changed.
        user_id: The API user's id; public comments it writes elsewhere are then not texted.
        group_id: Group that gets the tickets, None for the account's own rules.
        time_zone: The brand's, for times in the note.
    """

    base_url: str = Field(pattern=r"^https?://[^/\s]+(/[^\s]*[^/\s])?$")
    email: str = Field(pattern=r"^[^@\s:/]+@[^@\s:/]+$")
    api_token: SecretStr = Field(min_length=1)
    webhook_secret: SecretStr = Field(min_length=8)
    previous_webhook_secret: SecretStr | None = Field(default=None, min_length=8)
    user_id: int | None = Field(default=None, gt=0)
    group_id: int | None = Field(default=None, gt=0)
    time_zone: TimeZone = "UTC"
