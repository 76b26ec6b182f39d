"""Access tokens: client credentials exchanged for a token that lasts a day."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from sandbox.edge import Edge
from sandbox.shopify.config import TOKEN_SECONDS, ShopifyConfig
from sandbox.wire import Json


@dataclass
class Tokens:
    """The tokens given out and when each ends on the emulator's clock."""

    config: ShopifyConfig
    edge: Edge
    ends: dict[str, datetime] = field(default_factory=dict)

    def exchange(self, form: dict[str, str], scopes: set[str]) -> tuple[int, Json]:
        """Return status and body for a token request; only client credentials are known."""
        if form.get("grant_type") != "client_credentials":
            return 400, {
                "error": "unsupported_grant_type",
                "error_description": "The grant type is not supported.",
            }
        known = form.get("client_id") == self.config.client_id
        if not known or form.get("client_secret") != self.config.client_secret:
            return 400, {
                "error": "application_cannot_be_found" if not known else "invalid_client",
                "error_description": "The client id or client secret is not valid.",
            }
        token = "shpat_" + secrets.token_hex(16)
        self.ends[token] = self.edge.now() + timedelta(seconds=TOKEN_SECONDS)
        scope = ",".join(sorted(scopes))
        return 200, {"access_token": token, "scope": scope, "expires_in": TOKEN_SECONDS}

    def accepts(self, token: str | None) -> bool:
        """Say whether a token is known and has not ended."""
        if token is None:
            return False
        ends = self.ends.get(token)
        return token in self.config.static_tokens or (ends is not None and self.edge.now() < ends)

    def revoke_all(self) -> None:
        """Forget every token given out; static ones stay."""
        self.ends.clear()


def shop_not_permitted() -> tuple[int, Json]:
    """Return the refusal for a shop of another organisation."""
    sentence = "Client credentials cannot be performed on this shop."
    return 400, {
        "error": "shop_not_permitted",
        "error_description": f"Oauth error shop_not_permitted: {sentence}",
    }


def read_form(content_type: str, body: bytes, parsed: object) -> dict[str, str]:
    """Return the fields of a token request sent as a form or as JSON."""
    if content_type.startswith("application/json"):
        rows = parsed.items() if isinstance(parsed, dict) else ()
        return {str(name): str(value) for name, value in rows}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
