"""What the generic helpdesk is, and where it calls back."""

from pydantic import BaseModel, ConfigDict


class HelpdeskConfig(BaseModel):
    """One account of the generic helpdesk.

    ``secret`` signs in both directions. Events about tickets are posted to
    ``api_base_url + callback_path``. The first ticket is ``T-{first_ticket}``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    # The base64 part reads "sandbox-helpdesk-secret"; it opens nothing but this emulator.
    secret: str = "whsec_c2FuZGJveC1oZWxwZGVzay1zZWNyZXQ="  # noqa: S105 - see above
    api_base_url: str = "http://127.0.0.1:8000"
    callback_path: str = "/webhooks/helpdesk/generic"
    first_ticket: int = 1001
