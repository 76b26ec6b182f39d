"""Tickets and messages as Gorgias takes them."""

from datetime import UTC

from domain.message import TranscriptLine
from providers.helpdesk.base import Priority, TicketRequest
from providers.helpdesk.gorgias.options import GorgiasOptions
from providers.helpdesk.note import Note, show_text, write_notes

MAX_MESSAGES = 500
"""In one new ticket."""

_PRIORITY = {Priority.NORMAL: "normal", Priority.URGENT: "critical"}
_SUBJECT_CHARACTERS = 998

Content = dict[str, object]


def external_id(kind: str, our_id: str) -> str:
    """Return the id by which a message of ours is found again: `sms:…`, `note:…`."""
    return f"{kind}:{our_id}"


def describe_customer(request: TicketRequest, *, alone: bool) -> Content:
    """Return the customer to create.

    Args:
        request: The case.
        alone: Only the phone and a name, because another customer has the other marks.
    """
    channel = {"type": "phone", "address": request.phone, "preferred": True}
    customer: Content = {
        "name": request.customer.get("name", request.phone),
        "channels": [channel],
    }
    if not alone and "email" in request.customer:
        customer["email"] = request.customer["email"]
    return customer


def describe_ticket(request: TicketRequest, customer_id: int, options: GorgiasOptions) -> Content:
    """Return the ticket with the transcript twice: as messages, and whole in notes.

    The newest texts are messages, as many as fit; the notes have them all.
    """
    notes = [
        describe_note(f"transcript:{request.external_id}:{number}", note, options.email)
        for number, note in enumerate(write_notes(request, options.time_zone), start=1)
    ]
    newest = request.transcript[-(MAX_MESSAGES - len(notes)) :]
    addresses = (request.phone, request.channel_number)
    ticket: Content = {
        "channel": "sms",
        "via": "api",
        "subject": request.subject[:_SUBJECT_CHARACTERS],
        "status": "open",
        "priority": _PRIORITY[request.priority],
        "customer": {"id": customer_id},
        "external_id": request.external_id,
        "tags": [{"name": "sms-agent"}, {"name": f"sms-agent-{request.reason.value}"}],
        "meta": {
            "conversation_id": request.conversation_id,
            "phone": request.phone,
            "channel_number": request.channel_number,
        },
        "messages": [
            *(describe_line(line, customer_id, addresses, options.email) for line in newest),
            *notes,
        ],
    }
    if options.team_id is not None:
        ticket["assignee_team"] = {"id": options.team_id}
    return ticket


def describe_line(
    line: TranscriptLine,
    customer_id: int | None,
    addresses: tuple[str | None, str | None],
    email: str,
) -> Content:
    """Return one text as a message that is imported, never sent.

    Args:
        line: The text.
        customer_id: Gorgias' id of the customer, None when the ticket has lost it.
        addresses: The customer's number and the brand's, None where unknown.
        email: The API user.
    """
    inbound = line.origin is None
    at = line.at.astimezone(UTC).isoformat()
    message: Content = {
        "channel": "sms",
        "via": "api",
        "from_agent": not inbound,
        "body_text": show_text(line.body),
        "external_id": external_id("sms", line.message_id),
        "created_datetime": at,
        # Without it Gorgias would send the text to the customer a second time.
        "sent_datetime": at,
    }
    sender, receiver = addresses if inbound else addresses[::-1]
    if sender and receiver:
        message["source"] = {
            "type": "phone",
            "from": {"address": sender},
            "to": [{"address": receiver}],
        }
    if not inbound:
        message["sender"] = {"email": email}
    if customer_id is not None:
        message["sender" if inbound else "receiver"] = {"id": customer_id}
    return message


def describe_note(our_id: str, note: Note, email: str) -> Content:
    """Return an internal note."""
    return {
        "channel": "internal-note",
        "via": "api",
        "from_agent": True,
        "public": False,
        "sender": {"email": email},
        "body_text": note.text,
        "body_html": note.html,
        "external_id": our_id,
    }
