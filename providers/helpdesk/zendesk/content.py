"""Tickets, users and comments as Zendesk takes them."""

from zoneinfo import ZoneInfo

from domain.message import TranscriptLine
from providers.helpdesk.base import Priority, TicketRequest
from providers.helpdesk.note import Note, show_text, show_time
from providers.helpdesk.zendesk.options import ZendeskOptions

_PRIORITY = {Priority.NORMAL: "normal", Priority.URGENT: "urgent"}
_SUBJECT_CHARACTERS = 150

Content = dict[str, object]


def ending_of(our_id: str) -> str:
    """Return the words at the end of a comment by which it is found again.

    Zendesk keeps no id of ours beside a comment.
    """
    return f"(ref {our_id})"


def describe_user(request: TicketRequest, *, alone: bool) -> Content:
    """Return the customer; the external id is what keeps one phone one user.

    Args:
        request: The case.
        alone: Without the e-mail address.
    """
    user: Content = {
        "name": request.customer.get("name") or request.phone,
        "phone": request.phone,
        "external_id": f"sms:{request.phone}",
        # Otherwise the customer would be sent an e-mail to confirm the address.
        "skip_verify_email": True,
    }
    if not alone and "email" in request.customer:
        user["email"] = request.customer["email"]
    return user


def describe_ticket(
    request: TicketRequest, requester_id: int, note: Note, options: ZendeskOptions
) -> Content:
    """Return the ticket; its first comment is private, a public one would be e-mailed."""
    ticket: Content = {
        "subject": request.subject[:_SUBJECT_CHARACTERS],
        "requester_id": requester_id,
        "external_id": request.external_id,
        "tags": ["sms_agent", f"sms_agent_{request.reason.value}"],
        "priority": _PRIORITY[request.priority],
        "comment": {"html_body": note.html, "public": False},
    }
    if options.group_id is not None:
        ticket["group_id"] = options.group_id
    return ticket


def describe_inbound(line: TranscriptLine, requester_id: int | None, time_zone: str) -> Content:
    """Return a customer's text as a public comment of the requester."""
    at = show_time(line.at, ZoneInfo(time_zone))
    ending = f"— SMS {at} {time_zone} {ending_of(line.message_id)}"
    comment: Content = {"body": f"{show_text(line.body)}\n\n{ending}", "public": True}
    if requester_id is not None:
        comment["author_id"] = requester_id
    return comment


def describe_note(note: Note, our_id: str) -> Content:
    """Return an internal note."""
    return {"html_body": f"{note.html}<p>{ending_of(our_id)}</p>", "public": False}
