"""HTTP integrations: which there are, and what they post when something happens."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.gorgias.account import Account, page
from sandbox.gorgias.call import Answer, Call
from sandbox.gorgias.config import GorgiasConfig
from sandbox.gorgias.refusal import not_found
from sandbox.posting import Poster, Webhook

Json = dict[str, Any]
_VARIABLE = re.compile(r"\{\{\s*([a-z_.]+)\s*\}\}")
_INSTALLED = Path(__file__).with_name("integrations.json")


@dataclass(frozen=True)
class Hooks:
    """Turns events into webhooks of the integrations that want them."""

    account: Account
    poster: Poster

    def announce(self, event: str, ticket: Json, message: Json | None) -> None:
        """Post an event once the request that caused it has been answered."""
        self.poster.post_later(self.webhooks(event, ticket, message))

    def webhooks(self, event: str, ticket: Json, message: Json | None) -> list[Webhook]:
        """Return what the integrations post about an event, as things are now."""
        return [
            _webhook(integration["http"], {"ticket": ticket, "message": message})
            for integration in self.account.integrations.values()
            if (integration.get("http") or {}).get("triggers", {}).get(event)
        ]


def install(config: GorgiasConfig, account: Account) -> None:
    """Install the integrations of ``integrations.json``, as an operator would have."""
    for one in json.loads(_INSTALLED.read_text("utf-8")):
        http = {
            "url": config.api_base_url + config.callback_path,
            "method": "POST",
            "request_content_type": "application/json",
            "response_content_type": "application/json",
            "headers": {config.secret_header: config.webhook_secret},
            "form": one["form"],
            "triggers": {one["trigger"]: True},
        }
        _add(account, {"name": one["name"], "type": "http", "http": http})


def list_integrations(account: Account, call: Call) -> Answer:
    """List them, of one type when it is named."""
    rows = [_shown(row) for row in account.integrations.values()]
    rows = [row for row in rows if row["type"] == call.query.get("type", row["type"])]
    return 200, page(rows, call.query, call.path)


def create_integration(account: Account, call: Call) -> Answer:
    """Create one; a name may be used twice."""
    return 201, _shown(_add(account, call.body))


def update_integration(account: Account, call: Call) -> Answer:
    """Change what is named."""
    if call.id not in account.integrations:
        raise not_found("Integration")
    account.integrations[call.id] |= call.body
    return 202, _shown(account.integrations[call.id])


def delete_integration(account: Account, call: Call) -> Answer:
    """Delete one."""
    if account.integrations.pop(call.id, None) is None:
        raise not_found("Integration")
    return 204, None


def _add(account: Account, given: Json) -> Json:
    integration_id = account.new_id()
    made = {"id": integration_id, "created_datetime": account.now()}
    integration = {"type": "http", "deactivated_datetime": None, **given, **made}
    account.integrations[integration_id] = integration
    return integration


def _shown(integration: Json) -> Json:
    """Return an integration without the HMAC secret, which can only be written."""
    http = {k: v for k, v in (integration.get("http") or {}).items() if k != "hmac_secret"}
    return {**integration, "http": http or None}


def _webhook(http: Json, facts: Mapping[str, Json | None]) -> Webhook:
    body = json.dumps(_rendered(http.get("form") or {}, facts), ensure_ascii=False).encode()
    headers = dict(http.get("headers", {}))
    return Webhook(http["url"], body, lambda _body: headers, http.get("method", "POST"))


def _rendered(template: object, facts: Mapping[str, Json | None]) -> object:
    """Fill a template's variables; every value arrives as text, an unknown one as nothing."""
    if isinstance(template, dict):
        return {key: _rendered(value, facts) for key, value in template.items()}
    if isinstance(template, str):
        return _VARIABLE.sub(lambda found: _value(found[1], facts), template)
    return template


def _value(path: str, facts: Mapping[str, Json | None]) -> str:
    value: Any = facts
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return "" if value is None else str(value)
