"""What one emulated Gorgias account is, and where its integrations call back."""

from pydantic import BaseModel, ConfigDict


class GorgiasConfig(BaseModel):
    """One account with one API user.

    When ``webhook_secret`` is given, the HTTP integrations of ``integrations.json`` are installed
    from the start; they call ``api_base_url + callback_path`` with the secret in
    ``secret_header``. All ids count up from ``first_id``. ``hook_attempts`` is how often a webhook
    that fails is tried: the vendor promises no second attempt.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    email: str = "agent@cedar-slate.example.com"
    api_key: str = "demo-gorgias-key"
    webhook_secret: str = "demo-gorgias-webhook-secret"  # noqa: S105 - guards this emulator only
    secret_header: str = "x-sms-agent-secret"  # noqa: S105 - a header's name
    api_base_url: str = "http://127.0.0.1:8000"
    callback_path: str = "/webhooks/helpdesk/gorgias"
    first_id: int = 1001
    calls_per_window: int = 40
    window_seconds: int = 20
    hook_attempts: int = 1
