"""What points the real adapters at the emulated vendors, for whatever has no credentials yet."""

from runtime.environment import is_set
from runtime.settings import Settings

# The demo accounts of the sandbox, which exist on loopback only.
_TWILIO = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 31 + "1",
    "TWILIO_AUTH_TOKEN": "sandbox-auth-token",
    "TWILIO_BASE_URL": "{sandbox}/twilio",
    "TWILIO_ACCOUNTS_BASE_URL": "{sandbox}/twilio",
}
_SHOPIFY = {
    "SHOPIFY_CLIENT_ID": "demo-client",
    "SHOPIFY_CLIENT_SECRET": "demo-secret",
    "SHOPIFY_BASE_URL": "{sandbox}/shopify/{shop}",
}
_HELPDESK = {
    "HELPDESK_URL": "{sandbox}/helpdesk/tickets-webhook",
    "HELPDESK_SECRET": "whsec_c2FuZGJveC1oZWxwZGVzay1zZWNyZXQ=",
}
_MODEL = {
    "MODEL_API_KEY": "sk-sandbox",
    "MODEL_NAME": "rules",
    "MODEL_BASE_URL": "{sandbox}/openai/v1",
}
_VENDORS = (_TWILIO, _SHOPIFY, _HELPDESK, _MODEL)


def sandbox_environment(settings: Settings) -> dict[str, str]:
    """Return variables that fill in for every vendor whose credentials are not set.

    A vendor counts as set as soon as its first variable is; it is then left alone entirely, so
    that half a configuration is reported and not papered over.

    Args:
        settings: The installation's settings.

    Returns:
        Variables to add to the environment; empty with `SANDBOX=off`.
    """
    if settings.sandbox == "off":
        return {}
    found: dict[str, str] = {}
    for vendor in _VENDORS:
        if not is_set(next(iter(vendor))):
            found |= {
                name: value.replace("{sandbox}", settings.sandbox_url)
                for name, value in vendor.items()
            }
    return found


def emulates_carrier(settings: Settings) -> bool:
    """Return whether texts go to the emulated carrier."""
    return settings.sandbox == "auto" and not is_set("TWILIO_ACCOUNT_SID")
