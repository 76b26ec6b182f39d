"""What one emulated Zendesk account is, and where its webhook goes."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class ZendeskConfig(BaseModel):
    """One account with one API user of a role.

    When ``webhook_secret`` is given, one webhook for comments and status changes is installed from
    the start; it posts to ``api_base_url + callback_path``. All ids count up from ``first_id``.
    ``hook_attempts`` is how often a webhook is tried when the receiver asks for that.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    email: str = "agent@cedar-slate.example.com"
    api_token: str = "demo-zendesk-token"  # noqa: S105 - guards this emulator only
    role: Literal["admin", "agent", "end-user"] = "admin"
    webhook_secret: str = "demo-zendesk-webhook-secret"  # noqa: S105 - see above
    api_base_url: str = "http://127.0.0.1:8000"
    callback_path: str = "/webhooks/helpdesk/zendesk"
    first_id: int = 1001
    calls_per_minute: int = 200
    hook_attempts: int = 4
