"""The operations on customers."""

from typing import Any

from sandbox.gorgias.account import Account, page
from sandbox.gorgias.call import Answer, Call
from sandbox.gorgias.refusal import Refusal, not_found

Json = dict[str, Any]


def list_customers(account: Account, call: Call) -> Answer:
    """Filter by e-mail, external id, name or channel."""
    rows = list(account.customers.values())
    for name in ("email", "external_id", "name"):
        if name in call.query:
            rows = [row for row in rows if row.get(name) == call.query[name]]
    if "channel_address" in call.query:
        wanted = (call.query.get("channel_type"), call.query["channel_address"])
        rows = [row for row in rows if wanted in _channels(row)]
    return 200, page(rows, call.query, call.path)


def create_customer(account: Account, call: Call) -> Answer:
    """Create one; an e-mail address, external id or channel is one customer's only."""
    _refuse_taken(account, call.body, None)
    made = {"active": True, "created_datetime": account.now()}
    customer_id = account.new_id()
    customer = {"email": None, "name": None, "channels": [], **call.body, **made, "id": customer_id}
    account.customers[customer_id] = customer
    return 201, customer


def get_customer(account: Account, call: Call) -> Answer:
    """Return one."""
    return 200, _customer(account, call)


def update_customer(account: Account, call: Call) -> Answer:
    """Change what is named; ``channels`` replaces the whole list."""
    customer = _customer(account, call)
    _refuse_taken(account, call.body, customer["id"])
    customer |= {**call.body, "updated_datetime": account.now()}
    return 202, customer


def _customer(account: Account, call: Call) -> Json:
    if call.id not in account.customers:
        raise not_found("Customer")
    return account.customers[call.id]


def _channels(customer: Json) -> list[tuple[str, str]]:
    return [(channel["type"], channel["address"]) for channel in customer["channels"]]


def _refuse_taken(account: Account, given: Json, own_id: int | None) -> None:
    asked = {(c["type"], c["address"]) for c in given.get("channels", [])}
    for other in account.customers.values():
        if other["id"] == own_id:
            continue
        taken = [name for name in ("email", "external_id") if given.get(name) not in (None, "")]
        taken = [name for name in taken if other.get(name) == given[name]]
        if asked & set(_channels(other)):
            taken.append("channels")
        if taken:
            data = {name: ["Already used by another customer."] for name in taken}
            raise Refusal(409, "Conflict.", data)
