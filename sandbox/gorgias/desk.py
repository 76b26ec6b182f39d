"""The operations on tickets and their messages."""

from typing import Any

from sandbox.gorgias.account import Account, page
from sandbox.gorgias.call import Answer, Call
from sandbox.gorgias.refusal import invalid

Json = dict[str, Any]


def list_tickets(account: Account, call: Call) -> Answer:
    """Filter by external id, customer or ids; messages are not in the list."""
    rows = list(account.tickets.values())
    if "external_id" in call.query:
        rows = [row for row in rows if row["external_id"] == call.query["external_id"]]
    if "customer_id" in call.query:
        wanted = int(call.query["customer_id"])
        rows = [row for row in rows if (row["customer"] or {}).get("id") == wanted]
    if "ticket_ids" in call.query:
        ids = {int(one) for one in call.query["ticket_ids"].split(",")}
        rows = [row for row in rows if row["id"] in ids]
    return 200, page(rows, call.query, call.path)


def create_ticket(account: Account, call: Call) -> Answer:
    """Create one with its messages; ``external_id`` is kept but need not be the only one."""
    given = {key: value for key, value in call.body.items() if key != "messages"}
    # All or nothing: a message that is refused leaves no ticket behind.
    prepared = [account.prepare(message) for message in call.body["messages"]]
    ticket = {
        "channel": call.body["messages"][0]["channel"],
        "via": "api",
        "subject": None,
        "status": "open",
        "priority": "normal",
        "external_id": None,
        "meta": None,
        "tags": [],
        "created_datetime": account.now(),
        "updated_datetime": account.now(),
        "closed_datetime": None,
        **given,
        "customer": _customer(account, given.get("customer")),
        "id": account.new_id(),
    }
    ticket["uri"] = f"/api/tickets/{ticket['id']}/"
    account.tickets[ticket["id"]] = ticket
    for message in prepared:
        account.add_message(ticket, message)
    account.on_event("ticket-created", ticket, None)
    return 201, _whole(account, ticket)


def get_ticket(account: Account, call: Call) -> Answer:
    """Return one with its messages."""
    return 200, _whole(account, account.ticket(call.id))


def update_ticket(account: Account, call: Call) -> Answer:
    """Change what is named; tags and custom fields are replaced."""
    ticket = account.ticket(call.id)
    changes = {key: value for key, value in call.body.items() if key not in {"status", "customer"}}
    if "customer" in call.body:
        changes["customer"] = _customer(account, call.body["customer"])
    ticket |= {**changes, "updated_datetime": account.now()}
    if "status" in call.body:
        account.set_status(ticket, call.body["status"])
    account.on_event("ticket-updated", ticket, None)
    return 202, _whole(account, ticket)


def add_ticket_tags(account: Account, call: Call) -> Answer:
    """Add tags by name."""
    ticket = account.ticket(call.id)
    if not call.body.get("names") and not call.body.get("ids"):
        raise invalid("names", "Neither names nor ids.")
    ticket["tags"] = [*(ticket["tags"] or []), *({"name": n} for n in call.body.get("names", []))]
    return 201, None


def list_ticket_messages(account: Account, call: Call) -> Answer:
    """Return a ticket's messages, oldest first; the vendor calls this deprecated."""
    ticket = account.ticket(call.id)
    query = {"order_by": "created_datetime:asc", "limit": "100"}
    return 200, page(account.messages_of(ticket["id"]), query, call.path)


def create_ticket_message(account: Account, call: Call) -> Answer:
    """Add a message to a ticket, open or closed."""
    ticket = account.ticket(call.id)
    return 201, account.add_message(ticket, account.prepare(call.body))


def list_messages(account: Account, call: Call) -> Answer:
    """Return messages, of one ticket when it is named."""
    rows = list(account.messages.values())
    if "ticket_id" in call.query:
        rows = account.messages_of(int(call.query["ticket_id"]))
    return 200, page(rows, call.query, call.path)


def _whole(account: Account, ticket: Json) -> Json:
    messages = account.messages_of(ticket["id"])
    return {**ticket, "messages": messages, "messages_count": len(messages)}


def _customer(account: Account, given: Json | None) -> Json | None:
    if not given:
        return None
    for key in ("id", "email"):
        if given.get(key) is not None:
            fits = [one for one in account.customers.values() if one.get(key) == given[key]]
            if not fits:
                raise invalid(f"customer.{key}", "There is no such customer.")
            return {k: fits[0].get(k) for k in ("id", "name", "email")}
    raise invalid("customer", "Neither an id nor an e-mail address.")
