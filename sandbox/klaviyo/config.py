"""What one emulated Klaviyo account is."""

from pydantic import BaseModel, ConfigDict

ALL_SCOPES = frozenset(
    {"accounts:read", "events:write", "profiles:read", "segments:read"}
    | {"lists:write", "profiles:write", "subscriptions:write"}
)


class KlaviyoConfig(BaseModel):
    """One account; ``revisions`` are those it answers, ``limited`` whether it counts requests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    api_key: str = "pk_sandbox0000000000000000000000000000"
    scopes: frozenset[str] = ALL_SCOPES
    revisions: frozenset[str] = frozenset({"2026-04-15", "2026-07-15", "2026-10-15"})
    organization: str = "Cedar & Slate"
    limited: bool = True
