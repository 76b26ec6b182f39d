"""Event webhooks: which there are, what they post, and how it is signed."""

import base64
import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass
from typing import Any

import httpx

from sandbox.posting import Poster, Webhook
from sandbox.zendesk.account import Account
from sandbox.zendesk.call import Answer, Call
from sandbox.zendesk.config import ZendeskConfig

Json = dict[str, Any]
PREFIX = "zen:event-type:ticket."
_TICKET_KEYS = (
    *("assignee_id", "created_at", "external_id", "group_id", "requester_id", "submitter_id"),
    *("subject", "tags", "updated_at", "via"),
)


@dataclass(frozen=True)
class Hooks:
    """Turns events into signed webhooks."""

    account: Account
    config: ZendeskConfig
    poster: Poster

    def announce(self, name: str, ticket: Json, event: Json, actor: Json) -> None:
        """Post an event once the request that caused it has been answered."""
        self.poster.post_later(self.webhooks(name, ticket, event, actor))

    def webhooks(self, name: str, ticket: Json, event: Json, actor: Json) -> list[Webhook]:
        """Return what is posted about an event, as things are now."""
        kind = PREFIX + name
        body = json.dumps(self._envelope(kind, ticket, event, actor), ensure_ascii=False).encode()
        return [
            Webhook(webhook["endpoint"], body, self._sign)
            for webhook in self.account.webhooks.values()
            if webhook["status"] == "active" and kind in webhook["subscriptions"]
        ]

    def _envelope(self, kind: str, ticket: Json, event: Json, actor: Json) -> Json:
        detail = {key: ticket.get(key) for key in _TICKET_KEYS}
        texts = {
            "id": str(ticket["id"]),
            "actor_id": str(actor["id"]),
            "status": ticket["status"].upper(),
            "priority": (ticket["priority"] or "").upper(),
            "requester_id": str(ticket["requester_id"]),
        }
        sequence = {"id": uuid.uuid4().hex.upper(), "position": 1, "total": 1}
        return {
            "account_id": 22129848,
            "id": str(uuid.uuid4()),
            "subject": f"zen:ticket:{ticket['id']}",
            "time": self.account.edge.now().isoformat().replace("+00:00", "Z"),
            "type": kind,
            "zendesk_event_version": "2022-11-06",
            "detail": detail | texts,
            "event": {**event, "meta": {"sequence": sequence}},
        }

    def _sign(self, body: bytes) -> dict[str, str]:
        timestamp = self.account.now()
        return {
            "x-zendesk-webhook-signature": sign(self.config.webhook_secret, timestamp, body),
            "x-zendesk-webhook-signature-timestamp": timestamp,
            "x-zendesk-webhook-invocation-id": uuid.uuid4().hex.upper(),
        }


def is_tried_again(answer: httpx.Response | None) -> bool:
    """Tell whether the vendor posts once more.

    It does after silence and 409, and after 429 or 503 that ask for less than a minute's patience
    in ``Retry-After``; no other failure is tried again.
    """
    if answer is None or answer.status_code == 409:
        return True
    asked = answer.headers.get("retry-after", "")
    return answer.status_code in {429, 503} and asked.isdigit() and int(asked) < 60


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Return base64 of HMAC-SHA256 over the timestamp and the body."""
    mac = hmac.new(secret.encode(), timestamp.encode() + body, hashlib.sha256)
    return base64.b64encode(mac.digest()).decode()


def install(config: ZendeskConfig, account: Account) -> None:
    """Install the webhook that an operator makes for us."""
    _add(
        account,
        {
            "name": "SMS agent",
            "endpoint": config.api_base_url + config.callback_path,
            "http_method": "POST",
            "request_format": "json",
            "status": "active",
            "subscriptions": [f"{PREFIX}comment_added", f"{PREFIX}status_changed"],
        },
    )


def create_webhook(account: Account, call: Call) -> Answer:
    """Create one."""
    return Answer(201, {"webhook": _add(account, call.body["webhook"])})


def _add(account: Account, given: Json) -> Json:
    webhook = {"subscriptions": [], **given, "id": f"01{uuid.uuid4().hex[:24].upper()}"}
    account.webhooks[webhook["id"]] = webhook
    return webhook
