"""The HTTP integrations that bring what humans do in Gorgias back to us."""

from collections.abc import Mapping

SECRET_HEADER = "x-sms-agent-secret"  # noqa: S105  (a header's name)
MESSAGE_CREATED = "ticket-message-created"
STATUS_UPDATED = "ticket-status-updated"

# One integration per event: the template cannot say which event filled it.
TEMPLATES: Mapping[str, Mapping[str, str]] = {
    MESSAGE_CREATED: {
        "event": MESSAGE_CREATED,
        "ticket_id": "{{ticket.id}}",
        "ticket_external_id": "{{ticket.external_id}}",
        "message_id": "{{message.id}}",
        "message_external_id": "{{message.external_id}}",
        "from_agent": "{{message.from_agent}}",
        "public": "{{message.public}}",
        "channel": "{{message.channel}}",
        "via": "{{message.via}}",
        "text": "{{message.body_text}}",
        "author": "{{message.sender.name}}",
        "author_email": "{{message.sender.email}}",
        "at": "{{message.created_datetime}}",
    },
    STATUS_UPDATED: {
        "event": STATUS_UPDATED,
        "ticket_id": "{{ticket.id}}",
        "ticket_external_id": "{{ticket.external_id}}",
        "status": "{{ticket.status}}",
        "at": "{{ticket.updated_datetime}}",
    },
}
NAMES: Mapping[str, str] = {
    MESSAGE_CREATED: "SMS agent: messages",
    STATUS_UPDATED: "SMS agent: status",
}


def describe_integration(event: str, url: str, secret: str) -> dict[str, object]:
    """Return one integration as Gorgias takes it.

    Args:
        event: `MESSAGE_CREATED` or `STATUS_UPDATED`.
        url: Where it posts.
        secret: What it sends in `SECRET_HEADER`. Gorgias can also sign with HMAC, but does not
            document into which header, so nothing could be checked.
    """
    return {
        "name": NAMES[event],
        "type": "http",
        "http": {
            "url": url,
            "method": "POST",
            "request_content_type": "application/json",
            "response_content_type": "application/json",
            "headers": {SECRET_HEADER: secret},
            "form": dict(TEMPLATES[event]),
            "triggers": {event: True},
        },
    }
