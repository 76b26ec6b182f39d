"""The account: users, tickets and comments, in memory only."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.edge import Edge
from sandbox.zendesk.refusal import Refusal, invalid, not_found

Json = dict[str, Any]
MAX_COMMENT = 65_535


@dataclass
class Account:
    """Everything Zendesk remembers.

    ``notifications`` are the e-mails its standard triggers send to requesters; ``on_event`` hears
    of each event: its name, the ticket, what happened and who did it.
    """

    edge: Edge
    next_id: int
    users: dict[int, Json] = field(default_factory=dict)
    tickets: dict[int, Json] = field(default_factory=dict)
    comments: dict[int, Json] = field(default_factory=dict)
    webhooks: dict[str, Json] = field(default_factory=dict)
    notifications: list[Json] = field(default_factory=list)
    answered: dict[str, tuple[datetime, Json, Json]] = field(default_factory=dict)
    on_event: Callable[[str, Json, Json, Json], None] = lambda _name, _ticket, _event, _actor: None

    def now(self) -> str:
        """Return the present as Zendesk writes it: to the second."""
        return self.edge.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def new_id(self) -> int:
        """Return an id that nothing has yet."""
        self.next_id += 1
        return self.next_id - 1

    def ticket(self, ticket_id: int) -> Json:
        """Return a ticket or refuse with 404."""
        if ticket_id not in self.tickets:
            raise not_found()
        return self.tickets[ticket_id]

    def comments_of(self, ticket_id: int) -> list[Json]:
        """Return a ticket's comments, oldest first, each with its ``ticket_id``."""
        return [one for one in self.comments.values() if one["ticket_id"] == ticket_id]

    def prepare(self, given: Json, actor: Json) -> Json:
        """Return a comment as it would be kept; nothing is kept yet."""
        html, body = given.get("html_body"), given.get("body")
        if not (html or body or "").strip():
            raise invalid("base", "Comment: cannot be blank", "BlankValue")
        if len(html or body or "") > MAX_COMMENT:
            raise invalid("base", f"Comment: is too long (maximum {MAX_COMMENT})", "TooLong")
        author_id: int = given["author_id"] if "author_id" in given else actor["id"]
        author = self.users.get(author_id)
        if author is None:
            raise invalid("author_id", "Author: is not a user")
        if author["role"] == "end-user" and not given.get("public", True):
            raise invalid("base", "Comment: an end user cannot write a private one")
        plain = body if html is None else _plain(html)
        return {
            "type": "Comment",
            "author_id": author["id"],
            "body": plain,
            "plain_body": plain,
            "html_body": html if html is not None else f"<p>{body}</p>",
            "public": given.get("public", True),
            "attachments": [],
            "via": {"channel": "api"},
        }

    def add_comment(self, ticket: Json, prepared: Json, actor: Json) -> Json:
        """Keep a comment; a public one of staff is e-mailed to the requester."""
        made = {"id": self.new_id(), "audit_id": self.new_id(), "ticket_id": ticket["id"]}
        comment = {"created_at": self.now(), **prepared, **made}
        self.comments[comment["id"]] = comment
        ticket["updated_at"] = self.now()
        author = self.users[comment["author_id"]]
        first = len(self.comments_of(ticket["id"])) == 1
        if comment["public"] and (first or author["role"] != "end-user"):
            to = ticket["requester_id"]
            self.notifications.append({"ticket_id": ticket["id"], "to": to, "at": self.now()})
        event = {
            "comment": {
                "id": str(comment["id"]),
                "body": comment["body"],
                "is_public": comment["public"],
                "author": {
                    "id": str(author["id"]),
                    "is_staff": author["role"] != "end-user",
                    "name": author["name"],
                },
            }
        }
        self.on_event("comment_added", ticket, event, actor)
        return comment

    def set_status(self, ticket: Json, status: str, actor: Json) -> None:
        """Change the status; closed is for ever."""
        before = ticket["status"]
        if before == status:
            return
        ticket["status"], ticket["updated_at"] = status, self.now()
        event = {"current": status.upper(), "previous": before.upper()}
        self.on_event("status_changed", ticket, event, actor)


def page(key: str, rows: Sequence[Json], query: dict[str, str]) -> Json:
    """Return one page of a list with cursor pagination.

    Raises:
        Refusal: 400, the cursor is none of ours.
    """
    size, after = int(query.get("page[size]", 100)), query.get("page[after]", "c0")
    if not (after[:1] == "c" and after[1:].isdigit()):
        said = {"title": "Invalid attribute", "message": "page[after] is not valid"}
        raise Refusal(400, {"error": said})
    start, end = int(after[1:]), int(after[1:]) + size
    more = end < len(rows)
    meta = {"has_more": more, "after_cursor": f"c{end}" if more else None}
    return {key: list(rows[start:end]), "meta": meta, "links": {}}


def _plain(html: str) -> str:
    """Return the text of a comment's HTML, one line per paragraph or item."""
    broken = re.sub(r"<br\s*/?>|</p>|</li>", "\n", html)
    plain = re.sub(r"<[^>]*>", "", broken)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        plain = plain.replace(entity, sign)
    return plain.strip()
