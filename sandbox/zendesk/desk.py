"""The operations on tickets and their comments."""

from datetime import timedelta
from typing import Any

from sandbox.zendesk.account import Account, page
from sandbox.zendesk.call import Answer, Call
from sandbox.zendesk.refusal import Refusal, invalid

Json = dict[str, Any]
KEY_LIFE = timedelta(hours=2)
_ORDERS = ("created_at", "-created_at")


def list_tickets(account: Account, call: Call) -> Answer:
    """Filter by external id; it need not be the only one."""
    rows = list(account.tickets.values())
    if "external_id" in call.query:
        rows = [row for row in rows if row["external_id"] == call.query["external_id"]]
    return Answer(200, page("tickets", rows, call.query))


def create_ticket(account: Account, call: Call) -> Answer:
    """Create one; the same ``Idempotency-Key`` within two hours answers the same ticket."""
    key = call.headers.get("idempotency-key", "")
    if len(key) > 255:
        raise Refusal(400, {"error": "IdempotentRequestError", "description": "key too long"})
    if key in account.answered:
        made_at, body, answer = account.answered[key]
        if account.edge.now() - made_at <= KEY_LIFE:
            if body != call.body:
                said = "Request parameters do not match the original request"
                raise Refusal(400, {"error": "IdempotentRequestError", "description": said})
            return _created(answer, "hit")
    given = call.body["ticket"]
    comment = account.prepare(given["comment"], call.user)
    ticket = _add_ticket(account, given, call.user)
    account.add_comment(ticket, comment, call.user)
    answer = {"ticket": dict(ticket), "audit": {"id": account.new_id()}}
    if key:
        account.answered[key] = (account.edge.now(), call.body, answer)
    return _created(answer, "miss" if key else None)


def import_ticket(account: Account, call: Call) -> Answer:
    """Create one with comments of the past: no triggers, no e-mails, no webhooks."""
    if call.user["role"] != "admin":
        said = "You do not have access to this page. Please contact the account owner."
        raise Refusal(403, {"error": {"title": "Forbidden", "message": said}})
    given = call.body["ticket"]
    comments = [
        account.prepare({"body": one.get("value"), **one}, call.user)
        | {"created_at": one.get("created_at", account.now())}
        for one in given.get("comments", [])
    ]
    ticket = _add_ticket(account, given, call.user)
    for comment in comments:
        made = {"id": account.new_id(), "audit_id": account.new_id(), "ticket_id": ticket["id"]}
        account.comments[made["id"]] = {**comment, **made}
    return Answer(201, {"ticket": ticket})


def show_ticket(account: Account, call: Call) -> Answer:
    """Return one."""
    return Answer(200, {"ticket": account.ticket(call.ticket_id)})


def update_ticket(account: Account, call: Call) -> Answer:
    """Change what is named and add a comment, all or nothing."""
    ticket, given = account.ticket(call.ticket_id), call.body["ticket"]
    _refuse_stale(ticket, given)
    if ticket["status"] == "closed":
        raise invalid("status", "Status: closed prevents ticket update", "InvalidState")
    comment = account.prepare(given["comment"], call.user) if "comment" in given else None
    special = {"comment", "status", "additional_tags", "remove_tags", "safe_update"}
    ticket |= {k: v for k, v in given.items() if k not in special | {"updated_stamp"}}
    tags = [*ticket["tags"], *given.get("additional_tags", [])]
    ticket["tags"] = sorted(set(tags) - set(given.get("remove_tags", [])))
    ticket["updated_at"] = account.now()
    if comment is not None:
        account.add_comment(ticket, comment, call.user)
    account.set_status(ticket, given.get("status", ticket["status"]), call.user)
    return Answer(200, {"ticket": ticket, "audit": {"id": account.new_id()}})


def list_ticket_comments(account: Account, call: Call) -> Answer:
    """Return a ticket's comments, oldest first unless ``sort`` says otherwise."""
    rows = account.comments_of(account.ticket(call.ticket_id)["id"])
    sort = call.query.get("sort", "created_at")
    if sort not in _ORDERS:
        said = {"title": "Invalid attribute", "message": "sort is not valid"}
        raise Refusal(400, {"error": said})
    if sort.startswith("-"):
        rows.reverse()
    shown = [{key: value for key, value in row.items() if key != "ticket_id"} for row in rows]
    return Answer(200, page("comments", shown, call.query))


def put_tags_ticket(account: Account, call: Call) -> Answer:
    """Add tags."""
    ticket = account.ticket(call.ticket_id)
    ticket["tags"] = sorted({*ticket["tags"], *call.body["tags"]})
    return Answer(200, {"tags": ticket["tags"]})


def _created(answer: Json, lookup: str | None) -> Answer:
    headers = {"Location": answer["ticket"]["url"]}
    return Answer(201, answer, headers | ({"x-idempotency-lookup": lookup} if lookup else {}))


def _refuse_stale(ticket: Json, given: Json) -> None:
    if given.get("safe_update") and given.get("updated_stamp") != ticket["updated_at"]:
        said = "Safe Update prevented the update due to outdated ticket data."
        raise Refusal(409, {"error": "UpdateConflict", "description": said})


def _add_ticket(account: Account, given: Json, user: Json) -> Json:
    if "requester" in given:
        raise invalid("requester", "Requester: the sandbox knows requester_id only")
    requester_id = given.get("requester_id", user["id"])
    if requester_id not in account.users:
        raise invalid("requester", "Requester: is not a user")
    source = given.get("via_followup_source_id")
    if source is not None and account.ticket(source)["status"] != "closed":
        raise invalid("base", "Follow-up: the source ticket is not closed")
    ticket_id = account.new_id()
    kept = {k: v for k, v in given.items() if k not in {"comment", "comments"}}
    ticket = {
        "external_id": None,
        "subject": None,
        "status": "new",
        "priority": None,
        "tags": [],
        "group_id": None,
        "assignee_id": None,
        "created_at": account.now(),
        "updated_at": account.now(),
        "via": {"channel": "api"},
        **kept,
        "id": ticket_id,
        "url": f"https://cedar-slate.example.com/api/v2/tickets/{ticket_id}.json",
        "requester_id": requester_id,
        "submitter_id": user["id"],
    }
    account.tickets[ticket_id] = ticket
    return ticket
